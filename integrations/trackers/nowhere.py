"""A tracker that is not set up."""

from collections.abc import Collection
from datetime import datetime
from typing import NoReturn

from domain.tickets import Account, Aspect, Change, Place, Seen, TrackerKind, Wanted
from integrations.trackers import TrackerRefused

_SET_UP = {
    TrackerKind.GITHUB: "GITHUB_TOKEN, or GITHUB_APP_ID and GITHUB_APP_PRIVATE_KEY",
    TrackerKind.JIRA: "JIRA_URL and JIRA_TOKEN",
    TrackerKind.LINEAR: "LINEAR_API_KEY",
}


class Nowhere:
    """Says how it is set up, whatever it is asked."""

    aspects: Collection[Aspect] = frozenset()

    def __init__(self, kind: TrackerKind) -> None:
        self.kind = kind

    @property
    def sentence(self) -> str:
        """How it is set up."""
        return (
            f"{self.kind.called} is not set up: whoever runs Closed Loop sets {_SET_UP[self.kind]}."
        )

    def _refuse(self) -> NoReturn:
        raise TrackerRefused(self.sentence)

    async def find(self, place: Place, ours: str, since: datetime) -> Seen | None:
        """Say how it is set up."""
        del place, ours, since
        self._refuse()

    async def create(self, place: Place, ours: str, wanted: Wanted) -> Seen:
        """Say how it is set up."""
        del place, ours, wanted
        self._refuse()

    async def read(self, place: Place, ref: str) -> Seen:
        """Say how it is set up."""
        del place, ref
        self._refuse()

    async def update(self, place: Place, ref: str, old: Wanted | None, new: Wanted) -> Seen:
        """Say how it is set up."""
        del place, ref, old, new
        self._refuse()

    async def comment(self, place: Place, ref: str, text: str, mark: str) -> None:
        """Say how it is set up."""
        del place, ref, text, mark
        self._refuse()

    async def plan(self, place: Place, ref: str) -> str:
        """Say how it is set up."""
        del place, ref
        self._refuse()

    async def changed(self, place: Place, ref: str, aspect: Aspect) -> Change | None:
        """Say how it is set up."""
        del place, ref, aspect
        self._refuse()

    async def account(self, place: Place, said: str) -> Account | None:
        """Say how it is set up."""
        del place, said
        self._refuse()

    async def known_as(self) -> str:
        """Say how it is set up."""
        self._refuse()

    async def check(self, place: Place) -> list[str]:
        """Say how it is set up."""
        del place
        return [self.sentence]

    async def close(self) -> None:
        """Nothing is open."""
