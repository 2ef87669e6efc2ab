"""The form of the contributing factors: one text for each kind, one factor a line."""

from collections.abc import Mapping, Sequence

from blocks.forms import Opened, opened, values
from blocks.long_text import check_fits, long_inputs
from blocks.parts import Block, View, modal, section
from domain.contributing_factors import ContributingFactor, FactorKind
from domain.postmortems import Postmortem

FACTORS = "edit_factors"
OPEN_FACTORS = "open_factors"

#: The form's field for each kind.
FIELDS: Mapping[FactorKind, str] = {
    FactorKind.MADE_POSSIBLE: "made_possible",
    FactorKind.SLOWED_DETECTION: "slowed_detection",
    FactorKind.SLOWED_RESOLUTION: "slowed_resolution",
}
_LABELS = {
    FactorKind.MADE_POSSIBLE: "What made it possible?",
    FactorKind.SLOWED_DETECTION: "What slowed detection?",
    FactorKind.SLOWED_RESOLUTION: "What slowed resolution?",
}
_EXAMPLES = {
    FactorKind.MADE_POSSIBLE: "The migration ran on all shards at once",
    FactorKind.SLOWED_DETECTION: "The alert watched the average, not the slowest requests",
    FactorKind.SLOWED_RESOLUTION: "Rolling back needed an approval from a team that was asleep",
}


def factors_modal(postmortem: Postmortem, factors: Sequence[ContributingFactor], seen: int) -> View:
    """The form that holds all contributing factors as text."""
    inputs = [block for kind in FactorKind for block in _inputs(kind, factors)]
    guidance = section(
        "*Conditions of the system, one a line.* Few incidents have a single cause: "
        "name what would have had to be different."
    )
    return modal(
        f"{postmortem.key} · Factors",
        [guidance, *inputs],
        callback_id=FACTORS,
        submit="Save",
        metadata=Opened(postmortem_id=postmortem.id, seen=seen).metadata(),
    )


def _inputs(kind: FactorKind, factors: Sequence[ContributingFactor]) -> list[Block]:
    lines = [factor.text for factor in factors if factor.kind is kind]
    return long_inputs(FIELDS[kind], _LABELS[kind], lines, placeholder=_EXAMPLES[kind])


def read_factors_form(view: View) -> tuple[Opened, dict[FactorKind, str]]:
    """What the form was opened for, and the text of each kind as typed.

    Raises RuleBroken on the kind's field when it is more than the form could show again.
    """
    typed = values(view)
    texts = {kind: check_fits(typed.get(field, ""), field) for kind, field in FIELDS.items()}
    return opened(view), texts
