"""Keeps the tracker in a file, so that a restart loses nothing; see `sandbox.keeping`."""

import asyncio
import logging
from pathlib import Path

from sandbox.changes import Changes
from sandbox.keeping.file import ShelfFile, ShelfRefused
from sandbox.keeping.packing import MISFIT, unpack
from sandbox.keeping.shelf import WAIT, difference
from sandbox.keeping.shelving import Rows
from sandbox.tracker.backlog import Backlog

#: What of a backlog is kept: things by their key, and the number that was given last.
KINDS = ("accounts", "repositories", "issues", "projects")
LAST = "last_id"

log = logging.getLogger(__name__)


class TicketShelf:
    """The file of one tracker: `restore` at the start, then `keep`, and `close` at the end."""

    def __init__(self, path: Path) -> None:
        self._file = ShelfFile(path)
        self._stored: Rows = {}
        self._backlog: Backlog | None = None
        self._timer: asyncio.TimerHandle | None = None
        #: Happens whenever something was written, or could not be.
        self.tried = Changes()

    def restore(self, backlog: Backlog) -> bool:
        """Let the backlog be what the file holds; False when there is nothing yet.

        Raises ShelfRefused when the file cannot be used.
        """
        if self._file.is_new:
            return False
        packed = self._file.read()
        try:
            for kind in KINDS:
                found = {key: unpack(text) for key, text in packed.get(kind, {}).items()}
                setattr(backlog, kind, {_key(kind, key): one for key, one in found.items()})
            backlog.last_id = unpack(packed[LAST][""])
        except MISFIT:
            raise self._file.other_version() from None
        return True

    def clear(self) -> None:
        """Hold nothing until `keep`."""
        self._file.clear()

    def keep(self, backlog: Backlog) -> None:
        """Write what there is, and from now on what changes, in the running event loop."""
        self._backlog, self._stored = backlog, {}
        self._file.write(difference(self._stored, _rows(backlog)), anew=True)
        backlog.listen(lambda _: self._changed())

    def _changed(self) -> None:
        if self._timer is None and self._backlog is not None:
            self._timer = asyncio.get_running_loop().call_later(WAIT, self._put_or_say)

    def _put_or_say(self) -> None:
        self._timer = None
        try:
            self._put()
        except ShelfRefused as refused:
            log.error("The tickets are not kept, until the next change: %s", refused)  # noqa: TRY400 - the sentence says all
        self.tried.happened()

    @property
    def is_behind(self) -> bool:
        """Whether there is something that is not written yet."""
        return self._timer is not None

    def _put(self) -> None:
        if self._backlog is None:
            return
        anew, stored = not self._stored, self._stored
        self._stored = {}  # should the file refuse: all of it is written the next time
        self._file.write(list(difference(stored, _rows(self._backlog))), anew=anew)
        self._stored = stored

    def close(self) -> None:
        """Write what is not written yet, and let the file go."""
        if self._timer:
            self._timer.cancel()
        try:
            self._put()
        finally:
            self._backlog = None
            self._file.close()


def _key(kind: str, key: str) -> str | int:
    return key if kind == "accounts" else int(key)


def _rows(backlog: Backlog) -> Rows:
    found: Rows = {
        kind: {str(key): one for key, one in vars(backlog)[kind].items()} for kind in KINDS
    }
    return found | {LAST: {"": backlog.last_id}}
