"""What the webhooks of all trackers have in common: they are signed, and told in JSON."""

import hashlib
import hmac
import json
import math
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from integrations.trackers import HookUnreadable


def is_signed(secret: bytes, body: bytes, signature: str) -> bool:
    """Whether this is the body's HMAC with SHA-256, in hexadecimal; without a secret nothing is."""
    right = hmac.new(secret, body, hashlib.sha256).hexdigest()
    # A header may hold bytes that are no text: those come as surrogates.
    given = signature.encode(errors="surrogatepass")
    return bool(secret) and hmac.compare_digest(right.encode(), given)


def object_of(body: bytes, sentence: str) -> Mapping[str, Any]:
    """The object that a body holds; raises HookUnreadable with this sentence if there is none."""
    try:
        told = json.loads(body)
    except (ValueError, RecursionError) as unreadable:
        raise HookUnreadable(sentence) from unreadable
    if not isinstance(told, dict):
        raise HookUnreadable(sentence)
    return told


def seconds_from(now: datetime, said: object, sentence: str) -> float:
    """How far a time of thousandths of a second is from now; raises HookUnreadable for no time.

    It may be no number (NaN), which is neither less nor more than anything.
    """
    if not isinstance(said, int | float) or isinstance(said, bool):
        raise HookUnreadable(sentence)
    try:
        return abs(now.timestamp() - said / 1000)
    except OverflowError:
        return math.inf
