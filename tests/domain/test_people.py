"""Who can answer for something, and whose clock is theirs (rules 2 and 16)."""

from datetime import UTC, date, datetime

import pytest

from domain.errors import RuleBroken
from domain.people import Person, accountable

ANA = Person(id="U1", name="Ana")


def test_an_active_member_can_answer_for_something() -> None:
    assert accountable(ANA) is ANA


@pytest.mark.parametrize(
    ("person", "sentence"),
    [
        (None, "Choose one person of this workspace: a team cannot own it."),
        (
            Person(id="U2", name="Deploys", is_bot=True),
            "Deploys is an app. Choose the person who will see to it.",
        ),
        (
            Person(id="U3", name="Ben", is_deactivated=True),
            "Ben has left the workspace. Choose someone who is here.",
        ),
        (
            Person(id="U4", name="Cleo", is_outsider=True),
            "Cleo belongs to another workspace. Choose someone of this one.",
        ),
    ],
)
def test_nobody_else_can(person: Person | None, sentence: str) -> None:
    with pytest.raises(RuleBroken) as broken:
        accountable(person, "accepter")
    assert (broken.value.field, str(broken.value)) == ("accepter", sentence)


@pytest.mark.parametrize(
    ("zone", "key"),
    [
        ("Europe/Lisbon", "Europe/Lisbon"),
        ("Mars/Olympus", "UTC"),
        ("", "UTC"),
        ("Europe", "UTC"),
        ("../etc", "UTC"),
        ("x" * 5000, "UTC"),
    ],
)
def test_a_zone_nobody_knows_is_utc(zone: str, key: str) -> None:
    assert Person(id="U1", name="Ana", zone=zone).tzinfo.key == key


@pytest.mark.parametrize(
    ("zone", "day"), [("Pacific/Auckland", 22), ("UTC", 21), ("America/New_York", 21)]
)
def test_today_is_the_date_where_somebody_is(zone: str, day: int) -> None:
    now = datetime(2026, 11, 21, 12, tzinfo=UTC)
    assert Person(id="U1", name="Ana", zone=zone).today(now) == date(2026, 11, day)
