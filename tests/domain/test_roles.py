"""Who may decide what about an item: every role by every decision by every standing (rule 12)."""

import re
from collections.abc import Collection, Iterator
from dataclasses import replace
from datetime import date
from itertools import chain, combinations, product

import pytest

from domain.action_items import ActionItem, ItemKind, ItemState
from domain.decisions import Decision
from domain.errors import RuleBroken
from domain.programme import Priority
from domain.roles import Role, Standing, acting, check_may, possible, standing

#: Owner, programme Lead, Facilitator, Asked to take it on, aCcepter of its risk, Stand-in.
LETTERS = {
    "O": Role.OWNER,
    "L": Role.LEAD,
    "F": Role.FACILITATOR,
    "A": Role.PROPOSED,
    "C": Role.ACCEPTER,
    "S": Role.STAND_IN,
}
#: Who may decide so in which standing; a dot is nobody. Read rules 12, 13 and 15 beside it.
GRID = """
            open  expired  implemented  verified  ineffective  ended
START       OLF   OLF      .            .         .            .
BLOCK       OLF   OLF      .            .         .            .
IMPLEMENT   OLF   OLF      .            .         .            .
VERIFY      .     .        OLF          .         OLF          .
REOPEN      .     .        OLFC         OLFC      OLFC         OLFC
RESCHEDULE  OLF   .        .            .         .            .
RESCOPE     OLF   .        .            .         .            .
CANCEL      OL    OL       .            .         OL           .
ACCEPT      OLF   OLF      .            .         OLF          .
PROMOTE     OLF   OLF      .            .         OLF          .
REASSIGN    OLFS  OLFS     OLFS         .         OLFS         .
TAKE        A     A        A            .         A            .
DECLINE     A     A        A            .         A            .
"""
#: What each role could decide if only the standing were another, to tell the two refusals apart.
EVER = {
    letter: {row[0] for row in map(str.split, GRID.splitlines()[2:]) if letter in "".join(row[1:])}
    for letter in LETTERS
}
ITEM = ActionItem(
    what="Drain connections first",
    done_when="A failover loses no request",
    owner="UANA",
    priority=Priority.P2,
    due_on=date(2026, 12, 1),
    kind=ItemKind.GUARDRAIL,
    proposed_owner="UCARA",
)
#: Every state an item can be in, by how it then stands.
ITEMS = {
    "open": [ITEM, replace(ITEM, reviews_seen=1)],
    "expired": [replace(ITEM, reviews_seen=2), replace(ITEM, reviews_seen=9)],
    "implemented": [replace(ITEM, state=ItemState.IMPLEMENTED, reviews_seen=2)],
    "verified": [replace(ITEM, state=ItemState.VERIFIED)],
    "ineffective": [replace(ITEM, state=ItemState.INEFFECTIVE)],
    "ended": [
        replace(ITEM, state=state)
        for state in (ItemState.CANCELLED, ItemState.ACCEPTED, ItemState.PROMOTED)
    ],
}
#: Every refusal tells one of these: whom to ask, what can be decided, or that nothing is to do.
WHAT_TO_DO = re.compile(
    r"(Ask (Ana|one of them)\.|ask Ana, who owns this item, or Lena, who leads the programme\."
    r"|Say first that it is implemented: what was shipped, and where\."
    r"|Say that it is implemented, promote it to a planned project, accept the risk, or cancel it\."
    r"|Reopen it, promote it to a planned project, accept the risk, or cancel it\."
    r"|If it needs longer, move its date\.|Say whether it works, or reopen it\."
    r"|If it is needed again, reopen it\.|there is nothing you need to do\."
    r"|Hand it over first: who takes it on decides about it\.|If you cannot do it, hand it over\."
    r"|Name a lead in `/postmortem settings`: the lead decides about it\."
    r"|If you want it, hand it over to yourself\.)$"
)


def cells() -> Iterator[tuple[Decision, Standing, str]]:
    """Every cell of the grid: a decision, a standing, and the letters of who may."""
    head, *rows = (line.split() for line in GRID.strip().splitlines())
    for name, *letters in rows:
        for column, who in zip(head, letters, strict=True):
            yield Decision[name], Standing(column), who.strip(".")


