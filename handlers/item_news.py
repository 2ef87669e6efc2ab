"""Who hears of what was done to an item: each by DM, once; its end also in the card's thread."""

from datetime import datetime, timedelta

from sqlmodel.ext.asyncio.session import AsyncSession

from blocks import handovers
from blocks import item_news as blocks
from blocks.item_deeds import News
from blocks.parts import Message
from domain.action_items import ActionItem, HistoryEntry, ItemState
from domain.agreements import can_agree
from domain.decisions import Decision
from domain.news import CONFIRMED, ENDINGS, RETURNED, hearers, holds
from domain.postmortems import Postmortem
from handlers import kept_items
from handlers.homes import refresh
from handlers.kept_items import Deed
from handlers.outgoing import Later, Outgoing
from handlers.sections import CARD
from storage import action_items, deliveries, item_history, people, workspaces
from storage.deliveries import Delivery

#: What one person hears, the line in the thread, and the question to take an item on.
NEWS, THREAD, HANDOVER = "item_news", "item_thread", "handover"
#: What an owner who left answers for still: for the programme lead, or under the card (`orphans`).
ORPHANS, STAND_IN = "orphans", "orphans_thread"
A_MINUTE = timedelta(minutes=1)
#: A line waits so long for the card it belongs under; then it is let go, for it is no news.
CARD_AWAITED = timedelta(hours=1)


async def owe(
    session: AsyncSession,
    postmortem: Postmortem,
    old: ActionItem | None,
    new: ActionItem,
    entry_id: int,
    deed: Deed,
) -> None:
    """Owe word of a deed to all whom it concerns, and the question to whoever is asked by it.

    `entry_id` is its entry in the history.
    """
    team = postmortem.workspace
    for person in await _hearers(session, postmortem, old, new, deed):
        subject = f"{entry_id}:{person}"
        await deliveries.enqueue(session, team, NEWS, subject, channel=person, due_at=deed.at)
    if deed.event in ENDINGS and postmortem.channel is not None:
        await deliveries.enqueue(
            session, team, THREAD, str(entry_id), channel=postmortem.channel, due_at=deed.at
        )
    if old is not None:
        await _settle(session, team, old, entry_id, deed)
        await _show_accepter(session, team, old, new, deed.at)
        await show_orphans(session, team, postmortem.id, old.owner, deed.at)
    if new.proposed_owner and (old is None or new.proposed_owner != old.proposed_owner):
        await deliveries.enqueue(
            session,
            team,
            HANDOVER,
            f"{new.id}:{entry_id}",
            channel=new.proposed_owner,
            due_at=deed.at,
        )


async def _hearers(
    session: AsyncSession,
    postmortem: Postmortem,
    old: ActionItem | None,
    new: ActionItem,
    deed: Deed,
) -> list[str]:
    """Whom it concerns and who is here; the programme lead where only owners who left are.

    The lead hears too of what nobody took on and whose owner has left.
    """
    lead = (await workspaces.programme(session, postmortem.workspace)).lead
    answers = deed.also.get("accepter") or deed.also.get("project_owner") or ("", "")
    wanted = hearers(old, new, deed.event, deed.by, lead=lead, accepter=answers[1])
    here = await _here(session, postmortem, wanted)
    is_nobodys = deed.event == RETURNED and new.owner not in here
    if not is_nobodys and (here or not wanted & {new.owner, (old or new).owner}):
        return here
    return sorted({*here, *await _here(session, postmortem, {lead} - {deed.by, ""})})


async def _here(session: AsyncSession, postmortem: Postmortem, wanted: set[str]) -> list[str]:
    """Those of them that Slack delivers to, as far as is known."""
    met = await people.known(session, postmortem.workspace, wanted)
    return sorted(each for each in wanted if each not in met or can_agree(met[each]))


async def _settle(
    session: AsyncSession, team: str, old: ActionItem, entry_id: int, deed: Deed
) -> None:
    """Let the question that waited for an answer show how things stand now."""
    if not old.proposed_owner:
        return
    asked = [
        each.id
        for each in await item_history.of_item(session, old.id or 0)
        if each.id != entry_id and _asks(each, old.proposed_owner)
    ]
    if asked:
        subject = f"{old.id}:{asked[-1]}"
        await deliveries.again(session, team, [HANDOVER], subject, now=deed.at)


async def _show_accepter(
    session: AsyncSession, team: str, old: ActionItem, new: ActionItem, now: datetime
) -> None:
    """Let whoever was to accept the risk read that the item is open again."""
    if old.state is not ItemState.ACCEPTED or new.state is ItemState.ACCEPTED:
        return
    for each in await item_history.of_item(session, new.id or 0):
        if each.event == Decision.ACCEPT and (said := each.changes.get("accepter")):
            await deliveries.again(session, team, [NEWS], f"{each.id}:{said[1]}", now=now)


def _asks(entry: HistoryEntry, person: str = "") -> bool:
    """Whether somebody, or this person, was asked by it to take the item on."""
    before, after = entry.changes.get("proposed_owner", ("", ""))
    return after != before and bool(after) and person in {"", after}


