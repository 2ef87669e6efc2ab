"""What people changed in a tracker, taken in: the item follows, or its history says why not."""

from dataclasses import dataclass, replace

import structlog
from sqlmodel.ext.asyncio.session import AsyncSession

from blocks.item_words import key_of
from domain.action_items import ActionItem
from domain.errors import RuleBroken
from domain.kept_tickets import CLOSED, FOLLOWED, KEPT, MOVED, Ticket
from domain.news import is_doubted
from domain.people import Person
from domain.postmortems import Postmortem
from domain.ticket_turns import Turn, theirs_is_newer
from domain.ticket_verdicts import (
    KEPT_ASPECT,
    Bench,
    Case,
    Verdict,
    changed_here,
    comes_again,
    judge,
    kept,
)
from domain.tickets import Aspect, Seen
from handlers import item_news, kept_items, ticket_news
from handlers.kept_items import Deed
from handlers.people import known, nobody
from handlers.showing import show_again
from handlers.ticket_situation import whoever_has
from handlers.ticket_work import Lost, Overtaken, Situation, Work, locked, of_this_ticket
from integrations.trackers import TrackerBusy
from storage import item_history, people, tickets, tracker_accounts, workspaces

log = structlog.get_logger(__name__)

SLACK_IS_SILENT = "Slack did not say who its ticket was assigned to."


@dataclass(frozen=True, kw_only=True)
class _Done:
    """A deed that was kept, to be told once the ticket is."""

    old: ActionItem
    new: ActionItem
    deed: Deed
    entry_id: int


async def take_in(work: Work, ticket: Ticket, at: Situation, turn: Turn, theirs: Seen) -> None:
    """Keep all that people changed of the ticket; `at.ours` is what it is to say before that."""
    changed = sorted(turn.to_item | turn.contested, key=list(Aspect).index)
    cases = [await _case(work, ticket, at, theirs, each) for each in changed]
    async with work.sessions.begin() as session:
        postmortem, item = await locked(session, work, ticket, at)
        if item != at.item:
            raise Overtaken
        cases = [await _dated(session, each, item, turn) for each in cases]
        done = await _moved(session, work, ticket, item, theirs)
        told = ticket.told or at.ours
        bench = await _bench(session, work, item)
        for case in cases:
            item = done[-1].new if done else item
            verdict = judge(item, at.ours, told, case, bench)
            told = verdict.told
            done.append(await _kept(session, work, item, case, verdict))
        if not await tickets.note(session, ticket, is_gone=False):
            raise Lost
        await tickets.made(session, ticket, theirs, told)
        await _tell(session, work, postmortem, done)


async def _case(work: Work, ticket: Ticket, at: Situation, theirs: Seen, aspect: Aspect) -> Case:
    """What was changed, by whom, and whose the ticket is now."""
    with of_this_ticket():
        change = await work.tracker.changed(at.place, theirs.ref, aspect)
    async with work.sessions() as session:
        account = change.account if change else ""
        where = work.workspace_id, work.tracker.kind
        by = await tracker_accounts.person_of(session, *where, account)
    case = Case(aspect=aspect, kind=ticket.kind, theirs=theirs, change=change, by=by)
    if aspect is not Aspect.OWNER:
        return case
    return replace(case, person=await _assigned(work, at, theirs.account))


async def _assigned(work: Work, at: Situation, account: str) -> Person | None:
    """Whom the ticket was assigned to, as Slack describes them now."""
    person = await whoever_has(work, at, account)
    if not person:
        return None
    try:
        met = await known(work.client, work.sessions, work.workspace_id, [person], work.now)
    except RuleBroken as silent:
        raise TrackerBusy(SLACK_IS_SILENT) from silent
    return met.get(person)


async def _dated(session: AsyncSession, case: Case, item: ActionItem, turn: Turn) -> Case:
    """The same, whether it comes again, and which change is newer where both sides changed."""
    history = await item_history.of_item(session, item.id or 0)
    case = replace(case, is_again=comes_again(history, case))
    here = changed_here(history, case.aspect)
    is_newer = theirs_is_newer(here, case.change.at if case.change else None)
    # While somebody is asked to take it on, the item looks as it did before.
    is_asked = case.aspect is Aspect.OWNER and item.proposed_owner != ""
    if case.aspect not in turn.contested and (is_newer or not is_asked):
        return case
    return replace(case, is_contested=True, is_newer=is_newer)


async def _bench(session: AsyncSession, work: Work, item: ActionItem) -> Bench:
    met = await people.known(session, work.workspace_id, [item.owner])
    today = met.get(item.owner, nobody(item.owner)).today(work.now)
    programme = await workspaces.programme(session, work.workspace_id)
    return Bench(now=work.now, today=today, programme=programme)


async def _moved(
    session: AsyncSession, work: Work, ticket: Ticket, item: ActionItem, theirs: Seen
) -> list[_Done]:
    """Keep what the ticket is called since it was moved; that its address is another is no deed."""
    if theirs.key == item.ticket:
        return []
    new = replace(item, ticket=theirs.key, ticket_url=theirs.url)
    why = f"{item.ticket or ticket.key} is {theirs.key} now."
    deed = Deed(by="", at=work.now, event=MOVED, reason=why)
    entry_id = await kept_items.change(session, work.workspace_id, item, new, deed)
    return [_Done(old=item, new=new, deed=deed, entry_id=entry_id)]


async def _kept(
    session: AsyncSession, work: Work, item: ActionItem, case: Case, verdict: Verdict
) -> _Done:
    also = {KEPT_ASPECT: kept(case)} if verdict.event == KEPT else {}
    deed = Deed(by=case.by, at=work.now, event=verdict.event, reason=verdict.reason, also=also)
    entry_id = await kept_items.change(session, work.workspace_id, item, verdict.item, deed)
    return _Done(old=item, new=verdict.item, deed=deed, entry_id=entry_id)


async def _tell(
    session: AsyncSession, work: Work, postmortem: Postmortem, done: list[_Done]
) -> None:
    """Let all whom it concerns hear of it, and whatever shows the item show that."""
    for each in done:
        if each.deed.event == FOLLOWED or is_doubted(each.new, each.deed.event):
            told = each.old, each.new, each.entry_id, each.deed
            await item_news.owe(session, postmortem, *told)
        if each.deed.event == CLOSED:
            asked = each.new, each.entry_id, work.now
            await ticket_news.ask_for_evidence(session, postmortem, *asked)
        if each.deed.event == MOVED:
            await ticket_news.show_owner(session, postmortem, each.new, work.now)
        log.info(
            "item_followed",
            item=key_of(postmortem, each.new),
            deed=each.deed.event,
            by=each.deed.by,
        )
    if done:
        old, new = done[0].old, done[-1].new
        concerned = {old.owner, new.owner, old.proposed_owner, old.proposed_by} - {""}
        await show_again(session, postmortem, new, concerned, by="", now=work.now)
