"""The shortcut's form, and what is said of entries that came without the timeline's form."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from blocks.capture import (
    OFFERED,
    Target,
    message_modal,
    not_added,
    not_noted,
    noted,
    read_message,
    source_mark,
)
from blocks.limits import check_view
from domain.errors import RuleBroken
from domain.sources import Heading, instant_of
from domain.timeline import ENTRY_MAX, Milestone, Source, SourceState, TimelineEntry

TS = "1795512600.000100"
ENTRY = TimelineEntry(
    at=instant_of(TS),
    text="Failing over",
    source=Source.SHORTCUT,
    permalink="https://a.slack.com/archives/C1/p1",
    message_channel="C1",
    message_ts=TS,
)
HEADING = Heading(id=7, number=3, title="<!channel> " + "x" * 200)
TARGETS = [
    Target(channel="C1", is_private=False, own=HEADING),
    Target(channel="C1", is_private=True),
    Target(channel="C1", is_private=False, others=[HEADING] * OFFERED),
    Target(channel="C1", is_private=False),
]


@pytest.mark.parametrize("target", TARGETS)
def test_slack_takes_the_form_however_much_is_in_it(target: Target) -> None:
    longest = replace(ENTRY, text="ż" * ENTRY_MAX)
    view = check_view(message_modal(longest, target))
    assert "<!channel>" not in str(view["blocks"][0])


def sent(target: Target = TARGETS[2], **typed: Any) -> dict[str, Any]:
    """Give the form as it comes back, filled in."""
    view = message_modal(ENTRY, target)
    seconds = int(ENTRY.at.timestamp())
    state: dict[str, Any] = {
        "text": {"type": "plain_text_input", "value": " Failing over "},
        "at": {"type": "datetimepicker", "selected_date_time": seconds},
    }
    state |= {
        name: {"type": "static_select", "selected_option": {"value": value}}
        for name, value in typed.items()
    }
    return view | {"state": {"values": {name: {"value": one} for name, one in state.items()}}}


def test_a_form_sent_as_it_was_says_what_the_message_said() -> None:
    read = read_message(sent(milestone="none", postmortem="here"))
    assert read.entry == replace(ENTRY, permalink="")
    assert (read.postmortem_id, read.is_private) == (None, False)
    assert read_message(sent(TARGETS[1])).is_private


def test_what_was_chosen_is_read() -> None:
    read = read_message(sent(milestone="recovered", postmortem="7"))
    assert (read.entry.milestone, read.postmortem_id) == (Milestone.RECOVERED, 7)


def test_a_form_without_a_time_is_refused() -> None:
    view = sent()
    view["state"]["values"]["at"]["value"]["selected_date_time"] = None
    with pytest.raises(RuleBroken, match="Say when it happened") as broken:
        read_message(view)
    assert broken.value.field == "at"


@pytest.mark.parametrize(
    ("change", "mark"),
    [
        ({}, " · <https://a.slack.com/archives/C1/p1|message>"),
        ({"permalink": ""}, " · message"),
        ({"source": Source.ALERT, "permalink": "javascript:x"}, " · alert"),
        ({"source": Source.DEPLOY, "permalink": ""}, " · deploy"),
        ({"source": Source.PIN, "permalink": ""}, " · pinned message"),
        ({"permalink": "", "source_state": SourceState.EDITED}, " · message, edited since"),
        ({"permalink": "", "source_state": SourceState.DELETED}, " · message, deleted since"),
        ({"message_ts": "", "source": Source.LOGGED}, ""),
    ],
)
def test_an_entry_shows_where_it_is_from(change: dict[str, Any], mark: str) -> None:
    assert source_mark(replace(ENTRY, **change)) == mark


def test_what_was_noted_is_told_with_when_it_was() -> None:
    entry = TimelineEntry(at=datetime(2026, 11, 24, 9, 30, tzinfo=UTC), text="failover")

    assert noted([entry], "PM-1").startswith("Noted, <!date^")
    assert noted([entry] * 3, "PM-1").startswith("Noted 3 entries, the first <!date^")


def test_what_is_told_is_escaped_and_short() -> None:
    entry = TimelineEntry(at=datetime(2026, 11, 24, 9, 30, tzinfo=UTC), text="<!here> " * 200)
    for said in (noted([entry]), noted([entry, entry], "PM-1"), not_noted("no <b>", entry.text)):
        assert "<!here>" not in said
        assert len(said) < 3000
    assert not_added("Too many <b>.", "").endswith(
        "this message to the timeline. Too many &lt;b&gt;."
    )
