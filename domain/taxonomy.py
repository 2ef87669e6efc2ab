"""The taxonomy of causal classes: small, and kept so that what was tagged keeps its meaning."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from domain.causal_classes import NAME_MAX, CausalClass
from domain.errors import RuleBroken

#: More classes nobody reads through, and incidents alike get different ones.
LIVE_MAX = 30
NAME = "name"
INTO = "into"


class Change(StrEnum):
    """What is done to a class."""

    ADDED = "added"
    RENAMED = "renamed"
    MERGED = "merged"
    RETIRED = "retired"
    RESTORED = "restored"


@dataclass(frozen=True, kw_only=True)
class ClassChange:
    """A line of the taxonomy's history; `old` and `new` are names.

    Of a merge `new` is the other class's, and `incidents` how many it took.
    """

    class_id: int
    actor: str
    at: datetime
    event: Change
    old: str = ""
    new: str = ""
    incidents: int = 0


def same_name(name: str, other: str) -> bool:
    """Whether two names are one, however they are cased."""
    return name.casefold() == other.casefold()


def named(name: str, taxonomy: Iterable[CausalClass]) -> CausalClass | None:
    """The class of this name, however cased; None where there is none."""
    return next((each for each in taxonomy if same_name(each.name, name)), None)


def read_name(text: str) -> str:
    """Read the name of a class; RuleBroken where it says nothing, or too much."""
    name = " ".join(text.split())
    if not name:
        raise RuleBroken(NAME, "Name the kind of failure, like expired credential.")
    if len(name) > NAME_MAX:
        raise RuleBroken(
            NAME,
            f"A name has at most {NAME_MAX} characters, and this has {len(name)}. Say the kind of "
            "failure in a few words: what made one incident special belongs in its root cause.",
        )
    return name


def check_new(name: str, taxonomy: Sequence[CausalClass]) -> None:
    """Refuse to add a class that there is, or one too many; a retired one may come back."""
    there = named(name, taxonomy)
    if there is not None and not there.is_retired:
        raise RuleBroken(
            NAME, f"There is a class “{there.name}” already. Tag incidents with that one."
        )
    check_room(taxonomy, NAME)


def check_room(taxonomy: Sequence[CausalClass], field: str = "") -> None:
    """Refuse one more class than a team can keep apart."""
    if len(_live(taxonomy)) >= LIVE_MAX:
        raise RuleBroken(
            field,
            f"There are {LIVE_MAX} classes, and more nobody keeps apart: incidents alike would get "
            "different ones. Merge two of them, or retire one, first.",
        )


def check_rename(which: CausalClass, name: str, taxonomy: Sequence[CausalClass]) -> None:
    """Refuse a name that another class has, and a new name for one that is retired."""
    check_live(which, NAME)
    others = [each for each in taxonomy if each.id != which.id]
    there = named(name, others)
    if there is None:
        return
    if there.merged_into is not None:
        raise RuleBroken(
            NAME,
            f"A class that was called “{there.name}” went into another one, and still means that. "
            "Choose another name.",
        )
    if there.is_retired:
        raise RuleBroken(
            NAME,
            f"A retired class is called “{there.name}”, and old incidents have it. Restore that "
            "one and merge this one into it, or choose another name.",
        )
    raise RuleBroken(
        NAME,
        f"Another class is called “{there.name}” already. Choose another name, or merge this one "
        "into it.",
    )


def check_merge(which: CausalClass, into: CausalClass) -> None:
    """Refuse to merge a class into itself or a retired one, and one that is retired itself."""
    check_live(which, INTO)
    if which.id == into.id:
        raise RuleBroken(INTO, "A class cannot be merged into itself. Choose another one.")
    if into.merged_into is not None:
        raise RuleBroken(
            INTO, f"“{into.name}” was merged into another class meanwhile. Choose that one."
        )
    if into.is_retired:
        raise RuleBroken(
            INTO,
            f"“{into.name}” is retired meanwhile: nobody would find these incidents under it. "
            "Choose another class, or restore that one first.",
        )


def check_live(which: CausalClass, field: str = "") -> None:
    """Refuse to change a class that is retired."""
    if which.merged_into is not None:
        raise RuleBroken(
            field,
            f"“{which.name}” was merged into another class meanwhile. Close this form to see the "
            "classes as they are now.",
        )
    if which.is_retired:
        raise RuleBroken(
            field,
            f"“{which.name}” is retired meanwhile. Close this form to see the classes as they are "
            "now; there it can be restored.",
        )


def check_another(which: CausalClass, taxonomy: Sequence[CausalClass]) -> None:
    """Refuse to merge the only class that is left."""
    if [each.id for each in _live(taxonomy)] == [which.id]:
        raise RuleBroken("", f"“{which.name}” is the only class: there is none to merge it into.")


def check_retire(which: CausalClass, taxonomy: Sequence[CausalClass]) -> None:
    """Refuse to retire the only class that is left."""
    if [each.id for each in _live(taxonomy)] == [which.id]:
        raise RuleBroken(
            "",
            f"“{which.name}” is the only class left, and without one no incident can be tagged. "
            "Add another one first.",
        )


def found(class_id: int, taxonomy: Iterable[CausalClass], field: str = "") -> CausalClass:
    """The class with this id; RuleBroken where the workspace has none."""
    for each in taxonomy:
        if each.id == class_id:
            return each
    raise RuleBroken(
        field, "This class is not in this workspace. Open /postmortem settings classes again."
    )


def _live(taxonomy: Iterable[CausalClass]) -> list[CausalClass]:
    return [each for each in taxonomy if not each.is_retired]


def all_names(
    taxonomy: Iterable[CausalClass], former: Iterable[tuple[int, str]]
) -> Mapping[int, list[str]]:
    """By which names each class was ever known: its own, and those that were merged into it.

    `former` are a class and a name that it had, the oldest first. A name that a class has now is
    of that one alone.
    """
    classes = list(taxonomy)
    home = {each.id: each.merged_into or each.id for each in classes}
    taken = {each.name.casefold() for each in classes if each.merged_into is None}
    names = {each.id: [each.name] for each in classes if each.merged_into is None}
    merged = [(each.id, each.name) for each in classes if each.merged_into is not None]
    for class_id, name in [*former, *merged]:
        known = names.get(home.get(class_id, class_id), [])
        if name.casefold() not in taken:
            taken.add(name.casefold())
            known.append(name)
    return names
