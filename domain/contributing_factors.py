"""System conditions that made an incident possible, or slowed its detection or resolution."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from domain.errors import RuleBroken
from domain.lines import keep_identity
from domain.postmortems import check_length

FACTOR_MAX = 500
FACTORS_MAX = 30

_BULLET = re.compile(r"\A\s*(?:[-*•](?:\s+|$)|•)?")


class FactorKind(StrEnum):
    """What a condition did."""

    MADE_POSSIBLE = "made it possible"
    SLOWED_DETECTION = "slowed detection"
    SLOWED_RESOLUTION = "slowed resolution"


@dataclass(frozen=True, kw_only=True)
class ContributingFactor:
    """One system condition. `id` is None until it is stored."""

    kind: FactorKind
    text: str
    id: int | None = None


def read_factors(kind: FactorKind, text: str, field: str) -> list[ContributingFactor]:
    """Read one factor a line; bullets and blank lines are dropped.

    Raises RuleBroken on `field`, naming the line, when one is too long.
    """
    factors = []
    for number, line in enumerate(text.splitlines(), start=1):
        words = _BULLET.sub("", line, count=1).strip()
        try:
            check_length(field, words, FACTOR_MAX)
        except RuleBroken as broken:
            raise RuleBroken(field, f"Line {number}: {broken}") from broken
        if words:
            factors.append(ContributingFactor(kind=kind, text=words))
    return factors


def check_factors(factors: list[ContributingFactor], field: str) -> list[ContributingFactor]:
    """Return the factors if there are few enough to be worth reading."""
    if len(factors) > FACTORS_MAX:
        raise RuleBroken(
            field, f"{len(factors)} factors hide each other: keep the {FACTORS_MAX} that matter."
        )
    return factors


def check_answered(
    old: Sequence[ContributingFactor],
    kept: Sequence[ContributingFactor],
    answers: Mapping[int, Sequence[int]],
    field: Mapping[FactorKind, str],
) -> None:
    """Refuse to drop a factor that an action item answers; `answers` is factor id → positions."""
    staying = {factor.id for factor in kept}
    for factor in old:
        if factor.id is not None and factor.id not in staying and answers.get(factor.id):
            raise RuleBroken(
                field[factor.kind],
                f"Action item {answers[factor.id][0]} answers “{factor.text[:80]}”. "
                "Keep the line, or choose another factor in that item first.",
            )


def edited(
    old: Sequence[ContributingFactor], new: Sequence[ContributingFactor]
) -> list[ContributingFactor]:
    """Return the new factors; one that was there before, reworded or moved, keeps its id.

    Reworded ones are looked for among those of their own kind; one that was moved to another
    kind is known by its words.
    """
    kept = {
        kind: iter(
            keep_identity(
                [factor for factor in old if factor.kind is kind],
                [factor for factor in new if factor.kind is kind],
                lambda factor: factor.text,
                lambda before, after: replace(after, id=before.id),
                words=lambda factor: factor.text,
            )
        )
        for kind in FactorKind
    }
    found = [next(kept[factor.kind]) for factor in new]
    staying = {factor.id for factor in found}
    moved = {factor.text: factor.id for factor in old if factor.id not in staying}
    return [
        replace(factor, id=moved.pop(factor.text, None)) if factor.id is None else factor
        for factor in found
    ]
