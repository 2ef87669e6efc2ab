"""Five whys do not stop at a person, and nobody is held up by that (rule 6)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.errors import RuleBroken
from domain.passages import Passage, check_passages
from domain.whys import (
    WHY_MAX,
    WHYS_MAX,
    check_past_a_person,
    check_whys,
    goes_past_a_person,
    read_whys,
    write_whys,
)

BOB = "Bob forgot to renew the certificate"
LIMIT = "The pool has no limit per tenant"


def asked(*whys: str, kept: tuple[str, ...] = ()) -> tuple[str, str]:
    with pytest.raises(RuleBroken) as refused:
        check_past_a_person(whys, kept)
    return refused.value.field, str(refused.value)


def test_a_why_that_names_a_person_asks_for_the_next_one() -> None:
    assert asked("It was slow", BOB) == (
        "why_3",
        f"“{BOB}” names a person or a mistake. Ask once more: what let that through?",
    )


def test_a_long_why_is_quoted_in_part() -> None:
    assert asked(f"{BOB} {'a' * 300}")[1].startswith(f"“{BOB} aaa")
    assert "…” names" in asked(f"{BOB} {'a' * 300}")[1]


def test_the_question_goes_to_the_place_after_the_last_answer() -> None:
    assert asked("", "", BOB, "")[0] == "why_4"
    assert asked("a", "b", "c", "d", BOB)[0] == "why_6"


@pytest.mark.parametrize(
    "whys",
    [(), ("",), (LIMIT,), (BOB, LIMIT), ("a", "b", "c", "d", "e", "f", BOB)],
)
def test_nothing_is_asked_past_a_condition_of_the_system_or_past_the_seventh(
    whys: tuple[str, ...],
) -> None:
    check_past_a_person(whys)


def test_what_the_author_kept_before_is_not_asked_about_again() -> None:
    check_past_a_person((LIMIT, BOB), kept=(BOB,))

    assert asked(LIMIT, BOB, kept=(LIMIT,))[0] == "why_3"


def test_the_last_why_decides_whether_the_chain_goes_past_a_person() -> None:
    assert goes_past_a_person([BOB, LIMIT, ""])
    assert not goes_past_a_person([LIMIT, BOB])
    assert not goes_past_a_person(["", " "])


def test_a_why_that_is_a_story_is_refused_at_its_place() -> None:
    with pytest.raises(RuleBroken) as refused:
        check_whys(["short", "a" * (WHY_MAX + 1)])
    assert refused.value.field == "why_2"


def test_seven_of_the_longest_whys_fit_the_passage_they_are_kept_in() -> None:
    text = write_whys(["a" * WHY_MAX] * WHYS_MAX)

    assert check_passages({Passage.WHYS: text}, {Passage.WHYS: "whys"})
    assert len(read_whys(text)) == WHYS_MAX


@given(st.lists(st.text(), max_size=WHYS_MAX))
def test_whys_that_are_written_read_back_the_same(whys: list[str]) -> None:
    kept = [" ".join(why.split()) for why in whys]
    assert read_whys(write_whys(whys)) == [why for why in kept if why]


def test_an_imported_chain_of_more_than_seven_loses_nothing() -> None:
    whys = read_whys("\n".join(f"because {number}" for number in range(9)))

    assert len(whys) == WHYS_MAX
    assert whys[-1] == "because 6 because 7 because 8"
