"""Linear's webhooks (linear.app/developers/webhooks)."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from domain.tickets import Hook
from integrations.trackers import HookRefused
from integrations.trackers.hook_reading import is_signed, object_of, seconds_from

#: A webhook is told at once or again with a new time; Linear says to refuse what is a minute old.
OLDEST = timedelta(seconds=60)
_SIGNATURE = "linear-signature"


class LinearHooks:
    """Reads webhooks that are signed with this secret; without a secret none."""

    def __init__(self, secret: str) -> None:
        self._secret = secret.encode()

    def read(self, headers: Mapping[str, str], body: bytes, now: datetime) -> Hook:
        """What a webhook tells: of an issue its id, in every team the same."""
        self._verify(headers, body)
        told = object_of(body, "A webhook of Linear holds no JSON object.")
        _verify_time(told.get("webhookTimestamp"), now)
        event = f"{told.get('type', '')} {told.get('action', '')}".strip()
        data = told.get("data")
        if told.get("type") != "Issue" or not isinstance(data, Mapping):
            return Hook(project="", event=event)
        team = data.get("team")
        key = team.get("key") if isinstance(team, Mapping) else ""
        return Hook(project=str(key or ""), ref=str(data.get("id") or ""), event=event)

    def _verify(self, headers: Mapping[str, str], body: bytes) -> None:
        signature = self.signature(headers)
        if not self._secret:
            raise HookRefused("Webhooks of Linear are not set up: LINEAR_WEBHOOK_SECRET is empty.")
        if not signature:
            raise HookRefused("A webhook of Linear came without a signature.")
        if not is_signed(self._secret, body, signature):
            raise HookRefused("A webhook of Linear is signed with another secret than ours.")

    def signature(self, headers: Mapping[str, str]) -> str:
        """The signature, of its time too."""
        return headers.get(_SIGNATURE, "")


def _verify_time(said: object, now: datetime) -> None:
    apart = seconds_from(now, said, "A webhook of Linear does not say when it was sent.")
    if not apart <= OLDEST.total_seconds():  # NaN is refused too
        raise HookRefused("A webhook of Linear is more than a minute old.")
