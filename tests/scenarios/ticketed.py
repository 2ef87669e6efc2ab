"""What scenarios about tickets need: an item whose ticket stands, and what people do to that."""

from dataclasses import replace
from datetime import date, timedelta

from sqlmodel.ext.asyncio.session import AsyncSession

from blocks.parts import Block, actions
from blocks.tickets import REOPEN_TICKET
from domain.action_items import ActionItem
from domain.kept_tickets import CLOSED, MADE, OPENED, Ticket
from domain.postmortems import Postmortem
from domain.programme import Priority
from domain.tickets import Place, Seen, TicketState, TrackerKind, Wanted
from handlers import kept_items, ticket_news
from handlers.kept_items import Deed
from handlers.showing import show_again
from sandbox.messages import Message
from storage import action_items, postmortems, ticket_places, tickets
from tests.scenarios.deciding import promised
from tests.scenarios.following import heard
from tests.scenarios.reviewing import DM, TEAM
from tests.scenarios.stage import NOW, Stage

URL = "https://acme.atlassian.net/browse/SHOP-12"
JIRA = Place(kind=TrackerKind.JIRA, project="SHOP")
TOLD = Wanted(title="Drain", lines=(), priority=Priority.P2, due_on=date(2026, 12, 24))
SEEN = Seen(ref="10012", key="SHOP-12", url=URL, state=TicketState.OPEN, updated_at=NOW)
OF_JANE = "SHOP-12 was closed by Jane (Jira)."


async def placed(slack: Stage, place: Place = JIRA) -> int:
    """Let tickets be made there; give the place's id."""
    async with slack.bot.database.sessions.begin() as session:
        return (await ticket_places.keep(session, TEAM, place, NOW)).id or 0


async def ticketed(slack: Stage) -> None:
    """Let Bob own an item whose ticket was made."""
    await promised(slack)
    await placed(slack)
    async with slack.bot.database.sessions.begin() as session:
        await tickets.begin(session, TEAM, 1, slack.clock.now())
        await _stands(session, slack, SEEN)
        postmortem, item = await locked(session)
        made = replace(item, ticket="SHOP-12", ticket_url=URL)
        deed = Deed(by="", at=slack.clock.now(), event=MADE)
        await _changed(session, postmortem, item, made, deed)
    await slack.settled()


async def locked(session: AsyncSession) -> tuple[Postmortem, ActionItem]:
    """Give the first item, nobody else changing it until we commit."""
    postmortem = await postmortems.lock(session, TEAM, 1)
    found = await action_items.item(session, TEAM, 1)
    assert found is not None
    return postmortem, found[1]


async def _stands(session: AsyncSession, slack: Stage, seen: Seen) -> None:
    """Let the ticket be as it was seen, and nobody look at it any more."""
    now = slack.clock.now()
    lease = timedelta(minutes=5)
    [mine] = await tickets.claim(session, TEAM, TrackerKind.JIRA, now, lease=lease, limit=1)
    await tickets.settle(session, mine, seen=seen, told=TOLD, next_at=None, now=now)


async def _changed(
    session: AsyncSession, postmortem: Postmortem, old: ActionItem, new: ActionItem, deed: Deed
) -> int:
    entry_id = await kept_items.change(session, TEAM, old, new, deed)
    await show_again(session, postmortem, new, (), by=deed.by, now=deed.at)
    return entry_id


async def closes(slack: Stage) -> None:
    """Let Jane close the ticket in the tracker."""
    async with slack.bot.database.sessions.begin() as session:
        postmortem, item = await locked(session)
        await tickets.want(session, 1, slack.clock.now())
        await _stands(session, slack, replace(SEEN, state=TicketState.DONE))
        shut = replace(item, ticket_closed=True)
        deed = Deed(by="", at=slack.clock.now(), event=CLOSED, reason=OF_JANE)
        entry_id = await _changed(session, postmortem, item, shut, deed)
        now = slack.clock.now()
        await ticket_news.ask_for_evidence(session, postmortem, shut, entry_id, now)
    await slack.settled()


async def opens_again(slack: Stage) -> None:
    """Let Jane reopen the ticket in the tracker."""
    async with slack.bot.database.sessions.begin() as session:
        postmortem, item = await locked(session)
        said = "SHOP-12 was opened again by Jane (Jira)."
        deed = Deed(by="", at=slack.clock.now(), event=OPENED, reason=said)
        await _changed(session, postmortem, item, replace(item, ticket_closed=False), deed)
    await slack.settled()


async def reopens(slack: Stage, name: str) -> None:
    """Let somebody press that the ticket is to be open again."""
    await slack.person(name).click(DM, action_id=REOPEN_TICKET)
    await slack.settled()


async def the_ticket(slack: Stage) -> Ticket:
    """Give the first item's ticket."""
    async with slack.bot.database.sessions() as session:
        found = await tickets.find(session, 1)
    assert found is not None
    return found


def question(slack: Stage, name: str) -> Message:
    """Give the one question that somebody has about a ticket."""
    [asked] = heard(slack, name, ticket_news.TICKET)
    return asked


def offers(slack: Stage, name: str, button: Block) -> None:
    """Let the app have sent somebody a button, which may be out of date by now."""
    workspace = slack.sandbox.workspace
    app = workspace.person("closed_loop")
    dm = workspace.dm(slack.id_of(name), app.id)
    message = Message(f"{NOW.timestamp() + len(dm.messages):.6f}", app.id, "A ticket")
    message.bot_id, message.app_id = app.bot_id, app.app_id
    message.blocks = [{**actions([button]), "block_id": "b1"}]
    dm.messages.append(message)
