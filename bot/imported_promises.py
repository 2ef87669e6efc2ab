"""What an imported document promises: items and risks whose people are here, the rest inherited."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.imported_outcomes import check_outcome, check_standing
from documents.document import Document
from domain.accepted_risks import RISKS_MAX, AcceptedRisk
from domain.action_items import (
    MAX_ITEMS,
    ActionItem,
    ItemState,
    check_item,
    free_position,
    max_items,
)
from domain.errors import RuleBroken
from domain.inherited import LINE_MAX, InheritedLine
from domain.people import Person, accountable
from domain.postmortems import Postmortem, Tier, check_length
from handlers import kept_items, kept_risks
from handlers.kept_items import Deed
from storage import (
    contributing_factors,
    inherited,
    people,
)

#: Who did what an import does, and what the history calls it.
IMPORT, IMPORTED = "import", "imported"
QUOTE_MAX = 60


async def keep_promises(
    session: AsyncSession, postmortem: Postmortem, document: Document, now: datetime
) -> list[str]:
    """Keep items and risks whose people are here; what cannot be one is inherited (rule 1).

    Tells which those are. Raises RuleBroken where one is too long even for that.
    """
    asked = [*(item.owner for item in document.items), *(risk.accepter for risk in document.risks)]
    ids = filter(str.isprintable, asked)  # a database need not take others
    here = await people.known(session, postmortem.workspace, ids)
    items, kept = await _keep_items(session, postmortem, document.items, here, now)
    instead = [
        replace(risk, item_id=risk.item_id and kept.get(risk.item_id)) for risk in document.risks
    ]
    risks = await _keep_risks(session, postmortem, instead, here, now)
    left = [(_item_as_line(item, document.names), why) for item, why in items]
    left += [(_risk_as_line(risk, document.names), why) for risk, why in risks]
    for line, _ in left:
        check_length("inherited", line, LINE_MAX)
    lines = [*document.inherited, *(InheritedLine(text=line) for line, _ in left)]
    await inherited.add(session, postmortem.workspace, postmortem.id, lines)
    return [f"“{_quoted(line)}” is kept as an inherited line: {why}" for line, why in left]


def _quoted(line: str) -> str:
    return line if len(line) <= QUOTE_MAX else f"{line[: QUOTE_MAX - 1].rstrip()}…"


async def _keep_items(
    session: AsyncSession,
    postmortem: Postmortem,
    items: Sequence[ActionItem],
    here: dict[str, Person],
    now: datetime,
) -> tuple[list[tuple[ActionItem, str]], dict[int | None, int | None]]:
    """Give the items their places.

    Returns those that have none, and why; and the ids of the others, by the place they had.
    """
    ids = [each.id for each in await contributing_factors.factors(session, postmortem.id)]
    places = max_items(postmortem.facts.tier)
    left: list[tuple[ActionItem, str]] = []
    taken: list[int] = []
    kept: dict[int | None, int | None] = {}
    for item in items:
        full = f"a postmortem of its tier holds {places}." if len(taken) >= places else ""
        if why := full or _why_not(item, here, now):
            left.append((item, why))
        else:
            taken.append(_place(item, postmortem.facts.tier, taken))
            stored = replace(item, position=taken[-1], factor_id=_factor(ids, item))
            kept.setdefault(item.position, await _add(session, postmortem, stored, now))
    return left, kept


def _place(item: ActionItem, tier: Tier, taken: Sequence[int]) -> int:
    """The place an item had, so that it keeps its key; else the first that is free."""
    free = set(range(1, MAX_ITEMS + 1)) - {*taken}
    return item.position if item.position in free else free_position(tier, taken)


def _factor(ids: list[int | None], item: ActionItem) -> int | None:
    place = item.factor_id or 0
    return ids[place - 1] if 0 < place <= len(ids) else None


def _why_not(item: ActionItem, here: dict[str, Person], now: datetime) -> str:
    """Why rule 2 does not hold; a date that has passed is history, and stays."""
    owner = here.get(item.owner)
    as_it_was = replace(item, state=ItemState.OPEN, reviews_seen=0)
    try:
        check_item(as_it_was, owner, now.date(), as_it_was)
        check_outcome(item, now)
    except RuleBroken as broken:
        return str(broken)
    return ""


def _item_as_line(item: ActionItem, names: Mapping[str, str]) -> str:
    owner = names.get(item.owner, item.owner)
    told = f"Done when: {item.done_when}; owner: {owner}; due: {item.due_on:%Y-%m-%d}"
    became = "" if item.is_open else f"; {item.state}"
    return f"{item.what} ({told}{became})"


async def _add(
    session: AsyncSession, postmortem: Postmortem, item: ActionItem, now: datetime
) -> int | None:
    deed = Deed(by=IMPORT, at=now, event=IMPORTED)
    stored, _ = await kept_items.add(session, postmortem.workspace, postmortem.id, item, deed)
    return stored.id


async def _keep_risks(
    session: AsyncSession,
    postmortem: Postmortem,
    risks: Sequence[AcceptedRisk],
    here: dict[str, Person],
    now: datetime,
) -> list[tuple[AcceptedRisk, str]]:
    """Keep the risks that somebody here accepted; returns the others, and why."""
    left: list[tuple[AcceptedRisk, str]] = []
    for place, risk in enumerate(risks):
        full = f"a postmortem holds {RISKS_MAX} accepted risks." if place >= RISKS_MAX else ""
        if why := _why_no_risk(risk, here) or full:
            left.append((risk, why))
            continue
        where = postmortem.workspace, postmortem.id
        await kept_risks.add(session, *where, risk, by=IMPORT, now=now)
    return left


def _why_no_risk(risk: AcceptedRisk, here: dict[str, Person]) -> str:
    """Why nobody here answers for a risk; a date that has passed is history, and stays."""
    try:
        accountable(here.get(risk.accepter), "accepter")
        check_standing(risk)
    except RuleBroken as broken:
        return str(broken)
    return ""


def _risk_as_line(risk: AcceptedRisk, names: Mapping[str, str]) -> str:
    accepter = names.get(risk.accepter, risk.accepter)
    told = f"accepted by {accepter} until {risk.until:%Y-%m-%d}: {risk.reason}"
    became = f"; ended on {risk.ended_on:%Y-%m-%d}" if risk.ended_on else ""
    return f"Accepted risk: {risk.risk} ({told}{became})"
