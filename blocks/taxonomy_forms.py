"""The forms that change the taxonomy: a class is added, called otherwise, or merged."""

import json
from dataclasses import dataclass

from blocks.forms import remembered, values
from blocks.inputs import field_input, option, select_element, text_element
from blocks.parts import Block, View, modal, section
from blocks.taxonomy import Taxonomy, class_name
from blocks.text import bold, one_line
from domain.causal_classes import NAME_MAX, CausalClass
from domain.taxonomy import INTO, LIVE_MAX, NAME

ADDING, RENAMING, MERGING = "class_adding", "class_renaming", "class_merging"


def add_form() -> View:
    """The form that adds a class."""
    hint = (
        "The kind of failure, wherever it happens: expired credential, not certificates of "
        f"checkout. At most {LIVE_MAX} classes are offered at a time."
    )
    return modal(
        "Add a class",
        [_name_input("", hint)],
        callback_id=ADDING,
        submit="Add",
    )


def rename_form(which: CausalClass) -> View:
    """The form that calls a class by another name."""
    hint = "Incidents that have it show the new name, old ones too."
    return modal(
        "Rename a class",
        [_name_input(which.name, hint)],
        callback_id=RENAMING,
        submit="Rename",
        metadata=json.dumps({"class": which.id, "seen": which.name}),
    )


def _name_input(name: str, hint: str) -> Block:
    element = text_element(name, most=NAME_MAX, placeholder="expired credential")
    return field_input(NAME, "Name", element, hint=hint)


def merge_form(which: CausalClass, taxonomy: Taxonomy) -> View:
    """The form that lets the incidents of a class have another one."""
    others = [each for each in taxonomy.live if each.id != which.id]
    options = [option(str(each.id), one_line(each.name), taxonomy.number(each)) for each in others]
    said = (
        f"{bold(class_name(which.name))} has {taxonomy.number(which)}. Whatever has it gets the "
        "class that you choose, old incidents too, and the numbers are counted so from then on. "
        "This cannot be undone."
    )
    element = select_element(options, None, "Choose a class")
    return modal(
        "Merge a class",
        [section(said), field_input(INTO, "Merge it into", element)],
        callback_id=MERGING,
        submit="Merge",
        metadata=json.dumps({"class": which.id}),
    )


@dataclass(frozen=True, kw_only=True)
class RenameRequest:
    """What somebody would call a class, and what it was called when they opened the form."""

    class_id: int
    seen: str
    name: str


def read_added(view: View) -> str:
    """The name that was typed."""
    return str(values(view).get(NAME) or "")


def read_rename(view: View) -> RenameRequest:
    """What was typed, and for which class."""
    kept = remembered(view)
    return RenameRequest(class_id=kept["class"], seen=kept["seen"], name=read_added(view))


def read_merge(view: View) -> tuple[int, int | None]:
    """Which class is merged, and into which."""
    into = values(view).get(INTO)
    return remembered(view)["class"], int(into) if into and into.isdecimal() else None
