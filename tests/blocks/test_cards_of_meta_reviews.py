"""The window of a postmortem that keeps a meta-review's items, found in a list."""

from dataclasses import replace

from blocks.cards import hub_modal
from blocks.limits import check_view
from tests.blocks.samples import EMPTY, marked_up, whole


def words(*, is_meta: bool) -> str:
    shown = whole()
    view = replace(
        shown, postmortem=replace(shown.postmortem, channel=None), filled=EMPTY, is_meta=is_meta
    )
    return "\n".join(marked_up(check_view(hub_modal(view))["blocks"]))


def test_it_says_what_it_is_and_asks_for_nothing() -> None:
    said = words(is_meta=True)
    assert "*Meta-review.* Its action items are kept here." in said
    assert "imported" not in said
    assert "missing" not in said


def test_an_imported_one_is_asked_for_what_its_tier_wants() -> None:
    said = words(is_meta=False)
    assert "PM-7 · imported" in said
    assert "Still missing for tier 2" in said
    assert "eta-review" not in said
