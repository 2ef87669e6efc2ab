"""What a meta-review refuses, each with a sentence (rule 21)."""

from collections.abc import Collection

from domain.errors import RuleBroken
from domain.meta_reviews import FIX_MAX, MetaReview
from domain.postmortems import check_length
from domain.quarters import Quarter


def check_leads(meta: MetaReview, person: str, lead: str, gone: Collection[str], name: str) -> None:
    """Refuse everybody but the chair, who is called `name`, and the programme lead.

    Where both have left, anybody may.
    """
    may = {meta.facilitator, lead} - {"", *gone}
    if not may or person in may:
        return
    if meta.facilitator in gone:
        raise RuleBroken(
            "fix",
            f"{name} chaired this meta-review and has left. Tell the programme lead what you would "
            "propose: they write it down.",
        )
    raise RuleBroken(
        "fix",
        f"{name} chairs this meta-review. Tell {name} or the programme lead what you would "
        "propose: one of them writes it down.",
    )


def check_open(meta: MetaReview) -> None:
    """Refuse what can be done only while a meta-review is open."""
    if meta.closed_at is not None:
        raise RuleBroken(
            "fix",
            f"The {_lower(meta.name)} is closed: what it proposed stands. What is new belongs in "
            "an action item of an incident, or in the next meta-review.",
        )


def check_fix(text: str) -> str:
    """Return a proposed fix; RuleBroken where it says nothing, or too much."""
    check_length("fix", text, FIX_MAX)
    if not text.strip():
        raise RuleBroken("fix", "Say what would keep this class of failure from happening at all.")
    return text.strip()


def check_anything(tagged: int, quarter: Quarter) -> None:
    """Refuse a meta-review where no incident was tagged: there is nothing to count."""
    if not tagged:
        raise RuleBroken(
            "",
            f"No incident of the year up to {quarter.name} has a causal class, so there is nothing "
            "to count. Choose classes in the root cause of your postmortems, then ask again.",
        )


def check_has_classes(meta: MetaReview | None) -> None:
    """Refuse a causal class for what may be the postmortem of a meta-review."""
    if meta is not None:
        raise RuleBroken(
            "classes",
            "A meta-review is of no incident, and with a class it would count as one. Choose none "
            "here: classes belong to the incidents that it looks at.",
        )


def check_is_reviewed(meta: MetaReview | None) -> None:
    """Refuse a review of what may be the postmortem of a meta-review."""
    if meta is not None:
        raise RuleBroken(
            "facilitator",
            "A meta-review has no review of its own. Talk about it where its message stands: its "
            "action items are walked by the monthly review.",
        )


def _lower(name: str) -> str:
    return name[0].lower() + name[1:]
