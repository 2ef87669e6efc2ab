"""The one place that writes an action item: what it is now, its history, and who hears when."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from domain.action_items import ActionItem, HistoryEntry
from domain.item_changes import changes
from domain.kept_tickets import FROM_TRACKER
from domain.reviews import PUTS_BACK, SETTLES, Review
from domain.workdays import mornings
from handlers import health, review_notices, reviews
from handlers.hearers import hearers
from handlers.hearings import see_to
from handlers.hours import hours_of
from handlers.people import nobody
from storage import action_items, item_history, people, seen_items, tickets, workspaces
from storage.hearings import Whose
from storage.reviews import held

#: What the history calls it when an item is written down, and when its form changes it.
ADDED, CHANGED = "added", "changed"
#: Whoever is asked to take an item on has so many working days; then it returns.
DAYS_TO_ANSWER = 2


@dataclass(frozen=True, kw_only=True)
class Deed:
    """What somebody does to an item; `by` is empty where the app does it by itself.

    `event` and `reason` are what its history says, `acting` as what somebody who is not the owner
    does it. `also` is what changes beside the item: field → (old, new), as the history keeps it.
    """

    by: str
    at: datetime
    event: str
    reason: str = ""
    acting: str = ""
    also: Mapping[str, tuple[str, str]] = field(default_factory=dict)


async def add(
    session: AsyncSession,
    workspace_id: str,
    postmortem_id: int,
    item: ActionItem,
    deed: Deed,
    *,
    submission: str = "",
) -> tuple[ActionItem, int]:
    """Keep a new item; returns it with its id, and the id of its entry in the history.

    The postmortem must be locked.
    """
    stored = await action_items.add(
        session,
        workspace_id,
        postmortem_id,
        item,
        by=deed.by,
        now=deed.at,
        submission=submission,
    )
    return stored, await _follow(session, workspace_id, None, stored, deed)


async def change(
    session: AsyncSession, workspace_id: str, old: ActionItem, new: ActionItem, deed: Deed
) -> int:
    """Keep an item as it is now; returns the id of its entry in the history.

    The postmortem must be locked; then the review is, before anything is owed. What its owner was
    to hear of by now is owed still, though the clock has not come to it: else a change in that very
    second would put it off.
    """
    await held(session, workspace_id)
    if await action_items.is_to_be_heard_of(session, old.id or 0, deed.at):
        await see_to(session, Whose(workspace_id=workspace_id, person=old.owner), deed.at)
    await action_items.change(session, new)
    return await _follow(session, workspace_id, old, new, deed)


async def _follow(
    session: AsyncSession, workspace_id: str, old: ActionItem | None, new: ActionItem, deed: Deed
) -> int:
    if old is None or new.proposed_owner != old.proposed_owner:
        await _await_answer(session, workspace_id, new, deed.at)
    await plan_hearing(session, workspace_id, new, deed.at)
    entry = HistoryEntry(
        item_id=new.id or 0,
        actor=deed.by,
        at=deed.at,
        event=deed.event,
        changes={**changes(old, new), **deed.also},
        reason=deed.reason,
        acting=deed.acting,
    )
    entry_id = await item_history.append(session, workspace_id, entry)
    await _ask_for_ticket(session, workspace_id, old, new, deed)
    await _tell_review(session, workspace_id, entry, entry_id)
    if old is not None:
        await review_notices.freshen(session, workspace_id, {old.owner, new.owner}, deed.at)
    await health.want(session, workspace_id, deed.at)
    return entry_id


async def _ask_for_ticket(
    session: AsyncSession, workspace_id: str, old: ActionItem | None, new: ActionItem, deed: Deed
) -> None:
    """Let the item's ticket be made, or follow (rule 14); what comes from there is there."""
    if old is None:
        await tickets.begin(session, workspace_id, new.id or 0, deed.at)
    elif deed.event not in FROM_TRACKER:
        await tickets.want(session, new.id or 0, deed.at)


async def _tell_review(
    session: AsyncSession, workspace_id: str, entry: HistoryEntry, entry_id: int
) -> None:
    """Let the monthly review that has the item on its table show what was done to it."""
    if entry.event in SETTLES:
        await reviews.settled(
            session,
            workspace_id,
            by=entry.actor,
            at=entry.at,
            item_id=entry.item_id,
            history_id=entry_id,
        )
    elif entry.event in PUTS_BACK:
        await reviews.put_back(session, workspace_id, entry.item_id, entry.at)
    elif entry.event != ADDED:
        owner = entry.changes.get("owner", ("", ""))[1]
        await reviews.changed(session, workspace_id, entry.item_id, entry.at, owner)


async def seen_by(session: AsyncSession, review: Review, now: datetime) -> None:
    """Count this review for whatever is open still of what it had on its table (rule 15).

    The postmortems of that must be locked, and the review. Whoever owns what has expired thereby is
    to hear of it, and what shows it is for `handlers.showing`.
    """
    await seen_items.see(session, review, now)


async def remark(session: AsyncSession, item: ActionItem) -> None:
    """Keep what an item's ticket is called and what is wrong with it, which is no deed of anybody.

    The postmortem must be locked.
    """
    await action_items.change(session, item)


async def plan_hearing(
    session: AsyncSession, workspace_id: str, item: ActionItem, now: datetime
) -> None:
    """Work out anew when whoever answers for an item hears of it next."""
    who = await hearers(session, workspace_id, [item.owner])
    await action_items.hear(session, item.id or 0, who.next(item, now))


async def _await_answer(
    session: AsyncSession, workspace_id: str, item: ActionItem, now: datetime
) -> None:
    if not item.proposed_owner:
        await action_items.wait_for_answer(session, item.id or 0, None)
        return
    programme = await workspaces.programme(session, workspace_id)
    met = await people.known(session, workspace_id, [item.proposed_owner])
    hours = hours_of(programme, met.get(item.proposed_owner, nobody(item.proposed_owner)))
    until = mornings(now, hours, DAYS_TO_ANSWER)[-1]
    await action_items.wait_for_answer(session, item.id or 0, until)