async def show_orphans(
    session: AsyncSession, team: str, postmortem_id: int, owner: str, now: datetime
) -> None:
    """Let what was said of an owner who left say how things are now; mostly nobody has."""
    lead = (await workspaces.programme(session, team)).lead
    await deliveries.again(session, team, [ORPHANS], f"{owner}:{lead}", now=now)
    await deliveries.again(session, team, [STAND_IN], f"{postmortem_id}:{owner}", now=now)


async def news(session: AsyncSession, delivery: Delivery) -> Outgoing | None:
    """What was done, for one person; None where it does not hold any more."""
    entry_id, _, reader = delivery.subject.partition(":")
    told = await _read(session, delivery, int(entry_id), reader)
    if told is None or not holds(told.item, told.entry.event):
        return None
    if blocks.is_theirs_now(told) and told.item.owner != reader:
        return None
    if not await _here(session, told.postmortem, {reader}):
        return None
    is_returned = told.entry.event == RETURNED
    return Outgoing(
        message=handovers.returned_message(told) if is_returned else blocks.news_message(told)
    )


async def thread_line(session: AsyncSession, delivery: Delivery) -> Outgoing | Later | None:
    """What was done, under the incident's card; it waits for a card that is on its way."""
    told = await _read(session, delivery, int(delivery.subject), "")
    if told is None or told.postmortem.channel is None:
        return None
    message = blocks.thread_message(told)
    return await under_card(session, delivery, told.postmortem.id, message)


async def under_card(
    session: AsyncSession, delivery: Delivery, postmortem_id: int, message: Message
) -> Outgoing | Later | None:
    """The message as a reply to a postmortem's card; a card that is on its way is waited for."""
    place = await deliveries.place(session, delivery.workspace_id, CARD, str(postmortem_id))
    if place is not None:
        return Outgoing(message=message, thread_ts=place[1])
    in_a_minute = delivery.claimed_at + A_MINUTE
    is_awaited = in_a_minute < delivery.created_at + CARD_AWAITED
    return Later(at=in_a_minute) if is_awaited else None


async def question(session: AsyncSession, delivery: Delivery) -> Outgoing | None:
    """Whether the person takes the item on; once that is settled, how."""
    item_id, _, entry_id = delivery.subject.partition(":")
    told = await _read(session, delivery, int(entry_id), delivery.channel)
    if told is None:
        return None
    history = await item_history.of_item(session, int(item_id))
    settled = next((each for each in history if _settles(each, told)), None)
    if settled is not None:
        answered = handovers.settled_message(told, settled)
        return Outgoing(message=answered) if delivery.message_ts else None
    return Outgoing(message=handovers.asked_message(told))


def _settles(entry: HistoryEntry, asked: News) -> bool:
    before, after = entry.changes.get("proposed_owner", ("", ""))
    return (entry.id or 0) > (asked.entry.id or 0) and before == asked.reader != after


async def _read(
    session: AsyncSession, delivery: Delivery, entry_id: int, reader: str
) -> News | None:
    """What a message is made of; no words of a private item for anybody but its owner."""
    entry = await item_history.entry(session, delivery.workspace_id, entry_id)
    found = entry and await action_items.item(session, delivery.workspace_id, entry.item_id)
    if entry is None or not found:
        return None
    postmortem, item = found
    met = await people.known(session, postmortem.workspace, {entry.actor, item.owner} - {""})
    lead = (await workspaces.programme(session, postmortem.workspace)).lead
    return News(
        postmortem=postmortem,
        item=item,
        entry=entry,
        reader=reader,
        is_told=not (postmortem.is_private and reader) or reader == item.owner,
        actor_name=met[entry.actor].name if entry.actor in met else "",
        has_left=item.owner in met and met[item.owner].is_deactivated,
        lead="".join(await _here(session, postmortem, {lead} - {""})),
        is_confirmed=await _is_confirmed(session, entry, reader),
    )


async def _is_confirmed(session: AsyncSession, entry: HistoryEntry, reader: str) -> bool:
    """Whether somebody who is named to accept a risk said that they do."""
    if entry.event != Decision.ACCEPT:
        return False
    since = [
        each
        for each in await item_history.of_item(session, entry.item_id)
        if (each.id or 0) > (entry.id or 0)
    ]
    return any((each.event, each.actor) == (CONFIRMED, reader) for each in since)


async def confirmed(
    session: AsyncSession, postmortem: Postmortem, item: ActionItem, by: str, at: datetime
) -> bool:
    """Keep that somebody accepts the risk they were named for, and show it where they are asked.

    False where they confirmed it before. The postmortem must be locked, and the risk be theirs.
    """
    history = await item_history.of_item(session, item.id or 0)
    asked = next(each for each in reversed(history) if each.event == Decision.ACCEPT)
    if await _is_confirmed(session, asked, by):
        return False
    deed = Deed(by=by, at=at, event=CONFIRMED)
    entry_id = await kept_items.change(session, postmortem.workspace, item, item, deed)
    await owe(session, postmortem, item, item, entry_id, deed)
    subject = f"{asked.id}:{by}"
    await deliveries.again(session, postmortem.workspace, [NEWS], subject, now=at)
    await refresh(session, postmortem.workspace, by, at)
    return True


DELIVERIES = {NEWS: news, THREAD: thread_line, HANDOVER: question}
