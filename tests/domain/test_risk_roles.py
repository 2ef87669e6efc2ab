"""Who may look again at an accepted risk, and who is named to everybody else."""

from dataclasses import replace

import pytest

from domain.errors import RuleBroken
from domain.people import Person
from domain.risk_roles import check_may
from domain.roles import Role
from tests.blocks.samples import RISK

MEI, BOB = Person(id="UMEI", name="Mei"), Person(id="UBOB", name="Bob")
MINE = replace(RISK, accepter="UMEI")


def left(person: Person) -> Person:
    """Somebody who has left."""
    return replace(person, is_deactivated=True)


@pytest.mark.parametrize(
    ("by", "accepter", "lead", "acting"),
    [
        ("UMEI", MEI, None, ""),
        ("UMEI", MEI, BOB, ""),
        ("UBOB", MEI, BOB, Role.LEAD),
        ("UBOB", left(MEI), BOB, Role.LEAD),
        ("UANA", left(MEI), None, Role.STAND_IN),
        ("UANA", left(MEI), left(BOB), Role.STAND_IN),
    ],
)
def test_who_may_and_as_what(by: str, accepter: Person, lead: Person | None, acting: str) -> None:
    assert check_may(by, MINE, accepter, lead) == acting


@pytest.mark.parametrize(
    ("by", "acting"), [("UANA", Role.FACILITATOR), ("UBOB", Role.LEAD), ("UMEI", "")]
)
def test_the_chair_of_a_monthly_review_may_on_the_accepters_behalf(by: str, acting: str) -> None:
    assert check_may(by, MINE, MEI, BOB, chairs=True) == acting


@pytest.mark.parametrize(
    ("accepter", "lead", "sentence"),
    [
        (MEI, None, "Mei accepted this risk and decides about it. Ask them."),
        (MEI, BOB, "Ask them, or ask Bob, who leads the programme."),
        (MEI, MEI, "Mei accepted this risk and decides about it. Ask them."),
        (left(MEI), BOB, "Mei accepted this risk and has left. Ask Bob, who leads the programme."),
    ],
)
def test_anybody_else_reads_whom_to_ask(
    accepter: Person, lead: Person | None, sentence: str
) -> None:
    with pytest.raises(RuleBroken, match="accepted this risk") as refused:
        check_may("UANA", MINE, accepter, lead)
    assert sentence in str(refused.value)
