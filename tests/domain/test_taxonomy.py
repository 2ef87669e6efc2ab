"""What may be done to the taxonomy, and by which names a class was ever known."""

from collections.abc import Callable

import pytest

from domain.causal_classes import CausalClass, check_classes, check_some, merged
from domain.class_suggestions import suggest
from domain.errors import RuleBroken
from domain.taxonomy import (
    LIVE_MAX,
    all_names,
    check_another,
    check_merge,
    check_new,
    check_rename,
    check_retire,
    check_room,
    found,
    read_name,
)

CAPACITY = CausalClass(id=101, name="Capacity")
ALERT = CausalClass(id=102, name="missing alert")
OLD = CausalClass(id=103, name="weather", is_retired=True)
GONE = CausalClass(id=104, name="disk full", is_retired=True, merged_into=101)
TAXONOMY = [CAPACITY, ALERT, OLD, GONE]
FULL = [CausalClass(id=number, name=f"class {number}") for number in range(LIVE_MAX)]


def refused(check: Callable[[], object]) -> str:
    """The field that a rule refuses by, and what it says."""
    with pytest.raises(RuleBroken) as broken:
        check()
    return f"{broken.value.field}: {broken.value}"


@pytest.mark.parametrize(
    ("text", "name"), [("dns", "dns"), ("  two \n words ", "two words"), ("x" * 60, "x" * 60)]
)
def test_a_name_is_read_without_the_space_around_it(text: str, name: str) -> None:
    assert read_name(text) == name


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "name: Name the kind of failure, like expired credential."),
        (" \n ", "name: Name the kind of failure, like expired credential."),
        ("x" * 61, "name: A name has at most 60 characters, and this has 61. Say the kind"),
    ],
)
def test_a_name_that_says_nothing_or_too_much_is_refused(text: str, said: str) -> None:
    assert refused(lambda: read_name(text)).startswith(said)


@pytest.mark.parametrize("name", ["dns", "Weather", "disk full"])
def test_a_new_name_may_be_added_and_a_retired_one_again(name: str) -> None:
    check_new(name, TAXONOMY)


@pytest.mark.parametrize("name", ["capacity", "CAPACITY", "Missing Alert"])
def test_a_name_is_there_once_however_it_is_cased(name: str) -> None:
    assert refused(lambda: check_new(name, TAXONOMY)).startswith("name: There is a class “")


def test_more_than_thirty_classes_are_refused_with_what_to_do() -> None:
    check_new("one more", FULL[1:])
    assert "There are 30 classes" in refused(lambda: check_new("one more", FULL))
    assert "Merge two of them, or retire one" in refused(lambda: check_room(FULL))
    check_room([*FULL[1:], OLD, GONE])


def test_a_class_may_get_a_new_name_or_its_own_in_other_letters() -> None:
    check_rename(CAPACITY, "too small", TAXONOMY)
    check_rename(CAPACITY, "capacity", TAXONOMY)


@pytest.mark.parametrize(
    ("which", "name", "said"),
    [
        (CAPACITY, "Missing alert", "name: Another class is called “missing alert” already."),
        (CAPACITY, "WEATHER", "name: A retired class is called “weather”, and old incidents"),
        (OLD, "storm", "name: “weather” is retired meanwhile."),
    ],
)
def test_a_name_that_another_class_has_is_refused(which: CausalClass, name: str, said: str) -> None:
    assert refused(lambda: check_rename(which, name, TAXONOMY)).startswith(said)


@pytest.mark.parametrize(
    ("which", "into", "said"),
    [
        (CAPACITY, CAPACITY, "into: A class cannot be merged into itself."),
        (CAPACITY, GONE, "into: “disk full” was merged into another class meanwhile."),
        (GONE, CAPACITY, "into: “disk full” was merged into another class meanwhile."),
        (CAPACITY, OLD, "into: “weather” is retired meanwhile: nobody would find"),
        (OLD, CAPACITY, "into: “weather” is retired meanwhile."),
    ],
)
def test_a_class_is_merged_into_another_that_is_offered(
    which: CausalClass, into: CausalClass, said: str
) -> None:
    check_merge(CAPACITY, ALERT)
    assert refused(lambda: check_merge(which, into)).startswith(said)


def test_one_class_is_always_left() -> None:
    check_retire(CAPACITY, TAXONOMY)
    check_another(CAPACITY, TAXONOMY)
    assert "is the only class left" in refused(lambda: check_retire(ALERT, [ALERT, OLD]))
    assert "is the only class:" in refused(lambda: check_another(ALERT, [ALERT, OLD]))


def test_a_class_of_nobody_is_refused() -> None:
    assert found(103, TAXONOMY) == OLD
    assert "not in this workspace" in refused(lambda: found(0, TAXONOMY))


def test_of_a_merged_class_the_one_it_went_into_is_meant_once() -> None:
    assert merged([104, 102, 101], TAXONOMY) == [101, 102]
    assert merged([999], TAXONOMY) == [999]


def test_a_retired_class_stays_where_it_is_and_goes_nowhere_else() -> None:
    check_classes([103], TAXONOMY, has=[103])
    said = refused(lambda: check_classes([103], TAXONOMY))
    assert said.startswith("classes: “weather” was retired while you had this open.")
    assert "is gone" in refused(lambda: check_classes([999], TAXONOMY))
    assert "Choose the class" in refused(lambda: check_some([]))


def test_a_class_is_known_by_all_names_it_had_and_those_of_what_went_into_it() -> None:
    former = [(101, "too small"), (104, "no space"), (102, "Disk full"), (9, "of nobody")]
    assert all_names(TAXONOMY, former) == {
        101: ["Capacity", "too small", "no space"],
        102: ["missing alert", "Disk full"],
        103: ["weather"],
    }


def test_a_name_that_another_class_has_now_is_of_that_one() -> None:
    renamed = [CausalClass(id=1, name="Scaling"), CausalClass(id=2, name="capacity")]
    assert all_names(renamed, [(1, "Capacity")]) == {1: ["Scaling"], 2: ["capacity"]}


def test_a_class_that_was_renamed_is_suggested_by_the_words_of_its_default() -> None:
    text = ["The certificate of the API had expired"]
    renamed = CausalClass(id=7, name="Zertifikate")
    assert suggest(text, [renamed]) == []
    (one,) = suggest(text, [renamed], {7: ["Zertifikate", "expired credential"]})
    assert (one.class_id, one.phrase) == (7, "certificate of the API had expired")
