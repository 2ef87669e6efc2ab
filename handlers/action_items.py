"""Action items: at most three, each added or changed by its own form."""

from collections.abc import Callable, Collection
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from slack_bolt.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_sdk.web.async_client import AsyncWebClient
from sqlmodel.ext.asyncio.session import AsyncSession

from blocks import action_items as forms
from blocks.forms import opened
from blocks.parts import View
from blocks.postmortems import ADD_ITEM, EDIT_ITEM
from domain.action_items import (
    ActionItem,
    check_item,
    free_position,
    reworded,
)
from domain.errors import RuleBroken
from domain.kept_tickets import of_item
from domain.people import Person
from domain.postmortems import Postmortem, Section, SectionEdit
from domain.words import OF_AN_ITEM, Kind
from handlers import item_news, kept_items
from handlers.answers import Repeated, Stale, answering, submission_of
from handlers.items import item_of
from handlers.kept_items import ADDED, CHANGED, Deed
from handlers.meta_roles import check_adds, is_meta
from handlers.people import known, nobody
from handlers.sections import Made, keep, of_section, opener
from handlers.showing import show_again
from handlers.wording import check_words
from storage import (
    action_items,
    contributing_factors,
    item_history,
    people,
    postmortems,
    publishing,
    workspaces,
)
from storage.engine import Sessions

PUBLISHED = (
    "This postmortem is published, so its items change by decisions only, each with its reason: "
    "re-scope it, move its date, or hand it over. Open the item on the card to do so."
)


def register(app: AsyncApp) -> None:
    """Register the action item form."""
    app.action(ADD_ITEM)(opener(of_section(Section.ACTION_ITEMS, new_item_form)))
    app.action(EDIT_ITEM)(opener(item_form))
    app.view(forms.ITEM)(save_item)


async def new_item_form(
    session: AsyncSession, postmortem: Postmortem, _seen: int, person: Person, now: datetime
) -> View:
    """An empty form for the next item; a full postmortem says so instead (rule 1)."""
    await check_adds(session, postmortem, person.id)
    items = await action_items.items(session, postmortem.id)
    free_position(postmortem.facts.tier, [item.position or 0 for item in items])
    return forms.item_modal(
        postmortem,
        await contributing_factors.factors(session, postmortem.id),
        await workspaces.programme(session, postmortem.workspace),
        person.today(now),
        has_factors=not await is_meta(session, postmortem),
    )


async def item_form(
    session: AsyncSession, team_id: str, item_id: int, person: Person, now: datetime
) -> View:
    """One item as it stands, while nobody has published it."""
    postmortem, item = await item_of(session, team_id, item_id)
    await _check_draft(session, postmortem)
    return forms.item_modal(
        postmortem,
        await contributing_factors.factors(session, postmortem.id),
        await workspaces.programme(session, team_id),
        person.today(now),
        item=item,
        has_factors=not await is_meta(session, postmortem),
        seen=len(of_item(await item_history.of_item(session, item_id))),
    )


async def _check_draft(session: AsyncSession, postmortem: Postmortem) -> None:
    """Refuse to change an item of a published postmortem, unless by a decision."""
    if await publishing.publication(session, postmortem.id) is not None:
        raise RuleBroken("what", PUBLISHED)


async def save_item(
    ack: AsyncAck,
    view: dict[str, Any],
    client: AsyncWebClient,
    sessions: Sessions,
    team_id: str,
    user_id: str,
    now: Callable[[], datetime],
) -> None:
    """Keep the item, its history and the promise of a fresh card (rules 1, 2, 24)."""
    async with answering(ack, view):
        request = forms.read_item(view)
        people = await known(client, sessions, team_id, [user_id, request.owner], now())
        today = people.get(user_id, nobody(user_id)).today(now())
        submission = submission_of(view)
        async with sessions.begin() as session:
            postmortem = await postmortems.lock(session, team_id, request.postmortem_id)
            if await action_items.submitted(session, postmortem.id, submission):
                raise Repeated
            item, old = await _wanted(session, team_id, request, today)
            check_item(item, people.get(item.owner), today, old)
            made = Made(by=user_id, at=now(), submission=submission)
            if old is None:
                await _add(session, postmortem, item, view, made)
            else:
                await _change(session, postmortem, old, item, view, made)
            await keep(session, postmortem, Section.ACTION_ITEMS, made)


async def _wanted(
    session: AsyncSession, team_id: str, request: forms.ItemRequest, today: date
) -> tuple[ActionItem, ActionItem | None]:
    """The item as it is to be, and as it is; an emptied date stays as it is and buys no time."""
    item = request.item(await workspaces.programme(session, team_id), today)
    if request.item_id is None:
        return item, None
    _, old = await item_of(session, team_id, request.item_id)
    return (item if request.due_on else replace(item, due_on=old.due_on)), old


async def _add(
    session: AsyncSession, postmortem: Postmortem, item: ActionItem, view: View, made: Made
) -> None:
    await check_adds(session, postmortem, made.by)
    items = await action_items.items(session, postmortem.id)
    position = free_position(postmortem.facts.tier, [each.position or 0 for each in items])
    check_words(view, _texts(item))
    deed = Deed(by=made.by, at=made.at, event=ADDED)
    placed = replace(item, position=position)
    where = postmortem.workspace, postmortem.id
    new, entry_id = await kept_items.add(session, *where, placed, deed, submission=made.submission)
    await item_news.owe(session, postmortem, None, new, entry_id, deed)
    await show_again(session, postmortem, new, (), by=made.by, now=made.at)


async def _change(
    session: AsyncSession,
    postmortem: Postmortem,
    old: ActionItem,
    item: ActionItem,
    view: View,
    made: Made,
) -> None:
    new = _answered_by(old, reworded(old, item))
    if new == old:  # a second click, or Save pressed without a change
        raise Repeated
    await _check_draft(session, postmortem)
    await _check_fresh(session, postmortem, old, opened(view).seen)
    check_words(view, _texts(new), stored=[old.what, old.done_when])
    deed = Deed(by=made.by, at=made.at, event=CHANGED)
    entry_id = await kept_items.change(session, postmortem.workspace, old, new, deed)
    if new.owner != old.owner:
        await item_news.owe(session, postmortem, old, new, entry_id, deed)
    await show_again(session, postmortem, new, {old.owner}, by=made.by, now=made.at)


def _answered_by(old: ActionItem, new: ActionItem) -> ActionItem:
    """The item as it is with its owner: a new one settles whether somebody else takes it on."""
    return new if new.owner == old.owner else replace(new, proposed_owner="", proposed_by="")


def _texts(item: ActionItem) -> dict[str, tuple[str, Collection[Kind]]]:
    return {"what": (item.what, OF_AN_ITEM), "done_when": (item.done_when, OF_AN_ITEM)}


async def _check_fresh(
    session: AsyncSession, postmortem: Postmortem, item: ActionItem, seen: int
) -> None:
    history = of_item(await item_history.of_item(session, item.id or 0))
    if len(history) == seen:
        return
    last = SectionEdit(
        section=Section.ACTION_ITEMS,
        version=len(history),
        edited_by=history[-1].actor,
        edited_at=history[-1].at,
    )
    raise Stale(last, await _in_words(session, postmortem, item))


async def _in_words(session: AsyncSession, postmortem: Postmortem, item: ActionItem) -> str:
    met = await people.known(session, postmortem.workspace, [item.owner])
    factors = await contributing_factors.factors(session, postmortem.id)
    factor = next((each.text for each in factors if each.id == item.factor_id), "")
    owner = met[item.owner].name if item.owner in met else item.owner
    return forms.item_in_words(item, owner, factor)
