"""A decision not to act: who, why, and until when it is looked at again (rule 3)."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest

from domain.accepted_risks import (
    FURTHEST_UNTIL,
    RISKS_MAX,
    AcceptedRisk,
    check_risk,
    check_room,
    default_until,
    ended,
    renewed,
)
from domain.errors import RuleBroken
from domain.people import Person
from domain.programme import Programme

TODAY = date(2026, 11, 21)
DAY = timedelta(days=1)
ANA = Person(id="U1", name="Ana")
BEN = Person(id="U2", name="Ben")
RISK = AcceptedRisk(
    risk="One region only", accepter="U1", reason="A second costs more", until=TODAY
)


def changed(**fields: object) -> AcceptedRisk:
    return replace(RISK, **fields)  # type: ignore[arg-type]  # a table of fields


@pytest.mark.parametrize("until", [TODAY + DAY, TODAY + FURTHEST_UNTIL])
def test_a_risk_accepted_until_a_day_within_a_year_is_kept(until: date) -> None:
    assert check_risk(changed(until=until), ANA, TODAY) == changed(until=until)


@pytest.mark.parametrize(
    ("field", "fields", "sentence"),
    [
        ("risk", {"risk": " "}, "Say what may happen again."),
        ("risk", {"risk": "x" * 501}, "501 characters are too many: shorten it to 500 or fewer."),
        ("reason", {"reason": ""}, "Say why it is right not to act now."),
        (
            "reason",
            {"reason": "x" * 501},
            "501 characters are too many: shorten it to 500 or fewer.",
        ),
        ("until", {"until": TODAY}, "Choose a day after today: then it is looked at again."),
        (
            "until",
            {"until": TODAY + FURTHEST_UNTIL + DAY},
            "Choose a day within a year: then it is looked at again.",
        ),
    ],
)
def test_a_risk_nobody_could_look_at_again_is_refused(
    field: str, fields: dict[str, object], sentence: str
) -> None:
    with pytest.raises(RuleBroken) as broken:
        check_risk(changed(**fields), ANA, TODAY)
    assert (broken.value.field, str(broken.value)) == (field, sentence)


@pytest.mark.parametrize("accepter", [None, Person(id="U3", name="Ben", is_deactivated=True)])
def test_somebody_who_is_here_must_accept_it(accepter: Person | None) -> None:
    with pytest.raises(RuleBroken) as broken:
        check_risk(changed(until=TODAY + DAY), accepter, TODAY)
    assert broken.value.field == "accepter"


@pytest.mark.parametrize(
    ("programme", "days"), [(Programme(), 180), (Programme(accepted_risk_days=90), 90)]
)
def test_a_risk_is_looked_at_again_after_the_programmes_days(
    programme: Programme, days: int
) -> None:
    assert default_until(programme, TODAY) == TODAY + days * DAY


def test_the_eleventh_risk_is_refused() -> None:
    check_room(RISKS_MAX - 1)
    with pytest.raises(RuleBroken, match="10 accepted risks are recorded here") as broken:
        check_room(RISKS_MAX)
    assert broken.value.field == "risk"


def test_a_risk_that_is_accepted_again_has_who_why_until_and_how_often() -> None:
    old = changed(renewals=1, item_id=7, id=3)
    again = renewed(old, BEN, "Still rare", TODAY + DAY, TODAY)
    assert again == replace(old, accepter="U2", reason="Still rare", until=TODAY + DAY, renewals=2)


@pytest.mark.parametrize(
    ("accepter", "reason", "until", "field"),
    [
        (None, "Still rare", TODAY + DAY, "accepter"),
        (ANA, " ", TODAY + DAY, "reason"),
        (ANA, "Still rare", TODAY, "until"),
        (ANA, "Still rare", None, "until"),
    ],
)
def test_accepting_again_asks_as_much_as_the_first_time(
    accepter: Person | None, reason: str, until: date | None, field: str
) -> None:
    with pytest.raises(RuleBroken) as broken:
        renewed(RISK, accepter, reason, until, TODAY)
    assert broken.value.field == field


def test_a_risk_ends_on_the_day_somebody_says_why_it_is_none_any_more() -> None:
    over = ended(RISK, "We left that region", TODAY)
    assert over == changed(ended_on=TODAY)
    assert (RISK.stands, over.stands) == (True, False)


@pytest.mark.parametrize("reason", ["", " ", "x" * 501])
def test_a_risk_does_not_end_without_a_reason_somebody_would_read(reason: str) -> None:
    with pytest.raises(RuleBroken) as broken:
        ended(RISK, reason, TODAY)
    assert broken.value.field == "reason"


@pytest.mark.parametrize(
    "again",
    [
        lambda over: renewed(over, ANA, "Rare", TODAY + DAY, TODAY),
        lambda over: ended(over, "Gone", TODAY),
    ],
    ids=["renewed", "ended"],
)
def test_what_is_no_risk_any_more_is_neither_accepted_again_nor_ended_twice(
    again: Callable[[AcceptedRisk], AcceptedRisk],
) -> None:
    with pytest.raises(RuleBroken, match="accept it anew on the card") as broken:
        again(changed(ended_on=TODAY))
    assert broken.value.field == "reason"
