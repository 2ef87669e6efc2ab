"""Publishing: what must be there before, and what is said of changes afterwards (rule 10)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from domain.errors import RuleBroken


@dataclass(frozen=True, kw_only=True)
class Publication:
    """A postmortem was published; what is changed afterwards amends it."""

    published_by: str
    published_at: datetime
    amendments: int = 0
    amended_by: str = ""
    amended_at: datetime | None = None
    amended: str = ""


def check_complete(gaps: Sequence[str]) -> None:
    """Refuse to publish what its tier still asks something of (rule 5)."""
    if gaps:
        raise RuleBroken(
            "",
            f"Not yet: still missing is {', '.join(gaps)}. Fill that in, or change the tier "
            "under Edit beside the facts and say why.",
        )
