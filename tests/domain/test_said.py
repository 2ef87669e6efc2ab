"""What a decision must say: each that does not is refused on its field, with what to do."""

import re
from dataclasses import replace

import pytest

from domain.accepted_risks import FURTHEST_UNTIL
from domain.action_items import FURTHEST_DUE, ActionItem
from domain.decisions import Decided, Decision, decide
from domain.errors import RuleBroken
from domain.people import Person
from domain.said import check_reason
from tests.domain.test_decisions import BEN, DAY, IMPLEMENTED, ITEM, TODAY, WAITING, at

D = Decision
IN_A_WEEK = TODAY + 7 * DAY
LEFT = Person(id="UOTTO", name="Otto", is_deactivated=True)
CARA = Person(id="UCARA", name="Cara")
ANA = Person(id="UANA", name="Ana")
PROMOTED = Decided(decision=D.PROMOTE, words="Epic 7", link="https://a.example")
MOVED = Decided(decision=D.RESCHEDULE, words="the vendor", day=IN_A_WEEK)
REOPENED = replace(MOVED, decision=D.REOPEN)
SCOPED = Decided(decision=D.RESCOPE, words="too much", what="Drain", done_when="Drained")
ACCEPTED = Decided(decision=D.ACCEPT, words="rare", risk="Lost", day=IN_A_WEEK)


def refused(said: Decided, item: ActionItem = ITEM, person: Person | None = BEN) -> tuple[str, str]:
    with pytest.raises(RuleBroken) as broken:
        decide(item, said, at(person=person))
    return broken.value.field, str(broken.value)


@pytest.mark.parametrize(
    "said",
    [
        Decided(decision=D.BLOCK),
        Decided(decision=D.IMPLEMENT),
        Decided(decision=D.CANCEL),
        replace(PROMOTED, words=""),
        replace(MOVED, words=""),
        replace(REOPENED, words=""),
        replace(SCOPED, words=""),
        replace(ACCEPTED, words=""),
    ],
)
@pytest.mark.parametrize("words", ["", " \n"])
def test_what_needs_a_reason_asks_for_it(said: Decided, words: str) -> None:
    field, sentence = refused(replace(said, words=words))
    assert field == "words"
    assert re.match(r"Say (what|why|which) .*\.$", sentence)


@pytest.mark.parametrize("words", [".", "-", "?!", "4.2", "ok", "🔥🔥🔥🔥"])
@pytest.mark.parametrize("said", [MOVED, REOPENED, SCOPED, ACCEPTED, Decided(decision=D.CANCEL)])
def test_a_reason_is_said_in_words(said: Decided, words: str) -> None:
    sentence = "Say why in words: whoever reads it later has nothing else."
    assert refused(replace(said, words=words)) == ("words", sentence)


@pytest.mark.parametrize("words", ["old", "長すぎる", "стар", "काम हो गया"])
def test_a_reason_in_any_script_is_taken(words: str) -> None:
    assert decide(ITEM, replace(MOVED, words=words), at()).due_on == IN_A_WEEK


@pytest.mark.parametrize("words", [".", "—", "🔥"])
def test_what_was_shipped_may_be_a_number_but_not_a_mark(words: str) -> None:
    assert decide(ITEM, Decided(decision=D.IMPLEMENT, words="4.2"), at()).shipped == "4.2"
    assert refused(Decided(decision=D.IMPLEMENT, words=words))[0] == "words"


def test_evidence_is_not_that_it_exists() -> None:
    said = "Say what shows that it works, not merely that it exists."
    assert refused(Decided(decision=D.VERIFY), IMPLEMENTED) == ("words", said)


def test_nothing_is_verified_before_it_has_soaked() -> None:
    soaking = replace(IMPLEMENTED, soaks_until=TODAY + DAY)
    field, sentence = refused(Decided(decision=D.VERIFY, words="None lost"), soaking)
    assert (field, "It soaks until 25 Nov 2026" in sentence) == ("words", True)


@pytest.mark.parametrize(
    ("said", "field", "words"),
    [
        (replace(MOVED, day=None), "day", "Choose the new day it is due."),
        (replace(REOPENED, day=None), "day", "Choose the new day it is due."),
        (replace(MOVED, day=TODAY - DAY), "day", "Choose today or a later day."),
        (replace(REOPENED, day=TODAY - DAY), "day", "Choose today or a later day."),
        (replace(MOVED, day=TODAY + FURTHEST_DUE + DAY), "day", "or accept the risk."),
        (replace(MOVED, day=ITEM.due_on), "day", "Choose another one."),
        (replace(SCOPED, what=" "), "what", "starting with a verb."),
        (replace(SCOPED, what="x" * 301), "what", "shorten it to 300 or fewer."),
        (replace(SCOPED, done_when=""), "done_when", "Say how a stranger could check"),
        (replace(SCOPED, done_when="x" * 501), "done_when", "shorten it to 500 or fewer."),
        (
            replace(SCOPED, what=ITEM.what, done_when=ITEM.done_when),
            "what",
            "Write what it is from now on.",
        ),
        (replace(ACCEPTED, risk=""), "risk", "Say what may happen again."),
        (replace(ACCEPTED, risk="x" * 501), "risk", "shorten it to 500 or fewer."),
        (replace(ACCEPTED, day=None), "day", "Choose a day after today and within a year"),
        (replace(ACCEPTED, day=TODAY), "day", "Choose a day after today"),
        (replace(ACCEPTED, day=TODAY + FURTHEST_UNTIL + DAY), "day", "within a year"),
        (replace(PROMOTED, link=""), "link", "Paste the address of the project"),
        (replace(MOVED, words="x" * 501), "words", "shorten it to 500 or fewer."),
        (replace(MOVED, link="https://" + "x" * 1000), "link", "shorten it to 1,000 or fewer."),
    ],
)
def test_what_cannot_be_is_refused_where_it_stands(said: Decided, field: str, words: str) -> None:
    where, sentence = refused(said)
    assert (where, words in sentence) == (field, True)


@pytest.mark.parametrize(
    "link", ["a.example", "javascript:alert(1)", "https://", "https://a b", "https://a|b", "<x>"]
)
def test_what_is_no_address_is_refused(link: str) -> None:
    said = Decided(decision=D.IMPLEMENT, words="Drains", link=link)
    assert refused(said) == ("link", "Paste one whole address, beginning with https://.")


@pytest.mark.parametrize("said", [ACCEPTED, PROMOTED, Decided(decision=D.REASSIGN)])
@pytest.mark.parametrize("person", [None, LEFT, replace(BEN, is_bot=True)])
def test_whoever_is_named_must_be_somebody_who_is_here(
    said: Decided, person: Person | None
) -> None:
    field, sentence = refused(said, person=person)
    assert (field, "Choose" in sentence) == ("person", True)


def test_nobody_is_asked_for_what_they_own_or_were_asked_for_already() -> None:
    handed = Decided(decision=D.REASSIGN)
    owns = "Ana owns it already. Choose somebody else."
    assert refused(handed, WAITING, ANA) == ("person", owns)
    asked = "Cara is asked already. Wait for the answer, or choose somebody else."
    assert refused(handed, WAITING, CARA) == ("person", asked)


def test_the_longest_reason_is_taken() -> None:
    longest = replace(MOVED, words="x" * 500, day=TODAY + DAY)
    assert decide(ITEM, longest, at()).due_on == TODAY + DAY


def test_one_sign_of_a_script_of_words_is_a_reason() -> None:
    check_reason("重複", "Say why.")
