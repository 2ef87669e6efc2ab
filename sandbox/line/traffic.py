"""What the app and Slack say to each other, for the page's inspector."""

import re
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from itertools import count
from time import perf_counter
from typing import Literal

from sandbox.changes import Changes
from sandbox.refusals import Json

Way = Literal["app", "slack"]
#: The older ones are forgotten.
KEPT = 1000
#: As many of them as a page that has just been opened is shown.
SHOWN = 500
ADDRESSES = ("url", "upload_url")
KEY = re.compile(r"(\?ticket=|/upload/)\w+")


@dataclass(eq=False)
class Exchange:
    """One request and, as soon as there is one, its answer."""

    n: int
    at: datetime
    way: Way
    name: str
    who: str | None
    request: Json
    attempt: int = 0
    response: Json | None = None
    ok: bool | None = None
    error: str | None = None
    status: int | None = None
    took_ms: float | None = None
    note: str | None = None
    began: float = field(default_factory=perf_counter)
    #: Counts up over all exchanges, so that a reader knows what is new to it.
    revision: int = 0

    def to_line(self) -> Json:
        """One line of the inspector's list."""
        return {
            "n": self.n,
            "at": self.at.isoformat(),
            "way": self.way,
            "name": self.name,
            "who": self.who,
            "ok": self.ok,
            "error": self.error,
            "status": self.status,
            "took_ms": self.took_ms,
            "attempt": self.attempt,
            "note": self.note,
        }

    def to_page(self) -> Json:
        """The line, and what was said in full."""
        return {"line": self.to_line(), "request": self.request, "response": self.response}


class Traffic:
    """The newest exchanges, oldest first."""

    def __init__(self, now: Callable[[], datetime], handle: Callable[[str], str | None]) -> None:
        self.changes = Changes()
        self._now = now
        self._handle = handle
        self._kept: deque[Exchange] = deque(maxlen=KEPT)
        self._numbers = count(1)
        self._revision = 0

    def begin(self, way: Way, name: str, request: Json, attempt: int = 0) -> Exchange:
        """Note that something was asked."""
        began = Exchange(next(self._numbers), self._now(), way, name, None, {}, attempt)
        self._kept.append(began)
        self.reads(began, request)
        return began

    @contextmanager
    def asking(self, name: str) -> Iterator[Exchange]:
        """Note a call of the app's, which has come to its end when the block ends."""
        began = self.begin("app", name, {})
        try:
            yield began
        finally:
            if began.ok is None:
                self.end(began, ok=False, status=500, note="not answered: the log says why")

    def reads(self, exchange: Exchange, request: Json) -> None:
        """Note what is asked, without the token that goes with it."""
        exchange.request = {key: value for key, value in request.items() if key != "token"}
        exchange.who = self._handle(_person(request))
        self._changed(exchange)

    def end(
        self,
        exchange: Exchange,
        *,
        ok: bool,
        response: Json | None = None,
        status: int | None = None,
        error: str | None = None,
        note: str | None = None,
    ) -> None:
        """Note what became of it."""
        exchange.ok, exchange.response, exchange.status = ok, _masked(response), status
        exchange.error, exchange.note = error, note
        exchange.took_ms = round((perf_counter() - exchange.began) * 1000, 1)
        self._changed(exchange)

    def _changed(self, exchange: Exchange) -> None:
        self._revision += 1
        exchange.revision = self._revision
        self.changes.happened()

    def find(self, n: int) -> Exchange | None:
        """The exchange of that number, if it is still kept."""
        return next((one for one in self._kept if one.n == n), None)

    def reader(self) -> Callable[[], list[Exchange]]:
        """A function that returns what is new or changed since it was last called."""
        seen = 0

        def news() -> list[Exchange]:
            nonlocal seen
            news = [one for one in self._kept if one.revision > seen]
            seen, first = self._revision, seen == 0
            return news[-SHOWN:] if first else news

        return news


def name_of(kind: str, payload: Json) -> str:
    """Name what Slack sends as the inspector's list does."""
    if kind == "slash_commands":
        return f"slash_commands {payload['command']} {payload['text']}".strip()
    if kind == "events_api":
        event = payload["event"]
        return " ".join(("event", event["type"], event.get("subtype") or "")).strip()
    view = payload.get("view") or {}
    actions = [one["action_id"] for one in payload.get("actions", ())]
    told = " ".join(actions) or payload.get("action_id") or payload.get("callback_id")
    return f"{payload['type']} {told or view.get('callback_id') or ''}".strip()


def _masked(response: Json | None) -> Json | None:
    """Hide the keys of addresses that open a connection or take a file."""
    return response and {
        key: KEY.sub(r"\1…", value) if key in ADDRESSES and isinstance(value, str) else value
        for key, value in response.items()
    }


def _person(request: Json) -> str:
    """The id of the person that a request is from or about; empty when it names none."""
    about = request.get("event") or request
    for key in ("user", "user_id", "users"):
        named = about.get(key)
        named = named.get("id") if isinstance(named, dict) else named
        if isinstance(named, str) and named:
            return named
    return ""
