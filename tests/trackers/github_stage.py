"""A GitHub with the adapter in front of it, and between the two what holds them to their word."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any

from domain.programme import Priority
from domain.tickets import Line, Place, TrackerKind, Wanted
from integrations.trackers.github import GitHub
from integrations.trackers.github.app import App, Token
from sandbox.tracker.deeds import Deeds
from tests.trackers.github_between import Between, between
from tests.trackers.github_standin import GitHubStandIn

OURS = "0b9f4c1e-7a52-4a52-9f0e-3c1f2b8d9a10"
OTHER = "6f0f6f52-30e3-4f0c-8f0c-9d2b54f2b111"
BEGIN = datetime(2026, 12, 1, 9, tzinfo=UTC)
SHOP = Place(kind=TrackerKind.GITHUB, project="acme/shop", labels=("reliability",))


def wanted(**said: Any) -> Wanted:
    """What a ticket is to say, for tests in which most of it does not matter."""
    usual: dict[str, Any] = {
        "title": "Alert on the queue's length",
        "lines": (
            Line(label="Done when", text="A page comes before the queue is full"),
            Line(label="Postmortem", text="PM-7", url="https://acme.slack.com/archives/C1/p1"),
        ),
        "priority": Priority.P1,
        "due_on": date(2026, 12, 15),
        "account": "ada",
    }
    return Wanted(**(usual | said))


@dataclass
class Clock:
    """The time that everybody here lives by."""

    at: datetime = BEGIN

    def __call__(self) -> datetime:
        """What time it is."""
        return self.at

    def later(self, **by: float) -> datetime:
        """Let time pass."""
        self.at += timedelta(**by)
        return self.at


@dataclass
class Stage:
    """What a test plays with."""

    stand_in: GitHubStandIn
    heard: Between
    github: GitHub
    clock: Clock = field(repr=False)

    async def made(self, **said: Any) -> str:
        """Make a ticket; returns its ref."""
        return (await self.github.create(SHOP, OURS, wanted(**said))).ref

    def looked(self, ref: str = "acme/shop/1") -> Any:
        """A ticket as somebody sees it who looks at GitHub."""
        return next(one for one in self.stand_in.tickets() if one.ref == ref)

    def open(self, title: str) -> None:
        """Let somebody open an issue that is none of ours."""
        deeds = Deeds(self.stand_in.tracker.backlog, "ben")
        deeds.opened(deeds.open(self.repository(), title, ""))

    def write(self, ref: str, *, title: str = "", body: str = "") -> None:
        """Let somebody write another title, or description."""
        issue = self.stand_in.tracker.hands.issue(ref)
        deeds = Deeds(self.stand_in.tracker.backlog, "ben")
        deeds.write(issue, title or issue.title, body or issue.body)

    def label(self, ref: str, *names: str) -> None:
        """Let somebody leave only these labels."""
        issue = self.stand_in.tracker.hands.issue(ref)
        Deeds(self.stand_in.tracker.backlog, "ben").label(issue, names)

    def repository(self, name: str = "acme/shop") -> Any:
        """A repository, to turn its switches."""
        return self.stand_in.tracker.backlog.repository(name)


@asynccontextmanager
async def staged(*, as_app: bool = False, **more: Any) -> AsyncIterator[Stage]:
    """Play until the block ends; the adapter comes with a token, or as a GitHub App."""
    clock = Clock()
    async with GitHubStandIn(clock, **more) as stand_in, between(stand_in.url) as heard:
        access = stand_in.tracker.access
        app = App(access.app_id, access.private_key) if as_app else Token(stand_in.token)
        github = GitHub(heard.url, app, clock)
        try:
            yield Stage(stand_in, heard, github, clock)
        finally:
            await github.close()
