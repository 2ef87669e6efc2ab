"""A decision not to act: who, why, and until when it is looked at again (rule 3)."""

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
)
from domain.errors import RuleBroken
from domain.people import Person
from domain.programme import Programme

TODAY = date(2026, 11, 21)
DAY = timedelta(days=1)
ANA = Person(id="U1", name="Ana")
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
