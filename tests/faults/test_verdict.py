"""The oracle of the year agrees with a calendar on the wall, and its judge misses nothing."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from domain.decisions import Decision
from tests.faults.lives import Act
from tests.faults.oracle import Stand, owed, stands
from tests.faults.organisation import IS_STOPPED, Down, Owner
from tests.faults.verdict import Mail, Verdict, judge

OWNER = Owner(handle="o1", id="U1", zone="Europe/Berlin")
HOUR = timedelta(hours=1)
#: Due on 1 April, a Wednesday; done on 17 April, so it has soaked on 17 May, a Sunday.
LIFE = [
    Act(at=datetime(2026, 3, 2, 10, 15, tzinfo=UTC), item=1, by=OWNER, day=date(2026, 4, 1)),
    Act(at=datetime(2026, 4, 17, 9, 5, tzinfo=UTC), item=1, by=OWNER, decision=Decision.IMPLEMENT),
    Act(at=datetime(2026, 5, 26, 10, 7, tzinfo=UTC), item=1, by=OWNER, decision=Decision.VERIFY),
]
#: Half past nine in Berlin: before and after the clocks change on 29 March; 25 May is Whit Monday.
MORNINGS = [
    datetime(2026, 3, 25, 8, 30, tzinfo=UTC),
    *(datetime(2026, 4, day, 7, 30, tzinfo=UTC) for day in (1, 8, 15)),
    *(datetime(2026, 5, day, 7, 30, tzinfo=UTC) for day in (18, 26)),
]
Mails = list[Mail]


def _lives() -> list[list[Stand]]:
    return list(stands(LIFE).values())


def _windows(*away: Down) -> list[tuple[datetime, datetime]]:
    return [(each.opens, each.closes) for each in owed(_lives(), away)[OWNER.id]]


def _judged(came: Sequence[Mail], *away: Down) -> Verdict:
    return judge(owed(_lives(), away), came, _lives())


def _mails() -> Mails:
    return [Mail(owner=OWNER, at=at, items=frozenset({1})) for at in MORNINGS]


def _down(begin: datetime, end: datetime) -> Down:
    return Down(how=IS_STOPPED, begin=begin, end=end)


def test_a_digest_is_owed_before_on_the_day_weekly_and_when_the_soak_ends() -> None:
    assert _windows() == [(at, at + HOUR) for at in MORNINGS]


def test_after_an_outage_the_first_working_hour_counts() -> None:
    away = _down(MORNINGS[1] - HOUR, MORNINGS[1] + 4 * HOUR)
    assert _windows(away)[1] == (MORNINGS[1] + 4 * HOUR, MORNINGS[1] + 5 * HOUR)


def test_an_hour_that_work_ends_in_goes_on_after_easter() -> None:
    late = datetime(2026, 4, 2, 14, 40, tzinfo=UTC)  # Thursday, 20 minutes before work ends
    tuesday = datetime(2026, 4, 7, 7, 30, tzinfo=UTC)
    away = _down(MORNINGS[1] - HOUR, late)
    assert _windows(away)[1] == (late, tuesday + timedelta(minutes=40))


def test_two_that_were_missed_in_one_outage_are_one() -> None:
    away = _down(MORNINGS[1] - HOUR, MORNINGS[2] + 2 * HOUR)
    assert len(_windows(away)) == len(MORNINGS) - 1


def test_a_year_in_which_all_arrives_has_nothing_wrong() -> None:
    verdict = _judged(_mails())
    assert (verdict.owed, verdict.sent, verdict.wrong) == (6, 6, {})


def _moved(mails: Mails, which: int, by: timedelta) -> Mails:
    return [replace(mail, at=mail.at + by * (n == which)) for n, mail in enumerate(mails)]


WRONGS: dict[str, tuple[Callable[[Mails], Mails], set[str]]] = {
    "one is lost": (lambda mails: mails[1:], {"lost"}),
    "one comes twice": (lambda mails: [*mails, *_moved(mails[:1], 0, HOUR / 2)], {"duplicate"}),
    "one is late": (lambda mails: _moved(mails, 2, 2 * HOUR), {"late"}),
    "one is early, on Sunday": (
        lambda mails: _moved(mails, 4, timedelta(days=-1)),
        {"lost", "duplicate", "off_hours"},
    ),
    "one comes on Whit Monday": (
        lambda mails: _moved(mails, 5, timedelta(days=-1)),
        {"lost", "duplicate", "off_hours"},
    ),
    "one is of the evening": (lambda mails: _moved(mails, 3, 9 * HOUR), {"late", "off_hours"}),
    "one is about nothing": (
        lambda mails: [*mails[1:], replace(mails[0], items=frozenset[int]())],
        {"silent"},
    ),
    "one is about another's": (
        lambda mails: [*mails[1:], replace(mails[0], items=frozenset({1, 2}))],
        {"stale"},
    ),
}


@pytest.mark.parametrize(("break_it", "wrong"), WRONGS.values(), ids=WRONGS)
def test_the_judge_sees_when(break_it: Callable[[Mails], Mails], wrong: set[str]) -> None:
    assert set(_judged(break_it(_mails())).wrong) == wrong


def test_a_digest_about_what_has_ended_is_stale_and_not_owed() -> None:
    after = Mail(owner=OWNER, at=MORNINGS[5] + timedelta(days=7), items=frozenset({1}))
    assert set(_judged([*_mails(), after]).wrong) == {"duplicate", "stale"}
