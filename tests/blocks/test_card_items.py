"""The items of a card: how far somebody has come with each, and who is asked to take it on."""

from dataclasses import replace

from domain.action_items import Progress
from tests.blocks.samples import ITEM, whole
from tests.blocks.test_cards import words


def test_an_item_says_how_far_somebody_has_come_and_who_is_asked() -> None:
    blocked = replace(ITEM, progress=Progress.BLOCKED, note="the <vendor>", proposed_owner="U3CY")

    assert ":octagonal_sign: blocked: the &lt;vendor&gt;" in words(
        replace(whole(), items=[blocked])
    )
    assert "<@U2BEN> · asked: <@U3CY> · P1" in words(replace(whole(), items=[blocked]))
    begun = replace(ITEM, progress=Progress.IN_PROGRESS)
    assert ":construction: in progress\n" in words(replace(whole(), items=[begun]))
