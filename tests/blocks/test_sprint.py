"""The sprint list as a message: short enough for Slack, nothing private, nothing typed obeyed."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blocks.limits import check_message
from blocks.parts import Message
from blocks.sprint import SprintPage, sprint_message, unknown_service
from domain.action_items import LINK_MAX, Progress
from domain.sprint import SHOWN_MAX, Candidate, SprintList
from tests.blocks.samples import A_LONG_TICKET
from tests.domain.test_sprint import ITEM, TODAY

NAMES = {"U1": "Bob Okonjo"}
LONGEST = replace(
    ITEM,
    what="&" * 300,
    service="&" * 60,
    causal_class="&" * 60,
    link=f"https://tracker.example/{'x' * (LINK_MAX - 24)}",
    repeats=99,
    burned=9_999.5,
    is_burning=True,
    reschedules=99,
    written_on=date(2026, 8, 30),
    progress=Progress.IN_PROGRESS,
    due_on=date(2026, 9, 30),
    **A_LONG_TICKET,
)


def listing(*items: Candidate, total: int = 0, private: int = 0, **page: Any) -> Message:
    found = SprintList(items=items, total=total or len(items), private=private)
    return check_message(sprint_message(SprintPage(found=found, today=TODAY, names=NAMES, **page)))


def words(message: Message) -> str:
    said = [each.get("text") or each["elements"][0] for each in message["blocks"]]
    return "\n".join(each["text"] for each in said)


def test_each_line_says_whose_it_is_when_it_is_due_and_why_it_stands_there() -> None:
    item = replace(ITEM, repeats=2, reschedules=1, link="https://tracker.example/7")
    assert (
        "1. *PM-7/2* Drain connections\n"
        "Bob Okonjo · due 4 Dec 2026 · checkout · <https://tracker.example/7|link>\n"
        "*Risk 11:* “expired credential”: 2 other incidents in 12 months, moved once, P3"
    ) in words(listing(item))


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ({"due_on": TODAY}, "*due today*"),
        ({"due_on": date(2026, 11, 23)}, "was due 23 Nov 2026, *overdue by 1 day*"),
        ({"due_on": date(2026, 11, 1)}, "was due 1 Nov 2026, *overdue by 23 days*"),
        ({"has_expired": True}, ":hourglass: *expired*, was due 4 Dec 2026"),
        ({"progress": Progress.BLOCKED}, "blocked"),
        ({"owner": "U7"}, "<@U7>"),
    ],
)
def test_how_an_item_stands_is_told(said: dict[str, Any], told: str) -> None:
    assert told in words(listing(replace(ITEM, **said)))


def test_the_longest_list_is_as_long_as_slack_takes_and_says_what_is_left() -> None:
    message = listing(*[LONGEST] * SHOWN_MAX, total=240, private=99, services=["&" * 60] * 9)
    shown = sum("accessory" in each for each in message["blocks"])
    assert 0 < shown < SHOWN_MAX
    assert f"… and {240 - shown} more" in words(message)


def test_twenty_items_of_the_usual_length_are_all_shown() -> None:
    message = listing(*[replace(ITEM, what="w" * 150, repeats=3)] * SHOWN_MAX)
    assert sum("accessory" in each for each in message["blocks"]) == SHOWN_MAX
    assert "more:" not in words(message)


@pytest.mark.parametrize(("private", "are"), [(1, "is"), (2, "are")])
def test_those_of_private_channels_are_counted_at_the_end(private: int, are: str) -> None:
    message = listing(ITEM, private=private)
    assert words(message).split("\n")[-2] == (
        f"And {private} of private channels, which {are} not named."
    )
    assert message["text"] == "Sprint list: 1 open item, PM-7/2 first."
    assert "private" not in words(listing(ITEM))


def test_where_only_those_of_private_channels_are_open_they_are_counted() -> None:
    said = listing(services=["checkout"], private=2)["text"]
    assert "is open for checkout but 2 items of private channels, which are not named. " in said
    assert "but 1 item of private channels, which is not named." in listing(private=1)["text"]


@pytest.mark.parametrize(
    ("services", "title"),
    [
        ([], "Sprint list"),
        (["checkout"], "Sprint list of checkout"),
        (["a", "b"], "Sprint list of a, b"),
        (["s" * 50, "t" * 50, "u"], f"Sprint list of {'s' * 50} and 2 more"),
    ],
)
def test_the_title_says_of_which_services_it_is(services: list[str], title: str) -> None:
    message = listing(ITEM, services=services)
    assert words(message).startswith(f"{title}\n")
    assert message["text"] == f"{title}: 1 open item, PM-7/2 first."


@pytest.mark.parametrize(("older", "said"), [(1, "1 older item is"), (10, "10 older items are")])
def test_those_that_are_older_than_the_list_are_counted_at_its_end(older: int, said: str) -> None:
    found = SprintList(items=[ITEM], total=1, older=older)
    told = words(sprint_message(SprintPage(found=found, today=TODAY)))
    assert f"{said} open and not in this list: `/postmortem items overdue` lists" in told


def test_nothing_open_is_said_in_a_sentence() -> None:
    said = listing(services=["<!here>"], remark="Theirs are left out.")["text"]
    assert said.startswith("Nothing that was written in the last 90 days is open for &lt;!here")
    assert said.endswith("Theirs are left out.")


def test_an_unknown_service_is_told_which_there_are() -> None:
    said = unknown_service("<@U1>", ["checkout", "a&b"])
    assert said.startswith("No postmortem is of a service called “&lt;@U1&gt;”. There are checkout")
    assert "a&amp;b. Write one of these, or `/postmortem sprint` alone" in said
    assert "and 5 more" in unknown_service("x", [f"s{each}" for each in range(25)])
    assert "start one in its incident's channel" in unknown_service("x", [])


@given(st.text(max_size=60), st.text(max_size=60))
def test_nothing_that_was_typed_is_obeyed(typed: str, other: str) -> None:
    said: dict[str, Any] = {
        "what": typed,
        "service": other,
        "causal_class": typed,
        "repeats": 1,
        "burned": 50.0,
    }
    message = listing(replace(ITEM, **said), services=[other or "x"])
    marked_up = [each["text"] for each in message["blocks"] if each["type"] == "section"]
    texts = [each["text"] for each in marked_up] + [message["text"]]
    assert not [each for each in texts if "<" in each]
