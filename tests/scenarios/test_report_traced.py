"""Every number of the report leads to exactly the incidents or items it was counted from."""

import pytest

from blocks.behind import BACK_BEHIND, NEXT_BEHIND, TO_REPORT
from blocks.find import OPEN_FOUND
from blocks.item_buttons import OPEN_ITEM
from blocks.report_window import POST, TELL_APART, TURN_TAB
from domain.windows import Dimension
from storage.reports import REPORT
from tests.scenarios.numbers import (
    HERE,
    gone,
    happened,
    kinds,
    offered,
    pressed,
    recorded,
    reported,
    rows,
    traced,
)
from tests.scenarios.reviewing import DM
from tests.scenarios.stage import Stage

HEADLINE = "3 of 5 tagged incidents repeated a known class: 60 %; before: 0 of 1."
ITEMS, TIMES = f"{TURN_TAB}.items", f"{TURN_TAB}.times"


async def test_behind_the_repeats_are_exactly_those_and_the_private_one_is_counted(
    slack: Stage,
) -> None:
    await recorded(slack)
    await reported(slack)
    said = (await traced(slack, "3 repeats")).text()
    assert "3 incidents that repeated a known class" in said
    assert "PM-2 · About payments-webhooks" in said
    assert "Seen before in PM-1." in said
    assert "PM-6 · About six" in said
    assert "And 1 of private channels, which is not named." in said
    assert not any(f"PM-{other} ·" in said for other in (1, 3, 4, 5, 7))


@pytest.mark.parametrize(
    ("words", "named"),
    [
        ("5 tagged", {2, 3, 5, 6}),
        ("1 untagged", {7}),
        ("1 came again", {1}),
        ("1 older than six months", {1}),
        ("The 6 months before: 1 tagged", {1}),
        ("2026 Q2: 1 repeat", {2}),
        ("capacity, 2026 Q1: 1", {1}),
        ("expired credential, 2026 Q4 so far: 2", {3, 6}),
    ],
)
async def test_each_number_leads_to_its_incidents(
    slack: Stage, words: str, named: set[int]
) -> None:
    await recorded(slack)
    await reported(slack)
    said = (await traced(slack, words)).text()
    assert {number for number in range(1, 8) if f"PM-{number} · " in said} == named


@pytest.mark.parametrize("into", ["missing alert", ""])
async def test_behind_a_number_of_a_class_that_is_gone_its_incidents_stand(
    slack: Stage, into: str
) -> None:
    await recorded(slack)
    await reported(slack)
    await gone(slack, "capacity", into)
    said = (await traced(slack, "capacity, 2026 Q1: 1")).text()
    assert f"of {into or 'capacity'}." in said
    assert "PM-1 · " in said


async def test_the_way_leads_back_to_the_report_as_it_was(slack: Stage) -> None:
    await recorded(slack)
    await reported(slack, "12m")
    await traced(slack, "1 untagged")
    again = await pressed(slack, action_id=TO_REPORT)
    assert "Last 12 months" in again.text()
    assert "4 of 6" not in again.text()
    assert "3 of 6 tagged incidents repeated a known class: 50 %." in again.text()


async def test_a_postmortem_opens_from_the_list_and_its_forms_on_top(slack: Stage) -> None:
    await happened(slack, 2)
    await reported(slack, by="ana")
    await traced(slack, "1 tagged", by="ana")
    assert "PM-2" in (await pressed(slack, "ana", action_id=OPEN_FOUND)).title
    form = await pressed(slack, "ana", action_id="open_facts")
    assert "About payments-webhooks" in str(form.opened.content)


async def test_behind_a_time_is_how_long_each_took(slack: Stage) -> None:
    await recorded(slack)
    await reported(slack)
    await pressed(slack, action_id=TIMES)
    said = (await traced(slack, "2 times to recover")).text()
    assert "All was well after 1 h 12 min." in said
    assert "PM-5 · " in said
    assert "1 of private channels" in said


