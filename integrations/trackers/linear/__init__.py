"""Linear: tickets are issues of a team, sprints its cycles (linear.app/developers/graphql).

An issue is made with an id of ours: so it is found without searching, and made once only, since a
second one with that id is refused. The same goes for comments.
"""

from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from datetime import datetime
from typing import Any

from domain.tickets import (
    Account,
    Aspect,
    Change,
    Place,
    Seen,
    TicketState,
    TrackerKind,
    Wanted,
)
from integrations.trackers import TicketGone, TrackerRefused
from integrations.trackers.calling import legible
from integrations.trackers.linear import documents, reading, wording, writing
from integrations.trackers.linear.asking import Asker, InputRefused
from integrations.trackers.linear.checking import no_next_cycle, troubles
from integrations.trackers.linear.people import account_of, who

URL = "https://api.linear.app/graphql"
#: Of a ticket's history at most so many pages of 50 are read.
_PAGES = 40


class Linear:
    """Linear's Tracker; `api_key` is a personal key, or `Bearer …` of an OAuth app."""

    kind = TrackerKind.LINEAR
    aspects = frozenset(Aspect)

    def __init__(self, api_key: str, url: str = URL, *, now: Callable[[], datetime]) -> None:
        self._asker = Asker(api_key, url, now)
        self._now = now

    async def find(self, place: Place, ours: str, since: datetime) -> Seen | None:
        """The ticket with the id of ours, even one in the bin: it was made."""
        del place, since
        try:
            answer = await self._asker.ask_about_ticket(documents.FIND, id=writing.uuid4(ours))
        except TicketGone:
            return None
        return reading.seen(answer["issue"])

    async def create(self, place: Place, ours: str, wanted: Wanted) -> Seen:
        """Make the ticket under the id of ours; without its owner where Linear refuses them."""
        names = reading.labels_of(place)
        answer, team = await self._team(place)
        asked = writing.new_issue(wanted) | {
            "id": writing.uuid4(ours),
            "teamId": team["id"],
            "labelIds": await writing.labels(self._asker, names, team, answer),
        }
        if wanted.state is not TicketState.OPEN:
            asked["stateId"] = reading.status_for(team, wanted.state)
        return await self._create_or_find(place, ours, asked)

    async def _team(self, place: Place) -> tuple[Mapping[str, Any], Mapping[str, Any]]:
        """What Linear says of the place, and its team; TrackerRefused where that is none for us."""
        labels = writing.labels_filter(reading.labels_of(place))
        answer = await self._asker.ask(documents.TEAM, key=place.project, labels=labels)
        return answer, reading.team_of(place, answer)

    async def _create_or_find(self, place: Place, ours: str, asked: dict[str, Any]) -> Seen:
        """What is refused may be there already, or be refused for its owner only.

        Linear does not promise in which words it says so.
        """
        try:
            return await self._create(asked)
        except InputRefused:
            if made := await self.find(place, ours, self._now()):
                return made
            if "assigneeId" not in asked:
                raise
        return await self._create({field: asked[field] for field in asked.keys() - {"assigneeId"}})

    async def _create(self, asked: Mapping[str, Any]) -> Seen:
        answer = await self._asker.ask(documents.CREATE, input=asked)
        return reading.seen(answer["issueCreate"]["issue"])

    async def read(self, place: Place, ref: str) -> Seen:
        """The ticket by its id, which it keeps in every team."""
        async with self._of_ticket(place):
            return reading.seen(await self._asker.ask_of_ticket(documents.READ, ref))

    @asynccontextmanager
    async def _of_ticket(self, place: Place) -> AsyncIterator[None]:
        """What is asked about a ticket: it is gone only where Linear still shows us its team.

        To a key that lost a private team, every ticket in it seems gone.
        """
        try:
            yield
        except TicketGone:
            await self._team(place)
            raise

    async def update(self, place: Place, ref: str, old: Wanted | None, new: Wanted) -> Seen:
        """Write what is new; its status is one of the team that it is in now."""
        async with self._of_ticket(place):
            return await self._update(ref, old, new)

    async def _update(self, ref: str, old: Wanted | None, new: Wanted) -> Seen:
        issue = await self._asker.ask_of_ticket(documents.WORKFLOW, ref)
        asked = writing.changed_issue(old, new, issue["description"] or "")
        is_told = old is None or old.state is not new.state
        if is_told and reading.state_of(issue["state"]) is not new.state:
            asked["stateId"] = reading.status_for(issue["team"], new.state)
        if not asked:
            return reading.seen(issue)
        answer = await self._asker.ask_about_ticket(documents.UPDATE, id=ref, input=asked)
        return reading.seen(answer["issueUpdate"]["issue"])

    async def comment(self, place: Place, ref: str, text: str, mark: str) -> None:
        """Write a comment whose id is the mark."""
        async with self._of_ticket(place):
            if not await self._has_comment(ref, mark):
                await self._comment(ref, text, mark)

    async def _comment(self, ref: str, text: str, mark: str) -> None:
        asked = {"id": writing.uuid4(mark), "issueId": ref, "body": wording.comment(text)}
        try:
            await self._asker.ask_about_ticket(documents.COMMENT, input=asked)
        except InputRefused:
            if not await self._has_comment(ref, mark):
                raise

    async def _has_comment(self, ref: str, mark: str) -> bool:
        issue = await self._asker.ask_of_ticket(documents.COMMENTS, ref, mark=writing.uuid4(mark))
        return bool(issue["comments"]["nodes"])

    async def plan(self, place: Place, ref: str) -> str:
        """Place the ticket in the next cycle of the team that it is in now."""
        async with self._of_ticket(place):
            return await self._plan(ref)

    async def _plan(self, ref: str) -> str:
        now = self._now()
        issue = await self._asker.ask_of_ticket(documents.CYCLES, ref, now=now.isoformat())
        cycle, team = issue["cycle"], issue["team"]
        if cycle and datetime.fromisoformat(cycle["endsAt"]) > now:
            return reading.cycle_name(cycle)
        coming = sorted(team["cycles"]["nodes"], key=lambda cycle: str(cycle["startsAt"]))
        if not coming:
            raise TrackerRefused(no_next_cycle(team))
        asked = {"cycleId": coming[0]["id"]}
        await self._asker.ask_about_ticket(documents.PLAN, id=ref, input=asked)
        return reading.cycle_name(coming[0])

    async def changed(self, place: Place, ref: str, aspect: Aspect) -> Change | None:
        """Who changed it last, by the ticket's history."""
        async with self._of_ticket(place):
            return await self._changed(ref, aspect)

    async def _changed(self, ref: str, aspect: Aspect) -> Change | None:
        entries: list[Any] = []
        after = None
        for _ in range(_PAGES):
            issue = await self._asker.ask_of_ticket(documents.CHANGED, ref, after=after)
            entries += issue["history"]["nodes"]
            page = issue["history"]["pageInfo"]
            if not page["hasNextPage"]:
                break
            after = page["endCursor"]
        return max(reading.changes(entries, aspect), key=lambda change: change.at, default=None)

    async def account(self, place: Place, said: str) -> Account | None:
        """The account of an e-mail address, a name, a display name or an id."""
        if not said.strip():
            return None
        asked = await self._asker.ask(documents.ACCOUNT, key=place.project, who=who(said))
        return account_of(said, asked)

    @legible
    async def known_as(self) -> str:
        """The name of whoever made the key."""
        return str((await self._asker.ask(documents.VIEWER))["viewer"]["name"])

    @legible
    async def check(self, place: Place) -> list[str]:
        """What keeps tickets from being made in the team; makes none, and no label."""
        asked = {
            "key": place.project,
            "now": self._now().isoformat(),
            "labels": writing.labels_filter(reading.labels_of(place)),
        }
        try:
            return troubles(place, await self._asker.ask(documents.CHECK, **asked))
        except TrackerRefused as refused:
            return [str(refused)]

    async def close(self) -> None:
        """Give the connections back."""
        await self._asker.close()
