"""The window of the classes and its forms, at their fullest and with hostile names."""

from dataclasses import replace
from datetime import UTC, datetime

from blocks import taxonomy as blocks
from blocks import taxonomy_forms as forms
from blocks.limits import check_view
from blocks.parts import View
from blocks.taxonomy import Taxonomy
from domain.causal_classes import NAME_MAX, CausalClass
from domain.taxonomy import LIVE_MAX, Change, ClassChange
from sandbox.checks.views import check_view as check_as_slack
from tests.blocks.samples import marked_up, submitted

NOW = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
WIDE = "<!channel>&" + "<" * (NAME_MAX - 11)
CAPACITY = CausalClass(id=1, name="capacity")
ALERT = CausalClass(id=2, name="missing alert")
CHANGE = ClassChange(class_id=1, actor="U1", at=NOW, event=Change.ADDED, new="capacity")


def full(name: str = WIDE) -> Taxonomy:
    """As much as there can be, and more that is retired than can be shown."""
    live = [CausalClass(id=n, name=name) for n in range(1, LIVE_MAX + 1)]
    old = [CausalClass(id=n, name=name, is_retired=True, merged_into=1) for n in range(31, 91)]
    change = replace(CHANGE, event=Change.MERGED, old=name, new=name, incidents=100_000)
    counts = dict.fromkeys(range(1, 91), 100_000)
    return Taxonomy(classes=[*live, *old], counts=counts, changes=[change] * blocks.CHANGES_SHOWN)


def said(view: View) -> str:
    """All that a window says, after Slack has checked it."""
    check_as_slack(check_view(view))
    return "\n".join(marked_up(view["blocks"]))


def test_the_fullest_window_is_one_that_slack_takes() -> None:
    words = said(blocks.taxonomy_window(full()))
    assert "<!channel>" not in words
    assert "… and 35 more. Add a class of the same name" in words


def test_a_class_without_incidents_says_so() -> None:
    seen = Taxonomy(classes=[CAPACITY, ALERT], counts={2: 1})
    words = said(blocks.taxonomy_window(seen))
    assert "*capacity* · no incident yet" in words
    assert "*missing alert* · 1 incident" in words
    assert "Retired" not in words
    assert "Last changes" not in words


def test_a_retired_class_can_be_restored_and_a_merged_one_not() -> None:
    old = replace(ALERT, is_retired=True)
    for merged_into, offered in ((None, True), (1, False)):
        classes = [CAPACITY, replace(old, merged_into=merged_into)]
        window = blocks.taxonomy_window(Taxonomy(classes=classes))
        assert (blocks.RESTORE_CLASS in str(window["blocks"])) is offered


def test_each_change_is_told_in_words() -> None:
    changes = [replace(CHANGE, event=each, old="a", new="b", incidents=2) for each in Change]
    words = said(blocks.taxonomy_window(Taxonomy(classes=[CAPACITY], changes=changes)))
    told = ("added “b”", "renamed “a” to “b”", "merged “a” into “b”, with 2 incidents")
    for each in (*told, "retired “a”", "restored “b”"):
        assert f"<@U1> {each} · " in words


def test_what_was_chosen_in_a_menu_is_read_back() -> None:
    window = blocks.taxonomy_window(Taxonomy(classes=[CAPACITY]))
    (menu,) = [each["accessory"] for each in window["blocks"] if "accessory" in each]
    read = [blocks.deed_in(each["value"]) for each in menu["options"]]
    assert read == [(blocks.RENAME, 1), (blocks.MERGE, 1), (blocks.RETIRE, 1)]
    assert blocks.deed_in("rename:x") == ("rename", 0)


def test_the_forms_are_read_back() -> None:
    added = submitted(forms.add_form(), {"name": "DNS"})
    assert forms.read_added(added) == "DNS"
    renamed = forms.read_rename(submitted(forms.rename_form(CAPACITY)))
    assert renamed == forms.RenameRequest(class_id=1, seen="capacity", name="capacity")
    seen = Taxonomy(classes=[CAPACITY, ALERT])
    assert forms.read_merge(submitted(forms.merge_form(CAPACITY, seen))) == (1, None)


def test_the_fullest_forms_are_ones_that_slack_takes() -> None:
    for view in (forms.add_form(), forms.rename_form(full().classes[0])):
        said(view)
    assert "has 100000 incidents" in said(forms.merge_form(full().classes[0], full()))
