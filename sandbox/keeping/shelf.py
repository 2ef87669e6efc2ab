"""Keeps a workspace in a file, so that a restart of the server loses nothing.

After a change everything is compared with what the file holds, and what differs is written in one
transaction: a process killed outright loses what happened in its last WAIT seconds, no more.
"""

import asyncio
import logging
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

from sandbox.keeping.file import Change, ShelfFile, ShelfRefused
from sandbox.keeping.packing import MISFIT, pack, unpack
from sandbox.keeping.shelving import Misfit, Rows, put_back, rows
from sandbox.workspace import Workspace

#: Changes that come within so many seconds are written together.
WAIT = 0.05

log = logging.getLogger(__name__)


class Shelf:
    """The file of one workspace: `restore` at the start, then `keep`, and `close` at the end."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._file: ShelfFile | None = None
        #: Copies of what the file holds; None when that is not known.
        self._stored: Rows | None = None
        self._watching: list[Callable[[], object]] = []
        self._workspace: Workspace | None = None
        self._timer: asyncio.TimerHandle | None = None
        self._writing: set[asyncio.Task[None]] = set()
        self._turn = asyncio.Lock()

    def restore(self, workspace: Workspace) -> bool:
        """Let the workspace be what the file holds; False when there is nothing yet.

        Raises ShelfRefused when the file cannot be used.
        """
        if not holds_workspace(self.path):
            return False
        file = self._opened()
        packed = file.read()
        try:
            put_back(workspace, _unpacked(packed))
            self._stored = _unpacked(packed)
        except (*MISFIT, Misfit):
            raise file.other_version() from None
        return True

    def clear(self) -> None:
        """Take possession of the file and hold nothing until `keep`.

        Raises ShelfRefused when the file cannot be used.
        """
        self._opened().clear()
        self._stored = None

    def keep(self, workspace: Workspace) -> None:
        """Write what there is, and from now on what changes, in the running event loop.

        Raises ShelfRefused when the file cannot be used.
        """
        self._workspace = workspace
        file = self._opened()
        anew, changes = self._look(workspace)
        file.write(changes, anew=anew)
        self._watching = [
            workspace.changes.listen(self._changed),
            workspace.clock.on_turn(self._changed),
        ]

    def _opened(self) -> ShelfFile:
        if self._file is None:
            self._file = ShelfFile(self.path)
        return self._file

    def _changed(self) -> None:
        if self._timer is None:
            self._timer = asyncio.get_running_loop().call_later(WAIT, self._begin_to_write)

    def _begin_to_write(self) -> None:
        self._timer = None
        task = asyncio.get_running_loop().create_task(self._write())
        self._writing.add(task)
        task.add_done_callback(self._writing.discard)

    async def _write(self) -> None:
        try:
            await self._put()
        except ShelfRefused as refused:
            log.error("The workspace is not kept, until the next change: %s", refused)  # noqa: TRY400 - the sentence says all

    async def _put(self) -> None:
        """Write what differs; the comparing is done here, so that it sees one moment only."""
        async with self._turn:
            if self._workspace is None or self._file is None:
                return
            anew, changes = self._look(self._workspace)
            if not changes and not anew:
                return
            try:
                await asyncio.to_thread(self._file.write, changes, anew=anew)
            except ShelfRefused:
                self._stored = None
                raise

    def _look(self, workspace: Workspace) -> tuple[bool, list[Change]]:
        """Whether to begin anew, and what differs from the file, which counts as written."""
        anew, stored = self._stored is None, self._stored or {}
        self._stored = None  # should anything go wrong on the way
        changes = list(difference(stored, rows(workspace)))
        self._stored = stored
        return anew, changes

    async def close(self) -> None:
        """Write what is not written yet, and let the file go."""
        for stop in self._watching:
            stop()
        self._watching = []
        if self._timer:
            self._timer.cancel()
        try:
            await self._put()
        finally:
            self._workspace = None
            if self._file:
                self._file.close()
            self._file = None


def holds_workspace(path: Path) -> bool:
    """Whether the file is there and holds something.

    Raises ShelfRefused when it is in use, or no file of ours.
    """
    if not path.exists():
        return False
    with closing(ShelfFile(path)) as file:
        return not file.is_new


def _unpacked(packed: dict[str, dict[str, str]]) -> Rows:
    return {
        kind: {key: unpack(text) for key, text in found.items()} for kind, found in packed.items()
    }


def difference(stored: Rows, now: Rows) -> Iterator[Change]:
    """Tell what makes `stored` the same as `now`, and make it so."""
    for kind in [*stored, *(one for one in now if one not in stored)]:
        wanted = now.get(kind, {})
        copies = stored.setdefault(kind, {})
        staying = [key for key in copies if key in wanted]
        in_order = [*staying, *(key for key in wanted if key not in copies)] == list(wanted)
        for key in [key for key in copies if not in_order or key not in wanted]:
            del copies[key]
            yield kind, key, None
        for key, value in wanted.items():
            if key not in copies or copies[key] != value:
                packed = pack(value)
                copies[key] = unpack(packed)
                yield kind, key, packed
