"""What a request says, as strictly as GitHub reads it."""

import json
from datetime import UTC, datetime
from typing import Any

from aiohttp import web

from sandbox.tracker.refusals import GitHubSays, invalid, malformed, no_such, too_long

TITLE_MAX, BODY_MAX, LABEL_MAX = 256, 65_536, 50
ASSIGNEES_MAX, LABELS_MAX = 10, 100
STATES = ("open", "closed")
REASONS = ("completed", "not_planned", "duplicate", "reopened")

Json = dict[str, Any]


async def body_of(request: web.Request) -> Json:
    """The JSON object that was sent; an empty one if nothing was."""
    text = await request.text()
    if not text.strip():
        return {}
    try:
        said = json.loads(text)
    except ValueError:
        raise GitHubSays(400, "Problems parsing JSON") from None
    if not isinstance(said, dict):
        raise GitHubSays(400, "Body should be a JSON object")
    return said


def text_of(said: Json, field: str, *, may_be_null: bool = True) -> str | None:
    """A text; None where it is not said."""
    value = said.get(field)
    if isinstance(value, str) or (value is None and (may_be_null or field not in said)):
        return value
    raise malformed(f"For 'properties/{field}', {json.dumps(value)} is not a string.")


def one_of(said: Json, field: str, values: tuple[str, ...]) -> str | None:
    """One of these words, or None."""
    value = text_of(said, field)
    if value is None or value in values:
        return value
    listed = ", ".join(values)
    raise malformed(f"For 'properties/{field}', {value} is not a member of [{listed}].")


def texts_of(said: Json, field: str) -> list[str] | None:
    """A list of texts, or of labels that are objects with a name; None where it is not said."""
    value = said.get(field)
    if value is None:
        return None
    if not isinstance(value, list):
        raise malformed(f"For 'properties/{field}', {json.dumps(value)} is not an array.")
    names: list[Any] = [one.get("name") if isinstance(one, dict) else one for one in value]
    if not all(isinstance(one, str) for one in names):
        raise malformed(f"For 'items', {json.dumps(value)} is not a list of strings.")
    return names


def judge_lengths(title: str | None, body: str | None, labels: list[str] | None) -> None:
    """Refuse what is too long."""
    wrong = [
        too_long(field, most)
        for field, text, most in (("title", title, TITLE_MAX), ("body", body, BODY_MAX))
        if len(text or "") > most
    ]
    if any(len(one) > LABEL_MAX for one in labels or ()):
        wrong.append(too_long("name", LABEL_MAX, "Label"))
    if len(labels or ()) > LABELS_MAX:
        wrong.append(no_such("labels", labels))
    if wrong:
        raise invalid(*wrong)


def number_of(request: web.Request, name: str, default: int, most: int = 10**6) -> int:
    """A number of the query; what is none is the default, as at GitHub."""
    said = request.query.get(name, "")
    return min(max(1, int(said)), most) if said.isdecimal() else default


def word_of(request: web.Request, name: str, words: tuple[str, ...]) -> str:
    """A word of the query; the first is the default."""
    said = request.query.get(name, words[0])
    if said not in words:
        raise invalid(no_such(name, said))
    return said


def since_of(request: web.Request) -> datetime | None:
    """From when on."""
    said = request.query.get("since")
    if not said:
        return None
    try:
        at = datetime.fromisoformat(said)
    except ValueError:
        raise invalid(no_such("since", said)) from None
    return at if at.tzinfo else at.replace(tzinfo=UTC)
