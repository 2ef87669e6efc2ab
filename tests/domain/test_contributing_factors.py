"""Contributing factors: one a line, few enough to be read, known again when reworded."""

import pytest

from domain.contributing_factors import (
    FACTOR_MAX,
    FACTORS_MAX,
    ContributingFactor,
    FactorKind,
    check_answered,
    check_factors,
    edited,
    read_factors,
)
from domain.errors import RuleBroken

POSSIBLE, DETECTION, RESOLUTION = FactorKind


def factor(text: str, kind: FactorKind = POSSIBLE, number: int | None = None) -> ContributingFactor:
    return ContributingFactor(kind=kind, text=text, id=number)


@pytest.mark.parametrize(
    ("text", "factors"),
    [
        ("no alert\nslow rollback", ["no alert", "slow rollback"]),
        ("- no alert\n* slow rollback\n•no owner", ["no alert", "slow rollback", "no owner"]),
        ("\n  \n- \n*\n", []),
        ("--force was the default\n*bold* claim", ["--force was the default", "*bold* claim"]),
        ("x" * FACTOR_MAX, ["x" * FACTOR_MAX]),
    ],
)
def test_one_line_is_one_factor(text: str, factors: list[str]) -> None:
    assert read_factors(POSSIBLE, text, "made_possible") == [factor(words) for words in factors]


def test_a_line_too_long_is_named() -> None:
    with pytest.raises(RuleBroken) as broken:
        read_factors(POSSIBLE, f"fine\n\n{'x' * 501}", "made_possible")
    assert broken.value.field == "made_possible"
    assert str(broken.value) == "Line 3: 501 characters are too many: shorten it to 500 or fewer."


def test_more_factors_than_anyone_reads_are_refused() -> None:
    most = [factor("x")] * FACTORS_MAX
    assert check_factors(most, "made_possible") == most
    with pytest.raises(RuleBroken, match="31 factors hide each other: keep the 30 that matter"):
        check_factors([*most, factor("y")], "made_possible")


OLD = [factor("no alert on lag", number=1), factor("slow rollback", number=2)]


@pytest.mark.parametrize(
    ("new", "ids"),
    [
        (["no alert on lag", "slow rollback"], [1, 2]),
        (["no alert on queue lag", "slow rollback"], [1, 2]),
        (["slow rollback", "no alert on lag"], [2, 1]),
        (["slow rollback"], [2]),
        (["no alert on queue lag", "no runbook", "slow rollback"], [1, None, 2]),
    ],
)
def test_a_reworded_factor_keeps_its_id(new: list[str], ids: list[int | None]) -> None:
    kept = edited(OLD, [factor(text) for text in new])
    assert [(line.text, line.id) for line in kept] == list(zip(new, ids, strict=True))


def test_a_factor_moved_to_another_kind_is_known_by_its_words() -> None:
    new = [factor("slow rollback", RESOLUTION), factor("no alert on lag"), factor("x", DETECTION)]
    assert [line.id for line in edited(OLD, new)] == [2, 1, None]


def test_a_factor_that_an_item_answers_cannot_be_dropped() -> None:
    check_answered(OLD, [OLD[1]], {2: [1]}, {POSSIBLE: "made_possible"})
    with pytest.raises(RuleBroken) as broken:
        check_answered(OLD, [OLD[1]], {1: [3]}, {POSSIBLE: "made_possible"})
    assert broken.value.field == "made_possible"
    assert str(broken.value).startswith("Action item 3 answers “no alert on lag”. Keep the line")
