"""The window of `/postmortem settings classes`: the taxonomy, what is done to it, what was done."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from blocks.inputs import option
from blocks.parts import Block, View, actions, button, context, divider, header, modal, section
from blocks.text import bold, mention, moment, one_line, shown
from domain.causal_classes import NAME_MAX, CausalClass
from domain.taxonomy import Change, ClassChange

#: Opens the window, from the settings form.
SETTINGS_CLASSES = "settings_classes"
ADD_CLASS, CLASS_DEED, RESTORE_CLASS = "add_class", "class_deed", "restore_class"
#: What the menu beside a class offers; its value is one of these, a colon and the class.
RENAME, MERGE, RETIRE = "rename", "merge", "retire"
_MENU: Mapping[str, str] = {RENAME: "Rename", MERGE: "Merge into another", RETIRE: "Retire"}

#: So many changes are told, the newest first, and so many retired classes can be restored here.
CHANGES_SHOWN, _RETIRED_SHOWN = 10, 25
_SHOWN_MAX = NAME_MAX * 5
_INTRO = (
    "An incident has one to three of these, and repeats are counted by them. Few and clear ones "
    "work best: incidents that one change would have prevented belong together."
)


@dataclass(frozen=True, kw_only=True)
class Taxonomy:
    """All classes of a workspace, how many incidents each has, and what was last done to them."""

    classes: Sequence[CausalClass]
    counts: Mapping[int, int] = field(default_factory=dict)
    changes: Sequence[ClassChange] = ()

    @property
    def live(self) -> list[CausalClass]:
        """Those that are offered."""
        return [each for each in self.classes if not each.is_retired]

    @property
    def retired(self) -> list[CausalClass]:
        """Those that are not, the one made last first."""
        return [each for each in reversed(self.classes) if each.is_retired]

    def number(self, which: CausalClass) -> str:
        """How many incidents a class has, in words."""
        number = self.counts.get(which.id, 0)
        return "no incident yet" if not number else incidents(number)


def incidents(number: int) -> str:
    """So many incidents, in words."""
    return f"{number} incident{'' if number == 1 else 's'}"


def taxonomy_window(taxonomy: Taxonomy) -> View:
    """The window: a line for each class, those that are retired, and the last changes."""
    blocks = [
        context(_INTRO),
        actions([button("Add a class", ADD_CLASS, "add")]),
        *(_live(taxonomy, each) for each in taxonomy.live),
        *_retired(taxonomy),
        *_changes(taxonomy.changes),
    ]
    return modal("Causal classes", blocks, close="Close")


def class_name(name: str) -> str:
    """The name of a class as mark-up."""
    return shown(one_line(name), _SHOWN_MAX)


def _live(taxonomy: Taxonomy, which: CausalClass) -> Block:
    menu = {
        "type": "overflow",
        "action_id": CLASS_DEED,
        "options": [option(f"{deed}:{which.id}", label) for deed, label in _MENU.items()],
    }
    line = section(f"{bold(class_name(which.name))} · {taxonomy.number(which)}", menu)
    return line | {"block_id": f"class.{which.id}"}


def _retired(taxonomy: Taxonomy) -> list[Block]:
    retired = taxonomy.retired
    if not retired:
        return []
    names = {each.id: each.name for each in taxonomy.classes}
    more = len(retired) - _RETIRED_SHOWN
    rest = f"… and {more} more. Add a class of the same name to have one of them back."
    return [
        header("Retired"),
        context("Not offered any more; incidents that have them keep them, and they count."),
        *(_gone(taxonomy, each, names) for each in retired[:_RETIRED_SHOWN]),
        *([context(rest)] if more > 0 else []),
    ]


def _gone(taxonomy: Taxonomy, which: CausalClass, names: Mapping[int, str]) -> Block:
    where = {"block_id": f"class.{which.id}"}
    name = class_name(which.name)
    if which.merged_into is not None:
        into = class_name(names.get(which.merged_into, "another"))
        return section(f"{name} · merged into {into}") | where
    spoken = f"Restore {one_line(which.name)}"
    restore = button("Restore", RESTORE_CLASS, str(which.id), spoken=spoken)
    return section(f"{name} · {taxonomy.number(which)}", restore) | where


def _changes(changes: Sequence[ClassChange]) -> list[Block]:
    if not changes:
        return []
    return [divider(), header("Last changes"), *(context(_change(each)) for each in changes)]


def _change(change: ClassChange) -> str:
    old, new = f"“{class_name(change.old)}”", f"“{class_name(change.new)}”"
    said = {
        Change.ADDED: f"added {new}",
        Change.RENAMED: f"renamed {old} to {new}",
        Change.MERGED: f"merged {old} into {new}, with {incidents(change.incidents)}",
        Change.RETIRED: f"retired {old}",
        Change.RESTORED: f"restored {new}",
    }[change.event]
    return f"{mention(change.actor)} {said} · {moment(change.at)}"


def deed_in(value: str) -> tuple[str, int]:
    """What was chosen in a class's menu, and of which class; no class has the number 0."""
    deed, _, which = value.partition(":")
    return deed, int(which) if which.isdecimal() else 0
