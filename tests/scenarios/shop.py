"""A GitHub beside the workspace: who works there, what they do there, and what comes of it here."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from aiohttp import ClientSession

from blocks.item_buttons import action_of
from bot.demo_tracker import settings_of as _settings_of
from bot.web import HOOKS_PATH
from domain.decisions import Decision
from domain.tickets import TrackerKind
from handlers.ticket_news import TICKET
from sandbox.messages import Message
from storage import tickets
from tests.scenarios.deciding import promised
from tests.scenarios.following import heard
from tests.scenarios.reviewing import DM, TEAM
from tests.scenarios.stage import Stage
from tests.scenarios.tracked import placed
from tests.trackers.github_standin import GitHubStandIn
from tests.trackers.standin import Ticket

#: Of the workspace these have accounts with the same addresses; Priya's has another.
PEOPLE = {
    "ana": "Ana Duarte",
    "bob": "Bob Okonjo",
    "mei": "Mei Tanaka",
    "lena": "Lena Vogt",
    "praman": "Priya Raman",
}
PLACE = {"kind": "github", "project": "acme/shop", "board": "milestones"}
FIRST, SECOND = "acme/shop/1", "acme/shop/2"
A_MINUTE, A_LOOK = timedelta(minutes=1), timedelta(minutes=16)


def settings_of(github: GitHubStandIn) -> dict[str, Any]:
    """The settings by which the app finds it."""
    return _settings_of(github.tracker)


def hooks_of(slack: Stage) -> str:
    """Where the app listens to its webhooks."""
    path = HOOKS_PATH.format(kind=TrackerKind.GITHUB)
    return f"http://127.0.0.1:{slack.bot.port}{path}"


@dataclass(frozen=True)
class Shop:
    """The workspace, and GitHub with the repository of its tickets."""

    slack: Stage
    github: GitHubStandIn

    async def opens(self, **place: Any) -> None:
        """Let Lena say in Slack that tickets are made there."""
        await placed(self.slack, **PLACE | place)

    async def ticketed(self, **facts: Any) -> None:
        """Let Bob own an item whose ticket is made, and nobody have anything to do."""
        await self.opens()
        await promised(self.slack, **facts)
        await self.goes_on()
        self.github.calls.clear()

    async def goes_on(self, by: timedelta = A_MINUTE) -> None:
        """Let time go by until all that was told is heard, and nothing is left to do."""
        await self.passes(by)
        await self.strikes()
        while await self._waits():
            await self.strikes()

    async def strikes(self) -> None:
        """Let the clock strike once, when all that GitHub told is heard."""
        await self.github.tracker.hooks.settled()
        await self.slack.bot.clock.strike()
        await self.slack.settled()
        await self.github.tracker.hooks.settled()

    async def _waits(self) -> bool:
        async with self.slack.bot.database.sessions() as session:
            now = self.slack.clock.now()
            return await tickets.has_due(session, TEAM, TrackerKind.GITHUB, now)

    async def passes(self, by: timedelta = A_MINUTE) -> None:
        """Let time go by, once all that was told is heard, and nothing happen."""
        await self.github.tracker.hooks.settled()
        await self.slack.passes(by)

    async def looks(self) -> None:
        """Let so much time go by that every ticket is looked at, should nobody have told of it."""
        await self.goes_on(A_LOOK)

    async def closes_by_hand(self, who: str, ref: str = FIRST) -> None:
        """Let somebody close a ticket there, and that be heard."""
        await self.github.close(ref, who)
        await self.goes_on()

    def forgets_our_token(self) -> Callable[[], None]:
        """Let GitHub not know our token any more; gives what lets it know it again."""
        access = self.github.tracker.access
        known = {**access.grants}
        access.revoke_all()
        return lambda: access.grants.update(known)

    def recovers(self) -> None:
        """Let whatever was to fail or to get lost in GitHub do so no more."""
        self.github.tracker.faults.clear()

    async def hears(self, headers: Mapping[str, str], body: bytes) -> int:
        """Let somebody post a webhook; gives the status it is answered with."""
        where = hooks_of(self.slack)
        async with ClientSession() as there, there.post(where, data=body, headers=headers) as said:
            return said.status

    @staticmethod
    async def at_once(*acts: Awaitable[object]) -> None:
        """Let all this happen in the same moment."""
        await asyncio.gather(*acts)

    async def presses(self, name: str, button: str, channel: str = DM) -> None:
        """Let somebody press a button of a message, and all be done that comes of it."""
        await self.slack.person(name).click(channel, action_id=button)
        await self.slack.settled()
        await self.goes_on()

    def id_of(self, name: str) -> str:
        """Somebody's user id in Slack."""
        return self.slack.id_of(name)

    def address(self, ref: str = FIRST) -> str:
        """Where people see a ticket."""
        repository, _, number = ref.rpartition("/")
        return f"{self.github.tracker.url}{repository}/issues/{number}"

    def assignees(self) -> list[str]:
        """To whom the tickets there are assigned."""
        return sorted(each.assignee for each in self.github.tickets())

    def ticket(self, ref: str = FIRST) -> Ticket:
        """A ticket as whoever looks at GitHub sees it."""
        [found] = [each for each in self.github.tickets() if each.ref == ref]
        return found

    def question(self, name: str = "bob") -> Message:
        """The one question that somebody has about a ticket."""
        [asked] = heard(self.slack, name, TICKET)
        return asked

    async def answers(self, name: str, decision: Decision, **typed: Any) -> None:
        """Let somebody decide so by the button of a message they have."""
        person = self.slack.person(name)
        await person.click(DM, action_id=action_of(decision))
        if typed:
            answer = await (await person.modal()).fill(**typed).submit()
            assert answer.closed, answer.errors
        await self.slack.settled()
