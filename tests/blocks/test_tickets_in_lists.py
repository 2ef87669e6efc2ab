"""A ticket where many items stand below one another: digests, Home, lists; and where none does."""

from dataclasses import replace
from typing import Any

import pytest

from blocks.handovers import asked_message
from blocks.home import home_view
from blocks.item_deeds import News
from blocks.item_news import news_message, thread_message
from blocks.items_list import items_modal
from blocks.review_cards import item_card
from blocks.tickets import TRY_TICKET
from domain.action_items import HistoryEntry
from domain.decisions import Decision
from domain.item_search import ItemFound, ItemsWanted
from domain.kept_tickets import FOLLOWED
from tests.blocks.home_samples import LATER, home
from tests.blocks.samples import ITEM, POSTMORTEM, marked_up
from tests.blocks.test_digests import PLACE, kept, said, words
from tests.blocks.test_history_of_tickets import AT
from tests.blocks.test_items_list import CHOICES, found, page
from tests.blocks.test_review_cards import LAID
from tests.blocks.test_sprint import listing
from tests.blocks.test_sprint import words as sprint_words
from tests.blocks.test_tickets import CLOSED, FAILS, LINK, MADE, URL
from tests.domain.test_sprint import ITEM as CANDIDATE

TICKET: dict[str, Any] = {"ticket": "SHOP-12", "ticket_url": URL}
PRIVATE = replace(PLACE, is_private=True)


def test_a_digest_names_it_for_the_owner() -> None:
    assert f"due 8 Dec 2026, today · {LINK}" in words(said(kept(**TICKET)))
    assert f"{LINK} is closed" in words(said(kept(**TICKET, ticket_closed=True)))
    assert "ticket pending" in words(said(kept(ticket_trouble="Jira did not answer.")))
    assert LINK in words(said(kept(PRIVATE, **TICKET)))


def test_a_digest_names_no_ticket_of_somebody_elses_private_item() -> None:
    theirs = words(said(kept(PRIVATE, **TICKET, ticket_trouble="Odd."), reader="U9"))
    assert "SHOP-12" not in theirs
    assert "ticket pending" not in theirs


def test_a_home_names_it_for_what_comes_later_too() -> None:
    view = home_view(home(later=(kept(due_on=LATER, **TICKET),)))
    assert f"due 17 Jan 2027 · {LINK}" in str(view)
    other = home_view(home(later=(kept(PRIVATE, due_on=LATER, **TICKET),), reader="U9"))
    assert "SHOP-12" not in str(other)


@pytest.mark.parametrize(
    ("item", "label"),
    [
        (found(**TICKET), ""),
        (found(ticket_trouble="Odd."), "Try again"),
        (found(**TICKET, ticket_trouble="Gone.", has_lost_ticket=True), "Make it again"),
    ],
)
def test_the_list_of_items_offers_to_try_again_where_something_is_wrong(
    item: ItemFound, label: str
) -> None:
    view = items_modal(ItemsWanted(), page(item), CHOICES)
    rows = [each["elements"] for each in view["blocks"] if each["type"] == "actions"]
    labels = [each["text"]["text"] for row in rows for each in row if each["value"] == "9"]
    assert labels == [label] * bool(label)
    assert (LINK in str(view)) == bool(item.ticket)
    assert (TRY_TICKET in str(view)) == bool(label)


def test_the_sprint_list_names_it_and_a_link_that_is_the_same_once() -> None:
    both = replace(CANDIDATE, **TICKET, link="https://projects.example.com/7")
    assert f"checkout · {LINK} · <https://projects.example.com/7|link>" in sprint_words(
        listing(both)
    )
    assert "|link>" not in sprint_words(listing(replace(both, link=URL)))
    pending = replace(CANDIDATE, ticket_trouble="Odd.")
    assert "ticket pending: Odd." in sprint_words(listing(pending))


def test_a_card_of_a_review_names_it_but_for_a_private_one() -> None:
    private = replace(POSTMORTEM, is_private=True)
    assert f":ticket: {LINK} was closed: what" in str(item_card(POSTMORTEM, CLOSED, LAID))
    assert "ticket pending" in str(item_card(POSTMORTEM, FAILS, LAID))
    assert "SHOP-12" not in str(item_card(private, CLOSED, LAID))


def test_what_was_done_to_an_item_is_told_with_its_ticket() -> None:
    entry = HistoryEntry(item_id=90, actor="U3", at=AT, event=Decision.CANCEL, changes={}, id=5)
    news = News(postmortem=POSTMORTEM, item=MADE, entry=entry, reader=ITEM.owner)
    assert f">{ITEM.what} · {LINK}" in marked_up(news_message(news)["blocks"])[0]
    assert LINK in str(thread_message(replace(news, reader="")))
    assert "SHOP-12" not in str(news_message(replace(news, is_told=False)))


ASSIGNED = "SHOP-12 was assigned to Lena by Jane (Jira)."


@pytest.mark.parametrize(
    ("actor", "begins"),
    [
        ("", "Your item PM-7/1 follows its ticket: "),
        ("U3", "<@U3> changed the ticket of your item PM-7/1: "),
    ],
)
def test_what_came_from_the_ticket_is_told_as_such(actor: str, begins: str) -> None:
    entry = HistoryEntry(
        item_id=90,
        actor=actor,
        at=AT,
        event=FOLLOWED,
        changes={"proposed_owner": ("", "U9")},
        reason=ASSIGNED,
        id=5,
    )
    news = News(postmortem=POSTMORTEM, item=MADE, entry=entry, reader=ITEM.owner)
    said = news_message(news)["text"]
    assert said == f"{begins}{ASSIGNED} Until they take it on you answer for it."


def test_whoever_the_ticket_was_assigned_to_is_asked_by_nobody_in_particular() -> None:
    entry = HistoryEntry(
        item_id=90, actor="", at=AT, event=FOLLOWED, changes={}, reason=ASSIGNED, id=5
    )
    news = News(postmortem=POSTMORTEM, item=MADE, entry=entry, reader="U9")
    asked = asked_message(news)
    assert asked["text"] == "You are asked to take on PM-7/1, due 5 Dec 2026."
    assert ASSIGNED in str(asked)
    assert "in two working days it stays with <@U2BEN>." in str(asked)
    left = str(asked_message(replace(news, has_left=True)))
    assert "has left. Without an answer in two working days it stays as it is." in left