def cases() -> Iterator[tuple[str, Decision, ActionItem, str]]:
    """Every set of roles by every decision by every state: which roles, and who of them may."""
    sets = chain.from_iterable(combinations(LETTERS, number) for number in range(len(LETTERS) + 1))
    for held, (decision, where, who) in product(list(sets), list(cells())):
        for item in ITEMS[where]:
            yield "".join(held), decision, item, "".join(each for each in held if each in who)


def roles(letters: str) -> set[Role]:
    return {LETTERS[letter] for letter in letters}


def refused(item: ActionItem, held: Collection[Role], decision: Decision) -> str:
    with pytest.raises(RuleBroken) as broken:
        check_may(item, held, decision, "Ana", "Lena")
    return str(broken.value)


def test_the_grid_has_every_role_decision_standing_and_state() -> None:
    found = list(cells())
    assert len(found) == len(Decision) * len(Standing)
    assert set(LETTERS.values()) == set(Role)
    assert {item.state for items in ITEMS.values() for item in items} == set(ItemState)
    assert all(standing(item) == name for name, items in ITEMS.items() for item in items)


def test_whoever_the_grid_names_may_and_decides_as_the_first_of_their_roles() -> None:
    for held, decision, item, may in cases():
        if may:
            as_what = check_may(item, roles(held), decision, "Ana", "Lena")
            assert as_what is LETTERS[may[0]], (held, decision, item)


def test_nobody_else_may_and_every_refusal_says_what_to_do_instead() -> None:
    for held, decision, item, may in cases():
        if not may:
            sentence = refused(item, roles(held), decision)
            assert WHAT_TO_DO.search(sentence), (sentence, held, decision)


def test_buttons_are_offered_for_exactly_what_may_be_decided() -> None:
    offered = {
        (held, id(item), decision)
        for held, _decision, item, _may in cases()
        for decision in possible(item, roles(held))
    }
    assert offered == {(held, id(item), decision) for held, decision, item, may in cases() if may}


@pytest.mark.parametrize("item", [item for items in ITEMS.values() for item in items])
def test_nobody_answers_a_question_that_nobody_was_asked(item: ActionItem) -> None:
    unasked = replace(item, proposed_owner="")
    assert possible(unasked, set(Role)) == [
        each for each in possible(item, set(Role)) if each not in {Decision.TAKE, Decision.DECLINE}
    ]
    said = refused(unasked, {Role.PROPOSED}, Decision.TAKE)
    assert said.startswith("Nobody is asked to take this item on any more")


@pytest.mark.parametrize("letter", LETTERS)
@pytest.mark.parametrize("decision", Decision)
def test_a_role_that_never_may_decides_as_nothing(letter: str, decision: Decision) -> None:
    expected = LETTERS[letter] if decision.name in EVER[letter] else None
    assert acting(roles(letter), decision) is expected


@pytest.mark.parametrize("decision", Decision)
@pytest.mark.parametrize("where", ITEMS)
def test_a_refusal_names_the_state_and_the_decision_as_people_say_them(
    where: str, decision: Decision
) -> None:
    said = {
        sentence
        for item in ITEMS[where]
        for held in ("OLF", "A")
        if decision.name in EVER[held[0]] and decision not in possible(item, roles(held))
        for sentence in [refused(item, roles(held), decision)]
    }
    assert all(re.match(r"This item .*, so it cannot be |Nobody is asked", each) for each in said)
    assert not any("cannot be in progress" in each or "cannot be open" in each for each in said)


@pytest.mark.parametrize("held", ["", "O", "L", "F", "S"])
def test_nobody_is_told_to_ask_themselves_or_nobody(held: str) -> None:
    (item,) = ITEMS["open"][:1]
    both = ("Ana", "Lena") if held != "S" else ("Ana", "")
    with pytest.raises(RuleBroken) as broken:
        check_may(item, roles(held), Decision.DECLINE, *both)
    assert ("ask" in str(broken.value).rpartition(". ")[2]) is not bool(held)


@pytest.mark.parametrize("where", ["verified", "ended"])
def test_what_nobody_can_hand_over_is_nothing_to_ask_for(where: str) -> None:
    for item, held in ((item, held) for item in ITEMS[where] for held in ("", "O", "L", "S")):
        assert refused(item, roles(held), Decision.TAKE).endswith("nothing you need to do.")
