"""Causal classes: a small taxonomy per workspace, of which an incident has one to three."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from domain.errors import RuleBroken

CLASSES_MAX = 3
NAME_MAX = 60

#: What a workspace begins with; each can rename, add to, merge and retire them.
DEFAULT_CLASSES = (
    "config change without validation",
    "expired credential",
    "untested failover",
    "dependency exhaustion",
    "missing alert",
    "timeout misconfigured",
    "deployment without canary",
    "capacity",
)


@dataclass(frozen=True, kw_only=True)
class CausalClass:
    """One class of the workspace's taxonomy; a retired one stays on incidents that have it."""

    id: int
    name: str
    is_retired: bool = False


@dataclass(frozen=True, kw_only=True)
class Earlier:
    """An earlier incident that shares a class, and how many of its items are still open."""

    class_id: int
    postmortem_id: int
    number: int
    title: str
    started_at: datetime
    open_items: int


def check_classes(
    chosen: Collection[int], known: Sequence[CausalClass], field: str = "classes"
) -> None:
    """Refuse more classes than three, and those that the workspace does not have."""
    if len(chosen) > CLASSES_MAX:
        raise RuleBroken(
            field, f"Choose at most {CLASSES_MAX}: the ones that would find this incident again."
        )
    if set(chosen) - {each.id for each in known}:
        raise RuleBroken(field, "One of these classes is gone. Choose from the list as it is now.")
