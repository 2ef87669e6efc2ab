"""What an imported document promises: items and risks whose people are here, the rest inherited."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

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
from handlers import kept_items
from handlers.kept_items import Deed
from storage import (
    accepted_risks,
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
    items = await _keep_items(session, postmortem, document.items, here, now)
    risks = await _keep_risks(session, postmortem, document.risks, here, now)
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
) -> list[tuple[ActionItem, str]]:
    """Give the items their places; returns those that have none, and why."""
    ids = [each.id for each in await contributing_factors.factors(session, postmortem.id)]
    places = max_items(postmortem.facts.tier)
    left: list[tuple[ActionItem, str]] = []
    taken: list[int] = []
    for item in items:
        full = f"a postmortem of its tier holds {places}." if len(taken) >= places else ""
        if why := full or _why_not(item, here, now):
            left.append((item, why))
        else:
            taken.append(_place(item, postmortem.facts.tier, taken))
            stored = replace(item, position=taken[-1], factor_id=_factor(ids, item))
            await _add(session, postmortem, stored, now)
    return left


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
    except RuleBroken as broken:
        return str(broken)
    return ""


def _item_as_line(item: ActionItem, names: Mapping[str, str]) -> str:
    owner = names.get(item.owner, item.owner)
    told = f"Done when: {item.done_when}; owner: {owner}; due: {item.due_on:%Y-%m-%d}"
    return f"{item.what} ({told})"


async def _add(
    session: AsyncSession, postmortem: Postmortem, item: ActionItem, now: datetime
) -> None:
    deed = Deed(by=IMPORT, at=now, event=IMPORTED)
    await kept_items.add(session, postmortem.workspace, postmortem.id, item, deed)


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
        try:
            accountable(here.get(risk.accepter), "accepter")
        except RuleBroken as broken:
            left.append((risk, str(broken)))
            continue
        if place >= RISKS_MAX:
            left.append((risk, f"a postmortem holds {RISKS_MAX} accepted risks."))
            continue
        await accepted_risks.add(
            session, postmortem.workspace, postmortem.id, risk, by=IMPORT, now=now, submission=""
        )
    return left


def _risk_as_line(risk: AcceptedRisk, names: Mapping[str, str]) -> str:
    accepter = names.get(risk.accepter, risk.accepter)
    told = f"accepted by {accepter} until {risk.until:%Y-%m-%d}: {risk.reason}"
    return f"Accepted risk: {risk.risk} ({told})"
