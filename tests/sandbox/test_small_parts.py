"""The clock, written text, filled values, tickets of time: parts small enough to try alone."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest

from sandbox import Clock, Sandbox
from sandbox.checks import check_view
from sandbox.hands.filling import chosen
from sandbox.hands.writing import as_command_text
from sandbox.inputs import starting_value
from sandbox.line.traffic import name_of
from tests.sandbox.payloads import form, plain

Json = dict[str, Any]
AT = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
OPTIONS = [{"text": plain(name), "value": name.lower()} for name in ("One", "Two")]


def test_a_set_clock_stands_until_it_is_turned() -> None:
    clock, turned = Clock(AT), []
    clock.on_turn(lambda: turned.append(clock()))
    assert clock.now() == AT
    clock.turn(timedelta(days=1))
    assert turned == [AT + timedelta(days=1)]


def test_a_clock_follows_the_wall_and_never_turns_back() -> None:
    clock = Clock()
    before = clock.now()
    clock.turn(timedelta(hours=1))
    assert timedelta(hours=1) <= clock.now() - before < timedelta(hours=1, minutes=1)
    with pytest.raises(ValueError, match="only turns forward"):
        clock.turn(timedelta(seconds=-1))
    with pytest.raises(ValueError, match="aware time"):
        Clock(AT.replace(tzinfo=None))


def test_a_ts_is_unique_and_increases(slack: Sandbox, clock: Clock) -> None:
    first = [slack.workspace.next_ts() for _ in range(3)]
    clock.turn(timedelta(seconds=1))
    later = slack.workspace.next_ts()
    assert sorted({*first, later}) == [*first, later]
    assert later == f"{int(clock.now().timestamp())}.000100"


async def test_typed_text_is_stored_escaped(slack: Sandbox) -> None:
    slack.deliver_to("http://127.0.0.1:9/")
    slack.faults.retry_waits = ()
    ana = slack.person("ana")
    await ana.say("#general", "<!channel> @bob & @here in #general, a@b.example")
    bob, general = slack.person("bob").id, slack.workspace.channel("general").id
    wanted = (
        f"&lt;!channel&gt; <@{bob}> &amp; <!here> in <#{general}>, <mailto:a@b.example|a@b.example>"
    )
    assert ana.messages("#general")[-1].text == wanted


def test_a_commands_mentions_are_escaped_when_asked(slack: Sandbox) -> None:
    bob = slack.person("bob").id
    escaped = as_command_text(slack.workspace, "start @bob <x>", escape=True)
    assert escaped == f"start <@{bob}|bob> &lt;x&gt;"
    assert as_command_text(slack.workspace, "start @bob", escape=False) == "start @bob"


@pytest.mark.parametrize(
    ("element", "value", "kept"),
    [
        ({"type": "plain_text_input"}, "x", "x"),
        ({"type": "datetimepicker"}, AT, 1_795_512_600),
        ({"type": "datepicker"}, date(2026, 12, 1), "2026-12-01"),
        ({"type": "datepicker"}, "2026-12-01", "2026-12-01"),
        ({"type": "timepicker"}, time(9, 5), "09:05"),
        ({"type": "number_input"}, 3, "3"),
        ({"type": "users_select"}, "U1", "U1"),
        ({"type": "multi_users_select"}, ["U1", "U2"], ["U1", "U2"]),
        ({"type": "multi_users_select"}, None, []),
        ({"type": "static_select", "options": OPTIONS}, "two", OPTIONS[1]),
        ({"type": "radio_buttons", "options": OPTIONS}, "Two", OPTIONS[1]),
        ({"type": "checkboxes", "options": OPTIONS}, ["one"], [OPTIONS[0]]),
        ({"type": "static_select", "option_groups": [{"options": OPTIONS}]}, "one", OPTIONS[0]),
    ],
    ids=range(13),
)
def test_a_choice_is_kept_as_slack_keeps_it(element: Json, value: Any, kept: Any) -> None:
    assert chosen(element, value) == kept


def test_what_is_not_offered_cannot_be_chosen() -> None:
    with pytest.raises(ValueError, match="'three' is not offered; choose one of: one, two"):
        chosen({"type": "static_select", "options": OPTIONS}, "three")
    with pytest.raises(ValueError, match="aware datetime"):
        chosen({"type": "datetimepicker"}, AT.replace(tzinfo=None))


@pytest.mark.parametrize(
    ("element", "kept"),
    [
        ({"type": "plain_text_input", "initial_value": "x"}, {"value": "x"}),
        ({"type": "static_select", "initial_option": OPTIONS[0]}, {"selected_option": OPTIONS[0]}),
        ({"type": "multi_users_select", "initial_users": ["U1"]}, {"selected_users": ["U1"]}),
        ({"type": "multi_users_select"}, {"selected_users": []}),
        ({"type": "datetimepicker", "initial_date_time": 7}, {"selected_date_time": 7}),
        ({"type": "datepicker"}, {"selected_date": None}),
    ],
    ids=range(6),
)
def test_an_untouched_input_holds_its_initial_value(element: Json, kept: Json) -> None:
    assert starting_value(element) == {"type": element["type"], **kept}


def test_every_input_that_may_be_drawn_can_hold_a_value() -> None:
    for kind in ("plain_text_input", "datepicker", "users_select", "rich_text_input"):
        element: Json = {"type": kind}
        check_view(form({"type": "input", "label": plain("l"), "element": element}))
        assert starting_value(element)


@pytest.mark.parametrize(
    ("kind", "payload", "name"),
    [
        ("slash_commands", {"command": "/pm", "text": ""}, "slash_commands /pm"),
        ("events_api", {"event": {"type": "user_change"}}, "event user_change"),
        (
            "events_api",
            {"event": {"type": "message", "subtype": "message_changed"}},
            "event message message_changed",
        ),
        (
            "interactive",
            {
                "type": "block_actions",
                "view": {"callback_id": "v"},
                "actions": [{"action_id": "a"}],
            },
            "block_actions a",
        ),
        (
            "interactive",
            {"type": "view_submission", "view": {"callback_id": "start"}},
            "view_submission start",
        ),
        ("interactive", {"type": "shortcut", "callback_id": "s"}, "shortcut s"),
        ("interactive", {"type": "message_action", "callback_id": "m"}, "message_action m"),
        ("interactive", {"type": "block_suggestion", "action_id": "b"}, "block_suggestion b"),
        ("interactive", {"type": "view_closed", "view": {}}, "view_closed"),
    ],
)
def test_what_slack_sends_is_named(kind: str, payload: Json, name: str) -> None:
    assert name_of(kind, payload) == name
