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
    """One class of the workspace's taxonomy; a retired one stays on incidents that have it.

    One that was `merged_into` another is retired, and its incidents have that one.
    """

    id: int
    name: str
    is_retired: bool = False
    merged_into: int | None = None


@dataclass(frozen=True, kw_only=True)
class Earlier:
    """An earlier incident that shares a class, and how many of its items are still open."""

    class_id: int
    postmortem_id: int
    number: int
    title: str
    started_at: datetime
    open_items: int


def merged(chosen: Collection[int], known: Collection[CausalClass]) -> list[int]:
    """The classes that these are now: of one that was merged, the one it went into; each once."""
    into = {each.id: each.merged_into or each.id for each in known}
    return [*dict.fromkeys(into.get(each, each) for each in chosen)]


def check_classes(
    chosen: Collection[int],
    known: Sequence[CausalClass],
    has: Collection[int] = (),
    field: str = "classes",
) -> None:
    """Refuse more classes than three, those that there are not, and retired ones.

    A retired one may stay where the incident `has` it.
    """
    if len(chosen) > CLASSES_MAX:
        raise RuleBroken(
            field, f"Choose at most {CLASSES_MAX}: the ones that would find this incident again."
        )
    if set(chosen) - {each.id for each in known}:
        raise RuleBroken(field, "One of these classes is gone. Choose from the list as it is now.")
    for each in known:
        if each.is_retired and each.id in chosen and each.id not in has:
            raise RuleBroken(
                field, f"“{each.name}” was retired while you had this open. Choose another class."
            )


def check_some(chosen: Collection[int], field: str = "classes") -> None:
    """Refuse to choose none where a class is all that is asked for."""
    if not chosen:
        raise RuleBroken(field, "Choose the class that would find this incident again.")
