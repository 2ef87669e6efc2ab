"""Incidents that got their causal classes since a monthly review began."""

from dataclasses import dataclass

#: So many are named, those that got them last.
TAGGED_MOST = 10


@dataclass(frozen=True, kw_only=True)
class TaggedIncident:
    """An incident of a public channel, or of none; `by` chose the last of its classes."""

    number: int
    classes: tuple[str, ...]
    by: str

    @property
    def key(self) -> str:
        """What people call it."""
        return f"PM-{self.number}"
