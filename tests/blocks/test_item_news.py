"""What people hear of one thing that was done to an item, each in their own words."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from blocks.handovers import asked_message, settled_message
from blocks.item_news import News, news_message, thread_message
from blocks.parts import Message
from domain.action_items import HistoryEntry
from domain.decisions import Decision
from domain.news import INEFFECTIVE, RETURNED
from domain.roles import Role
from tests.blocks.samples import ITEM, POSTMORTEM

AT = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
OWNER, OTHER = ITEM.owner, "U9OTHER"


def news(event: str, reader: str = OWNER, **said: Any) -> News:
    """An entry by Freya, as the item's owner hears of it."""
    entry = {"item_id": 90, "actor": "U3FREYA", "at": AT, "event": event, "changes": {}, "id": 5}
    is_told = said.pop("is_told", True)
    happened = HistoryEntry(**{**entry, **said})
    return News(postmortem=POSTMORTEM, item=ITEM, entry=happened, reader=reader, is_told=is_told)


def buttons(message: Message) -> list[str]:
    """The action ids of a message's buttons."""
    rows = [block["elements"] for block in message["blocks"] if block["type"] == "actions"]
    return [each["action_id"] for row in rows for each in row]


def test_the_owner_reads_what_the_chair_did_to_their_item() -> None:
    told = news(
        Decision.RESCHEDULE,
        acting=Role.FACILITATOR,
        reason="waiting for the vendor",
        changes={"due_on": ("2026-12-05", "2027-01-15")},
    )
    message = news_message(told)
    expected = (
        "<@U3FREYA>, chairing the review, moved your item PM-7/1 to 15 Jan 2027: "
        "waiting for the vendor."
    )
    assert message["text"] == expected
    assert buttons(message) == ["open_item"]


def test_a_new_owner_reads_what_is_theirs_and_can_hand_it_over() -> None:
    message = news_message(news("added", changes={"owner": ("", OWNER)}))
    expected = (
        "PM-7/1 is yours: Drain connections before a failover, due 5 Dec 2026. "
        "<@U3FREYA> wrote it down."
    )
    assert message["text"] == expected
    assert buttons(message) == ["open_item", "decide.reassign"]


def test_whoever_got_it_from_somebody_reads_from_whom() -> None:
    message = news_message(news("changed", changes={"owner": (OTHER, OWNER)}))
    assert message["text"].startswith("PM-7/1 is yours now: ")
    assert message["text"].endswith("<@U3FREYA> gave it to you.")
    lost = news_message(news("changed", OTHER, changes={"owner": (OTHER, OWNER)}))
    assert lost["text"] == f"<@U3FREYA> gave your item PM-7/1 to <@{OWNER}>."


def test_whoever_named_the_accepter_is_told_to_them_with_the_risk_and_its_end() -> None:
    accepted = {"accepter": OTHER, "until": "2027-05-20", "risk": "Two regions fail at once"}
    changes = {field: ("", value) for field, value in accepted.items()}
    said = news_message(news(Decision.ACCEPT, OTHER, changes=changes))["text"]
    assert "the risk instead of PM-7/1: Two regions fail at once." in said
    assert "until 20 May 2027; then I ask you about it." in said


@pytest.mark.parametrize(
    ("event", "reason", "expected"),
    [
        (RETURNED, "", "PM-7/1 stays with you: <@U9OTHER> was asked to take it on and did not"),
        (RETURNED, "Bob has left.", "PM-7/1 stays with you: Bob has left."),
        (INEFFECTIVE, "PM-9 happened.", "your item PM-7/1 is marked ineffective: PM-9 happened."),
    ],
)
def test_what_the_app_did_by_itself_names_nobody_as_doing_it(
    event: str, reason: str, expected: str
) -> None:
    changes = {"proposed_owner": (OTHER, "")}
    told = news(event, actor="", reason=reason, changes=changes)
    assert expected in news_message(told)["text"]


def test_an_end_is_told_in_the_thread_with_the_reason_and_the_link() -> None:
    changes = {"link": ("", "https://git.example/1"), "soaks_until": ("", "2026-12-24")}
    told = news(Decision.IMPLEMENT, "", reason="Drains in 4 s", changes=changes)
    expected = (
        "<@U3FREYA> says that PM-7/1 is implemented: Drains in 4 s (<https://git.example/1|link>). "
        "I ask for the evidence on 24 Dec 2026."
    )
    assert thread_message(told)["text"] == expected


def test_a_private_item_is_told_by_its_key_to_whoever_may_not_be_in_its_channel() -> None:
    told = news(Decision.CANCEL, OTHER, reason="The key leaked", is_told=False)
    message = news_message(told)
    assert message["text"] == "<@U3FREYA> cancelled PM-7/1 (private item)."
    assert "Drain" not in str(message)
    question = asked_message(news(Decision.REASSIGN, OTHER, reason="Leaked", is_told=False))
    assert "Drain" not in str(question)
    assert "staging" not in str(question)


def test_typed_words_are_shown_and_obeyed_by_nobody() -> None:
    told = news(Decision.CANCEL, reason="<!channel> & <@U1>")
    assert "&lt;!channel&gt; &amp; &lt;@U1&gt;" in news_message(told)["text"]


def test_the_question_says_what_is_asked_and_until_when_it_stays() -> None:
    asked = news(Decision.REASSIGN, OTHER, reason="You know the pool")
    message = asked_message(asked)
    assert message["text"] == "<@U3FREYA> asks you to take on PM-7/1, due 5 Dec 2026."
    assert buttons(message) == ["decide.take", "decide.decline", "open_item"]
    assert "Without an answer in two working days" in str(message["blocks"])


@pytest.mark.parametrize(
    ("event", "actor", "expected"),
    [
        (Decision.TAKE, OTHER, "You took it on"),
        (Decision.DECLINE, OTHER, "You declined"),
        (RETURNED, "", f"It returned to <@{OWNER}> after two working days without an answer."),
        (Decision.CANCEL, OWNER, "It was settled otherwise"),
    ],
)
def test_a_question_that_is_settled_says_how_and_asks_no_more(
    event: str, actor: str, expected: str
) -> None:
    asked = news(Decision.REASSIGN, OTHER)
    message = settled_message(asked, replace(asked.entry, event=event, actor=actor))
    assert expected in message["text"]
    assert buttons(message) == []
