"""What of a meta-review only its chair and the programme lead do, besides proposing (rule 21)."""

from collections.abc import Collection
from enum import StrEnum

from domain.errors import RuleBroken
from domain.meta_reviews import MetaReview


class Deed(StrEnum):
    """What somebody wants to do, as the end of a sentence says whom to ask."""

    ADD = "what you would promise: one of them adds the action item."
    CLOSE = "why it should end: one of them closes it."


def check_chairs(
    meta: MetaReview, person: str, lead: str, gone: Collection[str], name: str, deed: Deed
) -> None:
    """Refuse everybody but the chair, who is called `name`, and the programme lead.

    Where both have left, anybody may.
    """
    may = {meta.facilitator, lead} - {"", *gone}
    if not may or person in may:
        return
    if meta.facilitator in gone:
        said = f"{name} chaired this meta-review and has left. Tell the programme lead {deed}"
        raise RuleBroken("what", said.replace("one of them", "the lead"))
    raise RuleBroken(
        "what", f"{name} chairs this meta-review. Tell {name} or the programme lead {deed}"
    )
