"""What people hear of one thing that was done to an item, each in their own words."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from blocks.handovers import asked_message, returned_message, settled_message
from blocks.item_deeds import News
from blocks.item_news import news_message, thread_message
from blocks.parts import Message
from domain.action_items import HistoryEntry, ItemState
from domain.decisions import Decision
from domain.kept_tickets import GONE, OPENED
from domain.news import INEFFECTIVE, RETURNED
from domain.roles import Role
from tests.blocks.samples import ITEM, POSTMORTEM

AT = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
OWNER, OTHER = ITEM.owner, "U9OTHER"
ASKED = {"proposed_owner": (OTHER, "")}


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
    ("reason", "expected"),
    [
        ("", "PM-7/1 stays with you: <@U9OTHER> was asked to take it on and did not"),
        ("Bob has left.", "PM-7/1 stays with you: Bob has left."),
    ],
)
def test_what_nobody_took_on_returns_to_its_owner(reason: str, expected: str) -> None:
    told = news(RETURNED, actor="", reason=reason, changes=ASKED)
    assert returned_message(told)["text"].startswith(expected)
    assert buttons(returned_message(told)) == ["open_item"]


def test_what_the_app_did_by_itself_begins_with_a_capital_and_names_nobody() -> None:
    told = news(INEFFECTIVE, actor="", reason="PM-9 happened.")
    said = "Your item PM-7/1 is marked ineffective: PM-9 happened. What would work instead?"
    assert news_message(told)["text"] == said


def of_ticket(event: str, *, is_told: bool = True, **said: Any) -> str:
    """What the owner of a done item reads of its ticket; or somebody who may not read it all."""
    told = news(event, OWNER if is_told else OTHER, is_told=is_told, **said)
    done = replace(ITEM, state=ItemState.IMPLEMENTED, ticket="shop#<12>")
    return news_message(replace(told, item=done))["text"]


def test_the_owner_reads_who_reopened_the_ticket_of_what_is_done() -> None:
    assert of_ticket(OPENED, reason="It stays implemented.") == (
        "<@U3FREYA> reopened shop#&lt;12&gt;, the ticket of your item PM-7/1, which is implemented."
        " If it does not work, reopen the item; else close the ticket."
    )
    stranger = of_ticket(OPENED, actor="", reason="shop#12 was opened again by jane (Jira).")
    assert stranger.startswith("Your item PM-7/1: shop#12 was opened again by jane (Jira). If it ")
    private = of_ticket(OPENED, actor="", reason="shop#12 was opened", is_told=False)
    assert private.startswith("The ticket of PM-7/1 (private item) was opened again; ")


def test_the_owner_reads_that_the_ticket_was_deleted_and_how_to_make_another() -> None:
    assert of_ticket(GONE, actor="", reason="shop#12 was deleted.") == (
        "shop#&lt;12&gt;, the ticket of your item PM-7/1, was deleted, or our account may not see "
        "it any more. Open the item and press “Make it again”."
    )
    private = of_ticket(GONE, actor="", is_told=False)
    assert private.startswith("The ticket of PM-7/1 (private item) was deleted, or ")


def test_the_lead_reads_that_the_owner_left_and_can_hand_the_item_over() -> None:
    back = replace(news(RETURNED, "ULENA", actor="", changes=ASKED), has_left=True, lead="ULENA")
    message = returned_message(back)
    begins = f"PM-7/1 is back with you, for its owner, <@{OWNER}>, has left: <@U9OTHER> was asked"
    assert message["text"].startswith(begins)
    assert buttons(message) == ["open_item", "decide.reassign"]
    asker = returned_message(replace(back, reader="U3FREYA"))
    assert f"<@{OWNER}>, who has left; <@ULENA> sees to it: " in asker["text"]
    assert buttons(asker) == ["open_item"]


def test_an_end_is_told_in_the_thread_with_the_reason_and_the_link() -> None:
    changes = {"link": ("", "https://git.example/1"), "soaks_until": ("", "2026-12-24")}
    told = news(Decision.IMPLEMENT, "", reason="Drains in 4 s", changes=changes)
    expected = (
        "<@U3FREYA> says that PM-7/1 is implemented: Drains in 4 s (<https://git.example/1|link>). "
        "I ask for the evidence on 24 Dec 2026."
    )
    assert thread_message(told)["text"] == expected


def test_an_accepted_risk_is_told_with_what_it_is_and_until_when() -> None:
    risk = {"risk": ("", "A wrong <tax> is late"), "until": ("", "2027-05-20")}
    told = news(Decision.ACCEPT, "", reason="Rare", changes=risk)
    expected = (
        "accepted the risk instead of PM-7/1: “A wrong &lt;tax&gt; is late”, until 20 May 2027: "
        "Rare."
    )
    assert thread_message(told)["text"].endswith(expected)
    private = replace(told, reader=OTHER, is_told=False)
    assert "tax" not in str(news_message(private))


def test_a_thread_names_who_acted_and_pings_nobody_for_their_own_deed() -> None:
    told = replace(news(Decision.CANCEL, "", reason="Gone"), actor_name="Freya <!here>")
    assert thread_message(told)["text"] == "Freya &lt;!here&gt; cancelled PM-7/1: Gone."
    assert "U3FREYA" not in str(thread_message(told))
    assert news_message(replace(told, reader=OWNER))["text"].startswith("<@U3FREYA> ")


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
    silence = (
        f"Without an answer in two working days it stays with <@{OWNER}> and I tell <@U3FREYA>."
    )
    assert silence in str(message["blocks"])


@pytest.mark.parametrize(
    ("lead", "expected"),
    [
        ("ULENA", "it goes back to <@ULENA>, who leads the programme."),
        ("", "I tell <@U3FREYA>."),
    ],
)
def test_the_question_of_an_owner_who_left_says_to_whom_it_goes_back(
    lead: str, expected: str
) -> None:
    asked = replace(news(Decision.REASSIGN, OTHER), has_left=True, lead=lead)
    said = str(asked_message(asked)["blocks"])
    assert f"<@{OWNER}>, who owns it, has left. Without an answer in two working days" in said
    assert expected in said
    settled = settled_message(asked, replace(asked.entry, event=RETURNED, actor=""))
    assert f"It returned to <@{lead or OWNER}>" in settled["text"]


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


@pytest.mark.parametrize(
    ("owner", "said"), [("U3FREYA", "They own it there."), (OTHER, f"<@{OTHER}> owns it there.")]
)
def test_whoever_promotes_an_item_to_their_own_project_is_not_called_in_the_thread(
    owner: str, said: str
) -> None:
    changes = {"project_owner": ("", owner)}
    told = news(Decision.PROMOTE, reader="", reason="Storage 2027", changes=changes)
    assert said in thread_message(told)["text"]
    assert "You own it there." in news_message(replace(told, reader=owner))["text"]


def test_a_risk_that_ends_in_a_full_stop_ends_no_sentence() -> None:
    accepted = {"accepter": OTHER, "until": "2027-05-20", "risk": "A flag stays wrong."}
    changes = {field: ("", value) for field, value in accepted.items()}
    said = news_message(news(Decision.ACCEPT, OTHER, changes=changes))["text"]
    assert "A flag stays wrong. You answer" in said
    told = thread_message(news(Decision.ACCEPT, "", changes=changes))["text"]
    assert "“A flag stays wrong”, until" in told
