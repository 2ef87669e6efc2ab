"""Agreeing in the window where the whole timeline is read."""

from dataclasses import replace
from zoneinfo import ZoneInfo

from blocks.agreements import AGREE, seen
from blocks.limits import check_view
from blocks.parts import View
from blocks.whole_timeline import agreed_window, timeline_window
from tests.blocks.samples import ENTRY, POSTMORTEM, STARTED, marked_up

UTC = ZoneInfo("UTC")
NOW = seen(POSTMORTEM, [ENTRY], {})


def as_slack_has_it(view: View) -> View:
    """The view as an action in it brings it: every block has an id."""
    blocks = [{"block_id": f"b{n}"} | one for n, one in enumerate(view["blocks"])]
    return view | {"blocks": blocks}


def test_whoever_is_waited_for_agrees_below_what_they_read() -> None:
    view = check_view(timeline_window(POSTMORTEM, [ENTRY], UTC, waits=NOW))
    [agree] = view["blocks"][-1]["elements"]
    assert (agree["action_id"], agree["value"]) == (AGREE, NOW.value)
    said = "`/postmortem log 14:03 what happened` in <#C1INC> adds what is missing."
    assert said in "\n".join(marked_up(view))


def test_nobody_else_has_a_button_there() -> None:
    assert AGREE not in str(timeline_window(POSTMORTEM, [ENTRY], UTC))


def test_without_a_channel_there_is_no_way_to_log() -> None:
    imported = replace(POSTMORTEM, channel=None)
    assert "/postmortem log" not in str(timeline_window(imported, [ENTRY], UTC, waits=NOW))


def test_the_window_says_that_they_agreed_and_shows_the_rest_as_it_was() -> None:
    before = as_slack_has_it(timeline_window(POSTMORTEM, [ENTRY] * 50, UTC, 1, waits=NOW))
    after = agreed_window(before, STARTED)
    assert after is not None
    assert check_view(after)["blocks"][:-1] == before["blocks"][:-1]
    assert "You agreed to this timeline <!date^" in str(after["blocks"][-1])
    assert AGREE not in str(after)


def test_another_window_is_left_alone() -> None:
    other = as_slack_has_it(timeline_window(POSTMORTEM, [ENTRY], UTC))
    assert agreed_window(other, STARTED) is None
