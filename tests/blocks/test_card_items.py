"""The items of a card: how far somebody has come with each, and who is asked to take it on."""

from dataclasses import replace
from datetime import timedelta

from blocks.card_sections import item_section
from domain.action_items import ItemState, Progress
from tests.blocks.samples import ITEM, POSTMORTEM, whole
from tests.blocks.test_cards import words


def test_an_item_says_how_far_somebody_has_come_and_who_is_asked() -> None:
    blocked = replace(ITEM, progress=Progress.BLOCKED, note="the <vendor>", proposed_owner="U3CY")

    assert ":octagonal_sign: blocked: the &lt;vendor&gt;" in words(
        replace(whole(), items=[blocked])
    )
    assert "<@U2BEN> · asked: <@U3CY> · P1" in words(replace(whole(), items=[blocked]))
    begun = replace(ITEM, progress=Progress.IN_PROGRESS)
    assert ":construction: in progress\n" in words(replace(whole(), items=[begun]))


def test_an_item_says_how_long_it_is_overdue_where_the_day_is_known() -> None:
    late = ITEM.due_on + timedelta(days=160)
    said = item_section(POSTMORTEM, ITEM, [], today=late)["text"]["text"]

    assert "due 5 Dec 2026, 160 days overdue · guardrail" in said
    assert "overdue" not in item_section(POSTMORTEM, ITEM, [])["text"]["text"]


def test_an_item_that_went_on_as_a_project_leads_there() -> None:
    linked = replace(ITEM, link="https://a.example/7")
    promoted = replace(linked, state=ItemState.PROMOTED)

    assert "_Project:_ <https://a.example/7|link>" in words(replace(whole(), items=[promoted]))
    assert "_Project:_" not in words(replace(whole(), items=[linked]))
