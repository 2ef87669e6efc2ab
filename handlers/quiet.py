"""What a duty of the clock remembers: until when there is nothing to look at.

It is forgotten with the process, and only spares questions: what is due stands in the database.
"""

from datetime import datetime
from weakref import WeakKeyDictionary

from storage.engine import Sessions


class Quiet:
    """Until when there is nothing to look at, database by database."""

    def __init__(self) -> None:
        self._lasts: WeakKeyDictionary[Sessions, tuple[datetime, datetime]] = WeakKeyDictionary()

    def lasts(self, sessions: Sessions, now: datetime) -> bool:
        """Whether there is nothing to look at now; a clock that was put back is no reason to."""
        since, until = self._lasts.get(sessions, (now, now))
        return since <= now < until

    def begin(self, sessions: Sessions, now: datetime, until: datetime) -> None:
        """Look at nothing from now until then."""
        self._lasts[sessions] = (now, until)
