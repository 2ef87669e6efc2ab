"""What is shown of error budgets: an owner's message, the services, their form."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blocks.budgets import MOST_SHOWN, Burning, budget_message
from blocks.history_words import deed_words
from blocks.item_words import priority_words
from blocks.limits import check_message, check_view
from blocks.service_forms import read_service, service_form, stamp, token_window
from blocks.services import Services, services_window
from domain.action_items import WHAT_MAX, HistoryEntry
from domain.budgets import LOWERED, QUERY_MAX, RAISED, MovedItem, Source, lower_item, raise_item
from domain.errors import RuleBroken
from domain.postmortems import SERVICE_MAX
from domain.programme import Priority
from domain.services import Service
from tests.blocks.samples import ITEM, marked_up, submitted

NOW = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
SERVICE = Service(
    name="checkout",
    channel="C1",
    query="sum(burned)",
    burned=82.5,
    burned_at=NOW,
    source=Source.PROMETHEUS,
    burning_since=NOW,
    id=1,
)
LONG = replace(SERVICE, name="&" * SERVICE_MAX, query="q" * QUERY_MAX, trouble="&" * 5000)
UP = raise_item(replace(ITEM, priority=Priority.P3), NOW)
MOVED = MovedItem(key="PM-7/1", item=UP, before="P3", after="P2")


def burning(*moved: MovedItem, service: Service = SERVICE, is_over: bool = False) -> Burning:
    """Give what one owner hears of."""
    return Burning(service=service, threshold=75, is_over=is_over, since=NOW, moved=moved)


def words(told: Burning) -> str:
    """Give all that a message says."""
    message = budget_message(told)
    check_message(message)
    return "\n".join(marked_up(message["blocks"]))


def test_an_owner_reads_why_and_what_and_until_when() -> None:
    said = words(burning(MOVED))
    assert "checkout burns its error budget: 82.5 % of it is spent" in said
    assert "P3 → P2" in said
    assert "When less than 65 % is spent" in said


def test_what_somebody_moved_since_is_shown_as_it_is() -> None:
    theirs = replace(MOVED, item=replace(UP, priority=Priority.P1, raised_from=None))
    assert "P1 by now" in words(burning(theirs))


def test_once_it_is_over_an_owner_reads_that_it_went_back() -> None:
    back = MovedItem(key="PM-7/1", item=lower_item(UP), before="P2", after="P3")
    calm = replace(SERVICE, burned=12, burning_since=None)
    said = words(burning(back, service=calm, is_over=True))
    assert "has recovered: 12 % of its error budget is spent. Your open action" in said
    assert "P2 → P3" in said


def test_once_it_is_over_it_still_says_why_they_had_gone_up() -> None:
    calm = replace(SERVICE, burned=12, burning_since=None)
    over = replace(burning(MOVED, service=calm, is_over=True), why="a<b burns: 91 % is spent")
    said = words(over)
    assert "It burned from <!date^" in said
    assert "What went up did because a&lt;b burns: 91 % is spent." in said


def test_in_place_of_who_has_left_somebody_reads_whose_they_are() -> None:
    told = replace(burning(MOVED), left="U2")
    assert "The open action item of <@U2>, who has left, went up one" in words(told)
    assert "It raises no item of <@U2> any more." in words(replace(told, moved=()))


def test_what_the_web_told_is_said_to_come_through_the_api() -> None:
    told = replace(SERVICE, source=Source.API)
    window = services_window(Services(services=[told], threshold=75, has_token=True, now=NOW))
    assert "is spent, told through the API <!date^" in "\n".join(marked_up(window["blocks"]))


def test_an_owner_of_nothing_any_more_and_one_of_nobodys_number_read_so() -> None:
    assert "It raises no item of yours any more." in words(burning())
    unknown = replace(SERVICE, burned=None, burning_since=None)
    assert "Nobody has told for 7 days" in words(burning(service=unknown, is_over=True))


def test_a_number_of_yesterday_is_said_to_be_old() -> None:
    for hours, is_old in ((23, False), (24, True)):
        then = NOW + timedelta(hours=hours)
        window = services_window(
            Services(services=[SERVICE], threshold=75, has_token=True, now=then)
        )
        said = "\n".join(marked_up(window["blocks"]))
        assert ("Nobody has told for more than a day" in said) is is_old


def test_the_longest_message_fits() -> None:
    many = replace(MOVED, item=replace(UP, what="&" * WHAT_MAX))
    said = words(burning(*[many] * (MOST_SHOWN + 3), service=LONG))
    assert "… and 3 more." in said


@given(st.text(min_size=1, max_size=SERVICE_MAX))
def test_no_name_of_a_service_gives_an_order(name: str) -> None:
    service = replace(SERVICE, name=f"<!channel>{name}"[:SERVICE_MAX])
    assert "<!channel>" not in words(burning(MOVED, service=service))
    window = services_window(Services(services=[service], threshold=75, has_token=True, now=NOW))
    assert "<!channel>" not in "\n".join(marked_up(window["blocks"]))


def test_an_item_says_why_it_is_more_important() -> None:
    assert priority_words(UP, "a<b") == "P2, raised from P3: a&lt;b burns its error budget"
    assert priority_words(UP) == "P2, raised from P3: its service burns its error budget"
    assert priority_words(lower_item(UP)) == "P3"


@pytest.mark.parametrize(
    ("event", "changes", "said"),
    [
        (RAISED, ("P3", "P2"), "It was raised from P3 to P2: it burns"),
        (LOWERED, ("P2", "P3"), "It went back to P3: it burns"),
    ],
)
def test_the_history_says_so(event: str, changes: tuple[str, str], said: str) -> None:
    entry = HistoryEntry(
        item_id=1, actor="", at=NOW, event=event, changes={"priority": changes}, reason="it burns"
    )
    assert deed_words(entry, "U1") == said


def test_the_window_of_many_services_at_their_longest_fits() -> None:
    many = [replace(LONG, name=f"{number:03}" + LONG.name[3:]) for number in range(95)]
    shown = Services(services=many, threshold=75, has_token=True, now=NOW)
    for page in range(3):
        check_view(services_window(shown, page))
    assert services_window(shown, 99) == services_window(shown, 2)


def test_where_there_is_no_service_it_says_so() -> None:
    window = services_window(Services(services=[], threshold=75, has_token=False, now=NOW))
    check_view(window)
    assert "No incident has named a service yet" in "\n".join(marked_up(window["blocks"]))


@pytest.mark.parametrize("service", [SERVICE, LONG, Service(name="checkout")])
def test_the_form_reads_back_what_it_shows(service: Service) -> None:
    form = service_form(service)
    check_view(form)
    read = read_service(submitted(form))
    wanted = Service(name=service.name, channel=service.channel, query=service.query)
    assert (read.service, read.burned, read.seen) == (wanted, None, stamp(service))


def test_a_service_that_is_added_needs_a_name() -> None:
    check_view(service_form())
    with pytest.raises(RuleBroken) as refused:
        read_service(submitted(service_form()))
    assert refused.value.field == "name"


def test_a_token_is_shown_with_what_it_is_for() -> None:
    window: dict[str, Any] = token_window("clb_" + "x" * 43)
    check_view(window)
    said = "\n".join(marked_up(window["blocks"]))
    assert "PUT /api/budgets/checkout`, at the address where this app answers `/healthz`" in said
