"""An item's ticket in words, wherever the item is shown."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blocks.card_sections import item_section
from blocks.cards import card, hub_modal
from blocks.follow_ups import follow_up_message
from blocks.item_window import item_window
from blocks.limits import check_message, check_view
from blocks.review_lines import item_line
from blocks.tickets import (
    REOPEN_TICKET,
    TRY_TICKET,
    TRY_TICKETS,
    linked_ticket,
    ticket_fact,
    ticket_lines,
    ticket_words,
)
from domain.action_items import ActionItem, ItemState
from domain.follow_ups import LookBack, LookedAt
from handlers.ticket_following import DELETED
from tests.blocks.samples import A_LONG_TICKET, ITEM, POSTMORTEM, TODAY, marked_up, whole
from tests.blocks.test_item_window import VIEW, buttons, of

URL = "https://acme.atlassian.net/browse/SHOP-12"
LINK = f"<{URL}|SHOP-12>"
MADE = replace(ITEM, ticket="SHOP-12", ticket_url=URL)
CLOSED = replace(MADE, ticket_closed=True)
FAILS = replace(ITEM, ticket_trouble="Jira did not answer.")
GONE = replace(MADE, ticket_trouble=DELETED.format(tracker="Jira"))
ODD = replace(MADE, ticket_trouble="nobody is assigned: I know no account of @bob in Jira")


@pytest.mark.parametrize(
    ("item", "words"),
    [
        (ITEM, []),
        (MADE, [LINK]),
        (CLOSED, [f":ticket: {LINK} was closed: what was done, and where can it be seen?"]),
        (replace(CLOSED, state=ItemState.IMPLEMENTED), [LINK]),
        (FAILS, ["ticket pending: Jira did not answer."]),
        (ODD, [LINK, "nobody is assigned: I know no account of @bob in Jira"]),
    ],
)
def test_a_ticket_is_named_or_it_is_said_why_there_is_none(
    item: ActionItem, words: list[str]
) -> None:
    assert ticket_words(item) == words


def test_of_one_that_happened_again_it_is_asked_what_shows_that_it_works() -> None:
    (said,) = ticket_words(replace(CLOSED, state=ItemState.INEFFECTIVE))
    assert said.endswith("was closed: what shows that it works?")


def test_a_deleted_one_is_no_link_any_more_and_asks_nothing() -> None:
    assert ticket_words(replace(GONE, ticket_closed=True)) == ["SHOP-12", GONE.ticket_trouble]
    assert ticket_fact(GONE) == ["SHOP-12"]


@pytest.mark.parametrize(
    ("items", "label"),
    [
        ([MADE, GONE], "Make it again"),
        ([GONE, GONE], "Make tickets again"),
        ([GONE, FAILS], "Try tickets again"),
    ],
)
def test_a_card_names_the_button_that_makes_a_deleted_one_again(
    items: list[ActionItem], label: str
) -> None:
    shown = card(replace(whole(), items=items))
    assert f"Press “{label}”." in said(shown)
    assert f"'text': '{label}'" in str(shown["blocks"])


def test_a_line_of_its_own_has_one_mark() -> None:
    assert ticket_lines(ITEM) == []
    assert ticket_lines(MADE) == [f":ticket: {LINK}"]
    assert ticket_lines(ODD)[0].startswith(f":ticket: {LINK} · nobody is assigned")
    assert ticket_lines(CLOSED)[0].count(":ticket:") == 1


def test_among_many_lines_it_takes_little_room() -> None:
    assert ticket_fact(ITEM) == []
    assert ticket_fact(MADE) == [LINK]
    assert ticket_fact(CLOSED) == [f"{LINK} is closed"]
    assert ticket_fact(FAILS) == ["ticket pending"]
    assert ticket_fact(replace(ITEM, **A_LONG_TICKET)) == ["…itorya-repository#123456"]


def test_of_a_long_name_the_end_is_shown_with_the_number() -> None:
    assert linked_ticket("acme/" + "shop" * 30 + "#12", "") == "…" + ("shop" * 30 + "#12")[-24:]
    assert linked_ticket("SHOP-12", f"https://a.example/{'x' * 300}") == "SHOP-12"


@given(st.text(alphabet=st.sampled_from("<>&!@#|^\n`*_~ aU1")) | st.text())
def test_nothing_that_a_tracker_says_is_obeyed(typed: str) -> None:
    item = replace(CLOSED, ticket=typed or "-", ticket_url=typed, ticket_trouble=typed)
    for words in (*ticket_words(item), *ticket_lines(item), *ticket_fact(item)):
        assert "<" not in words


def test_a_card_shows_it_below_the_item() -> None:
    said = item_section(POSTMORTEM, CLOSED, ())["text"]["text"]
    assert said.endswith(f":ticket: {LINK} was closed: what was done, and where can it be seen?")


def said(payload: Any) -> str:
    """Give all that it says."""
    return "\n".join(marked_up(payload["blocks"]))


def actions_in(payload: Any) -> list[str]:
    """Give its buttons below one another."""
    rows = [each["elements"] for each in payload["blocks"] if each["type"] == "actions"]
    return [each["action_id"] for row in rows for each in row]


def test_a_card_offers_to_try_again_only_where_something_is_wrong() -> None:
    view = replace(whole(), items=[FAILS])
    assert TRY_TICKETS in actions_in(check_message(card(view)))
    assert TRY_TICKETS in actions_in(check_view(hub_modal(view)))
    assert TRY_TICKETS not in actions_in(card(replace(whole(), items=[CLOSED])))


def test_an_items_window_shows_it_and_the_ways_to_get_it_right() -> None:
    assert f":ticket: {LINK}" in said(check_view(item_window(of(MADE))))
    assert {TRY_TICKET, REOPEN_TICKET}.isdisjoint(buttons(of(MADE)))
    assert TRY_TICKET in buttons(of(FAILS))
    assert REOPEN_TICKET in buttons(of(CLOSED))
    assert REOPEN_TICKET not in buttons(replace(of(CLOSED), may=()))


def test_one_that_was_deleted_is_made_again() -> None:
    lost = replace(VIEW, item=ODD, has_lost_ticket=True)
    assert "Make it again" in str(item_window(lost))
    assert "Make it again" not in str(item_window(of(ODD)))


def test_a_line_of_a_review_names_it_but_for_a_private_one() -> None:
    private = replace(POSTMORTEM, is_private=True)
    assert LINK in item_line(POSTMORTEM, MADE, None)
    assert "SHOP-12" not in item_line(private, MADE, None)


def test_the_look_back_names_it() -> None:
    on = date(2026, 10, 1)
    looked = [LookedAt(item=MADE)]
    look = LookBack(postmortem=POSTMORTEM, published_on=on, today=TODAY, items=looked)
    assert LINK in said(follow_up_message(look))