async def test_the_items_are_counted_and_each_opens(slack: Stage) -> None:
    await happened(slack, 1)
    await slack.promised(channel=HERE)
    await reported(slack, by="bob")
    window = await pressed(slack, action_id=ITEMS)
    assert "1 action item is open." in window.text()
    assert "data_table" in kinds(window)
    assert "PM-1/1 · Drain connections first" in (await traced(slack, "All 1 open")).text()
    assert "PM-1/1" in (await pressed(slack, action_id=OPEN_ITEM)).text()


@pytest.mark.parametrize(
    ("by", "part", "named"),
    [
        (Dimension.SERVICE, "search: 1 repeat", {6}),
        (Dimension.CLASS, "expired credential: 2 tagged", {3, 6}),
        (Dimension.TIER, "tier 2: 3 repeats", {2, 6}),
    ],
)
async def test_numbers_are_told_apart_and_each_part_can_be_looked_behind(
    slack: Stage, by: Dimension, part: str, named: set[int]
) -> None:
    await recorded(slack)
    await reported(slack)
    await pressed(slack, action_id=TELL_APART, value=by.value)
    said = (await traced(slack, part)).text()
    assert {number for number in range(1, 8) if f"PM-{number} · " in said} == named


async def test_behind_a_number_of_a_message_the_list_opens_by_itself(slack: Stage) -> None:
    await recorded(slack)
    await reported(slack)
    await pressed(slack, action_id=POST)
    await slack.person("bob").close(slack.sandbox.workspace.views.of(slack.id_of("bob"))[-1].id)
    (posted,) = slack.posted(REPORT, HERE)
    button = next(
        element
        for block in posted.blocks
        for element in block.get("elements", ())
        if str(element.get("action_id", "")).startswith("behind.repeats")
    )
    await slack.person("bob").click(HERE, action_id=button["action_id"], value=button["value"])
    window = await slack.person("bob").modal()
    assert "3 incidents that repeated a known class" in window.text()
    assert "Counted anew just now; the message keeps the numbers" in window.text()
    assert "Back to the report" not in window.text()


async def test_a_long_list_has_pages(slack: Stage) -> None:
    await recorded(slack, more=21)
    await reported(slack)
    first = await traced(slack, "22 untagged")
    assert "Page 1 of 2." in first.text()
    second = await pressed(slack, action_id=NEXT_BEHIND)
    assert "PM-7 · " in second.text()
    assert "Page 2 of 2." in second.text()
    assert "Page 1 of 2." in (await pressed(slack, action_id=BACK_BEHIND)).text()


async def test_of_a_number_that_cannot_be_read_any_more_it_says_so(slack: Stage) -> None:
    await recorded(slack)
    window = await reported(slack)
    which = offered(slack, "3 repeats")
    for block in window.opened.blocks:
        for element in block.get("elements", ()):
            if element.get("action_id") == which["action_id"]:
                element["value"] = "of an older version"
    await slack.person("bob").press(**which)
    await slack.settled()
    assert "older version of this app" in await slack.told("bob", "behind this number", DM)


async def test_tiers_stand_in_their_order(slack: Stage) -> None:
    await recorded(slack)
    await slack.run_sql("UPDATE postmortem SET tier = 1 WHERE service = 'payments'")
    await reported(slack)
    window = await pressed(slack, action_id=TELL_APART, value=Dimension.TIER.value)
    assert [line[0] for line in rows(window)] == ["Tier", "tier 1", "tier 2"]


async def test_a_service_that_only_private_incidents_name_is_counted_but_not_named(
    slack: Stage,
) -> None:
    await recorded(slack)
    await slack.run_sql("UPDATE postmortem SET service = 'merger' WHERE is_private")
    await reported(slack)
    window = await pressed(slack, action_id=TELL_APART, value=Dimension.SERVICE.value)
    (row,) = [line for line in rows(window) if line[0] == "(of private channels)"]
    assert row[1:3] == ["1", "1 of 1"]
    assert "merger" not in str(window.opened.content)
