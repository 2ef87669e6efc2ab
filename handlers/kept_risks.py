"""The one place that writes an accepted risk: what it is now, the record, and who hears when."""

from collections.abc import Collection
from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from domain.accepted_risks import AcceptedRisk, ended
from domain.action_items import ActionItem
from domain.decisions import Moment
from domain.postmortems import Postmortem
from domain.record import Event, RecordEntry
from handlers import homes, review_notices, reviews
from handlers.digests import freshen
from handlers.hearers import hearers
from handlers.item_news import show_orphans
from storage import accepted_risks, record
from storage.reviews import held


async def add(
    session: AsyncSession,
    workspace_id: str,
    postmortem_id: int,
    risk: AcceptedRisk,
    *,
    by: str,
    now: datetime,
    submission: str = "",
) -> AcceptedRisk:
    """Keep a new risk, and return it with its id; the postmortem must be locked."""
    stored = await accepted_risks.add(
        session, workspace_id, postmortem_id, risk, by=by, now=now, submission=submission
    )
    await _plan(session, workspace_id, stored, now)
    await homes.refresh(session, workspace_id, stored.accepter, now)
    return stored


async def change(
    session: AsyncSession,
    postmortem: Postmortem,
    old: AcceptedRisk,
    new: AcceptedRisk,
    entry: RecordEntry,
) -> None:
    """Keep a risk as it is now, and put on record what changed; the postmortem must be locked.

    `entry` says who did it, when and why; what it says of the risk is added to it. The review that
    may have it on its table is locked before anything is owed.
    """
    await held(session, postmortem.workspace)
    await accepted_risks.change(session, new)
    await _plan(session, postmortem.workspace, new, entry.at)
    said = RecordEntry(
        actor=entry.actor,
        at=entry.at,
        event=entry.event,
        changes={**entry.changes, **_changes(old, new)},
        reason=entry.reason,
    )
    await record.append(session, postmortem.workspace, postmortem.id, said)
    await reviews.settled(
        session,
        postmortem.workspace,
        by=entry.actor,
        at=entry.at,
        risk_id=new.id,
        reason=entry.reason,
    )
    people = {old.accepter, new.accepter}
    await review_notices.freshen(session, postmortem.workspace, people, entry.at)


async def end_with(
    session: AsyncSession, postmortem: Postmortem, item: ActionItem, words: str, at: Moment
) -> None:
    """End the risk that was accepted instead of an item, for that is done after all."""
    for risk in await accepted_risks.risks(session, postmortem.id):
        if risk.item_id == item.id and risk.stands:
            entry = RecordEntry(actor=at.by, at=at.now, event=Event.RISK_ENDED, reason=words)
            await change(session, postmortem, risk, ended(risk, words, at.today), entry)
            await show_again(session, postmortem, {risk.accepter}, at.now)


async def show_again(
    session: AsyncSession, postmortem: Postmortem, accepters: Collection[str], now: datetime
) -> None:
    """Let what shows a risk to those who accept it, or did, show it as it is now."""
    # In one order everywhere, so that two transactions never wait for each other.
    for person in sorted(accepters):
        await freshen(session, postmortem.workspace, person, now)
        await homes.refresh(session, postmortem.workspace, person, now)
        await show_orphans(session, postmortem.workspace, postmortem.id, person, now)


def _changes(old: AcceptedRisk, new: AcceptedRisk) -> dict[str, tuple[str, str]]:
    """What differs, and which risk it is about, as text for the record (rule 24)."""
    fields = ("accepter", "until", "ended_on")
    pairs = {name: (_text(getattr(old, name)), _text(getattr(new, name))) for name in fields}
    differs = {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}
    return {"risk": (new.risk, new.risk), **differs}


def _text(value: object) -> str:
    return str(value) if value else ""


async def _plan(
    session: AsyncSession, workspace_id: str, risk: AcceptedRisk, now: datetime
) -> None:
    who = await hearers(session, workspace_id, [risk.accepter])
    await accepted_risks.hear(session, risk.id or 0, who.next(risk, now))
