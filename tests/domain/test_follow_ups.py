"""When a team looks back at a postmortem, and what of it still wants somebody."""

from dataclasses import replace
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from domain.action_items import ItemState
from domain.follow_ups import LookBack, LookedAt, Standing, is_looked_back_at, look_back_at
from domain.postmortems import Tier
from domain.workdays import WorkingTime
from tests.blocks.samples import ITEM, POSTMORTEM, RISK

OSLO = WorkingTime(
    zone=ZoneInfo("Europe/Oslo"),
    begins=time(9, 30),
    ends=time(17),
    weekdays=frozenset(range(1, 6)),
    is_holiday=lambda day: day in {date(2026, 12, 25), date(2027, 1, 1)},
)


@pytest.mark.parametrize(
    ("published", "morning"),
    [
        (datetime(2026, 11, 24, 12, tzinfo=UTC), datetime(2026, 12, 29, 8, 30, tzinfo=UTC)),
        # Christmas is a Friday, and nobody works on the days after it.
        (datetime(2026, 11, 20, 12, tzinfo=UTC), datetime(2026, 12, 28, 8, 30, tzinfo=UTC)),
        # Where they are it was Saturday already; summer time has come meanwhile.
        (datetime(2027, 2, 26, 23, 30, tzinfo=UTC), datetime(2027, 4, 5, 7, 30, tzinfo=UTC)),
    ],
)
def test_it_is_on_the_first_working_morning_five_weeks_later(
    published: datetime, morning: datetime
) -> None:
    assert look_back_at(published, OSLO) == morning


def test_only_a_full_postmortem_is_looked_back_at() -> None:
    assert [each for each in Tier if is_looked_back_at(each)] == [Tier.FULL]


@pytest.mark.parametrize(
    ("state", "standing", "wants"),
    [
        (ItemState.OPEN, Standing.OVERDUE, True),
        (ItemState.IMPLEMENTED, Standing.UNPROVEN, True),
        (ItemState.VERIFIED, Standing.DONE, False),
        (ItemState.INEFFECTIVE, Standing.IN_VAIN, True),
        (ItemState.CANCELLED, Standing.LET_GO, False),
        (ItemState.ACCEPTED, Standing.LET_GO, False),
        (ItemState.PROMOTED, Standing.LET_GO, False),
    ],
)
def test_what_became_of_an_item_says_whether_it_wants_somebody(
    state: ItemState,
    standing: Standing,
    wants: bool,  # noqa: FBT001 - a column of the table
) -> None:
    today = date(2026, 12, 29)
    looked_at = LookedAt(item=replace(ITEM, state=state))
    assert (looked_at.standing(today), looked_at.wants_somebody(today)) == (standing, wants)


def test_what_soaks_still_waits_for_nobody() -> None:
    soaks = replace(ITEM, state=ItemState.IMPLEMENTED, soaks_until=date(2026, 12, 30))
    assert not LookedAt(item=soaks).wants_somebody(date(2026, 12, 29))
    assert LookedAt(item=soaks).wants_somebody(date(2026, 12, 30))


def test_an_item_on_the_day_it_is_due_is_not_overdue() -> None:
    assert LookedAt(item=ITEM).standing(ITEM.due_on) is Standing.OPEN


def test_a_look_back_is_empty_only_without_items_and_risks() -> None:
    look = LookBack(postmortem=POSTMORTEM, published_on=ITEM.due_on, today=ITEM.due_on)
    assert look.is_empty
    assert not replace(look, risks=[RISK]).is_empty
    assert replace(look, items=[LookedAt(item=ITEM)]).number(Standing.OPEN, Standing.DONE) == 1
