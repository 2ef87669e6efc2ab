"""Who has agreed, who is waited for, and since when (rule 7)."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from domain import agreements as rules
from domain.agreements import AGREED_BEFORE, ASKED, Agreement, Round, naming, round_of, standing
from domain.errors import RuleBroken
from domain.people import Person
from domain.postmortems import Tier
from domain.record import Event, RecordEntry

NOW = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
ASK = RecordEntry(
    actor="U1", at=NOW, event=Event.AGREEMENT_ASKED, changes=naming(ASKED, ["U2", "U3"])
)
AGREE = RecordEntry(actor="U2", at=NOW + MINUTE, event=Event.AGREED)
CHANGE = RecordEntry(
    actor="U1",
    at=NOW + 2 * MINUTE,
    event=Event.WITHDRAWN,
    changes=naming(AGREED_BEFORE, ["U2"]) | naming(ASKED, ["U2"]),
    reason="added 1 line",
)


def test_people_stand_in_the_order_they_are_named() -> None:
    agreed = [Agreement(person=each, agreed_at=NOW) for each in ("U3", "U1", "U9")]
    state = standing(["U1", "U2", "U3", "U4"], agreed, left={"U4", "U3"})

    assert (state.agreed, state.waiting, state.left) == (("U1", "U3"), ("U2",), ("U4",))
    assert not state.is_agreed


def test_nobody_waits_for_who_has_left() -> None:
    assert standing(["U1"], [], left={"U1"}).is_agreed


@pytest.mark.parametrize(
    "gone",
    [
        Person(id="U1", name="Ana", is_deactivated=True),
        Person(id="U1", name="Pager", is_bot=True),
        Person(id="U1", name="Eve", is_outsider=True),
    ],
)
def test_who_cannot_press_a_button_cannot_agree(gone: Person) -> None:
    assert rules.can_agree(Person(id="U1", name="Ana"))
    assert not rules.can_agree(gone)


@pytest.mark.parametrize(
    ("check", "words"),
    [
        (lambda: rules.check_may_agree("U9", ["U1"], 3), "add yourself"),
        (lambda: rules.check_may_agree("U1", ["U1"], 0), "Press Add beside the timeline first"),
        (lambda: rules.check_can_be_agreed(Tier.STANDARD, 0), "Press Add beside the timeline"),
        (lambda: rules.check_can_be_agreed(Tier.PARAGRAPH, 3), "choose another tier"),
    ],
)
def test_a_refusal_says_what_to_do_instead(check: Callable[[], None], words: str) -> None:
    with pytest.raises(RuleBroken, match=words):
        check()


def test_a_responder_agrees_to_what_is_there() -> None:
    rules.check_may_agree("U1", ["U1"], 1)
    rules.check_can_be_agreed(Tier.FULL, 1)


def test_somebody_who_was_never_asked_waits_in_the_first_round() -> None:
    assert round_of("U1", [ASK]) == Round()
    assert round_of("U2", [ASK]) == Round(asked_at=NOW, asked_by="U1")


def test_agreeing_ends_a_round_and_a_change_asks_in_the_next() -> None:
    assert round_of("U2", [ASK, AGREE]) == Round(number=1, agreed_at=AGREE.at)
    assert round_of("U2", [ASK, AGREE, CHANGE]) == Round(
        number=1, agreed_at=AGREE.at, asked_at=CHANGE.at, asked_by="U1", changes=(CHANGE,)
    )


def test_ones_own_changes_are_no_news() -> None:
    own = RecordEntry(actor="U2", at=CHANGE.at, event=Event.WITHDRAWN)
    assert round_of("U2", [AGREE, own, CHANGE]).changes == (CHANGE,)
    assert round_of("U3", [ASK, CHANGE]).changes == ()


def test_whoever_asked_last_hears_of_the_silent() -> None:
    assert rules.asker([ASK, AGREE, CHANGE]) == "U1"
    assert rules.asker([AGREE, CHANGE]) == ""


def test_changes_are_kept_once_somebody_agreed_or_was_asked() -> None:
    assert rules.is_under_way([ASK])
    assert rules.is_under_way([AGREE])
    assert not rules.is_under_way([RecordEntry(actor="U1", at=NOW, event=Event.STARTED)])


def test_the_record_names_people_as_they_were_named() -> None:
    assert rules.people_in(CHANGE, AGREED_BEFORE) == ["U2"]
    assert rules.people_in(ASK, ASKED) == ["U2", "U3"]
    assert rules.people_in(AGREE, ASKED) == []
    assert naming(ASKED, []) == {}
