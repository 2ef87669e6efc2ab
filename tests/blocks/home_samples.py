"""Homes to show: nearly empty, with some of everything, and as full as any can be."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from blocks.parts import View
from domain.action_items import ItemState
from domain.digests import Digest, Kept, KeptItem, KeptRisk, wanting
from domain.health import Health, Table, health_of, windows_of
from domain.home import Chaired, Home, Looking, NextReview, Owed, ToConfirm, Waits, items_of
from domain.measures import Completion, OpenItems, Repeats
from domain.meetings import Meeting
from domain.postmortems import TITLE_MAX, Tier
from domain.programme import Programme
from domain.reviews import Review
from tests.blocks.test_digests import PLACE, RISK, TODAY, all_of_them, kept
from tests.blocks.test_full_digests import as_long_as_can_be

NOW = datetime(2026, 12, 8, 10, 32, tzinfo=UTC)
LATER = TODAY + timedelta(days=40)
REVIEW = Review(
    workspace="T1",
    facilitator="U1",
    called_by="",
    called_at=NOW,
    due_at=NOW,
    due_on=TODAY,
    channel="C7",
    id=5,
)
MEETING = Meeting(facilitator="U1", called_by="U2", called_at=NOW)
NAMED = ToConfirm(
    kept=KeptRisk(risk=replace(RISK, until=LATER), place=PLACE), item_id=7, position=2
)
OWED = Owed(postmortem_id=3, number=3, title="Checkout latency", channel="C3")
CHAIRED = Chaired(
    postmortem_id=4, number=4, title="Login loop", channel="C4", tier=Tier.FULL, meeting=MEETING
)
WAITS = Waits(
    asked=[kept(due_on=LATER, proposed_owner="U1", proposed_by="U2", owner="U3")],
    owed=[OWED],
    owed_total=1,
    to_confirm=[NAMED],
    ran_out=[KeptRisk(risk=RISK, place=PLACE)],
    running_out=[KeptRisk(risk=replace(RISK, until=TODAY + timedelta(days=9)), place=PLACE)],
    chairs=[CHAIRED],
    chairs_total=1,
    monthly=REVIEW,
    quarterly=[Looking(postmortem_id=9, quarter="2026-Q3", channel="C7")],
)


def health(*, empty: bool = False, table: Table | None = None) -> Health:
    """Numbers of seven windows."""
    windows = windows_of(NOW, ZoneInfo("Europe/Oslo"))
    one = Repeats() if empty else Repeats(repeats=12, tagged=41, untagged=3)
    due = Completion() if empty else Completion(due=20, by_date=11, later=4, waits=5)
    counts = {} if empty else {(0, 0): 3, (3, 2): 2}
    number = len(windows)
    return health_of(windows, [one] * number, [due] * number, OpenItems(counts=counts), table)


RICH = health(table=Table(due_on=TODAY, total=9, undecided=2))


def home(*needing: Kept, later: tuple[KeptItem, ...] = (), reader: str = "U1", **more: Any) -> Home:
    """The Home of somebody who owns this."""
    found = items_of(wanting(needing, Programme(), TODAY))
    return Home(mine=Digest(reader=reader, today=TODAY, wanting=found), later=later, **more)


def longest() -> Home:
    """Eighty items that need them, eighty that come later, and as much of all else."""
    many = [as_long_as_can_be(number) for number in range(80)]
    needing = [
        *(replace(each, item=replace(each.item, state=ItemState.OPEN)) for each in many),
        *all_of_them(),
    ]
    later = tuple(replace(each, item=replace(each.item, due_on=LATER)) for each in many)
    title = "&" * TITLE_MAX
    waits = replace(
        WAITS,
        asked=many,
        owed=[replace(OWED, title=title)] * 5,
        owed_total=20,
        to_confirm=[NAMED] * 80,
        ran_out=[KeptRisk(risk=replace(RISK, risk="&" * 500), place=PLACE)] * 80,
        chairs=[replace(CHAIRED, title=title)] * 4,
        chairs_total=10,
        quarterly=list(WAITS.quarterly) * 4,
    )
    following = NextReview(current=REVIEW, due_on=TODAY, due_at=NOW, channel="C7")
    return home(*needing, later=later, waits=waits, health=RICH, next_review=following)


def texts(view: View) -> list[str]:
    """What its sections, lines and headings say."""
    return [
        part["text"]
        for block in view["blocks"]
        for part in ([block["text"]] if "text" in block else block.get("elements", []))
        if isinstance(part.get("text"), str)
    ]
