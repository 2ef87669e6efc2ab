"""The window that lists action items."""

from collections import Counter
from datetime import date, timedelta
from typing import Any

import pytest

from blocks.item_buttons import OPEN_ITEM
from blocks.items_list import Choices, items_modal, read_items, wanted_in
from blocks.limits import check_view
from domain.action_items import WHAT_MAX, ItemState, Progress
from domain.coming import OpenItems
from domain.item_search import PAGE, ItemFound, ItemsPage, ItemsWanted, Which
from domain.people import Person
from domain.postmortems import SERVICE_MAX
from tests.blocks.samples import A_LONG_TICKET, marked_up, submitted

TODAY = date(2026, 11, 24)
CHOICES = Choices(asker="U1", today=TODAY, services=["checkout", "search"])
NONE = ItemsPage(found=[], total=0, standing=OpenItems(open=0, overdue=0, expired=0))


def found(**other: Any) -> ItemFound:
    about: dict[str, Any] = {
        "id": 9,
        "number": 3,
        "position": 2,
        "what": "Drain <!channel> first",
        "owner": "U1",
        "due_on": TODAY - timedelta(days=4),
        "state": ItemState.OPEN,
        "reschedules": 2,
        "reviews_seen": 0,
        "progress": Progress.BLOCKED,
        "soaks_until": None,
        "service": "checkout",
        "is_private": False,
    }
    return ItemFound(**(about | other))


def page(*items: ItemFound, total: int = 0, late: int = 0, expired: int = 0) -> ItemsPage:
    states = Counter(each.state for each in items)
    standing = OpenItems(open=states[ItemState.OPEN], overdue=late, expired=expired)
    return ItemsPage(found=items, total=total or len(items), standing=standing, states=dict(states))


DONE, VAIN = (found(state=each) for each in (ItemState.IMPLEMENTED, ItemState.INEFFECTIVE))


def lines(*items: ItemFound) -> list[str]:
    return marked_up(items_modal(ItemsWanted(), page(*items), CHOICES))[1:]


@pytest.mark.parametrize(
    "wanted",
    [
        ItemsWanted(),
        ItemsWanted(owner="U1", which=Which.OVERDUE, service="search"),
        ItemsWanted(which=Which.INEFFECTIVE),
        ItemsWanted(owner="U2", which=Which.ALL, service="a service of no public channel"),
    ],
)
def test_what_is_wanted_can_be_sent_again_as_it_was(wanted: ItemsWanted) -> None:
    other = Person(id="U2", name="Bob") if wanted.owner == "U2" else None
    choices = Choices(asker="U1", today=TODAY, services=["search"], other=other)

    view = check_view(items_modal(wanted, NONE, choices))

    assert read_items(submitted(view)) == wanted_in(view) == wanted


def test_an_item_says_what_whose_since_when_and_how_often_it_was_moved() -> None:
    what, facts = lines(found())[0].splitlines()

    assert what == "*PM-3/2* Drain &lt;!channel&gt; first"
    assert facts == (
        "<@U1> · was due 20 Nov 2026, *overdue by 4 days* · moved twice · blocked · checkout"
    )


@pytest.mark.parametrize(
    ("item", "said"),
    [
        (found(due_on=TODAY), "*due today*"),
        (found(due_on=TODAY + timedelta(days=1)), "due 25 Nov 2026"),
        (found(due_on=TODAY - timedelta(days=1)), "*overdue by 1 day*"),
        (found(reviews_seen=2, due_on=TODAY), ":hourglass: *expired* · *due today*"),
        (found(reschedules=1), "moved once"),
        (found(is_private=True), "checkout · private"),
        (found(has_left=True), "<@U1> (has left) · was due"),
        (found(state=ItemState.IMPLEMENTED, soaks_until=TODAY), "evidence wanted since 24 Nov"),
        (
            found(state=ItemState.IMPLEMENTED, soaks_until=date(2026, 12, 1)),
            "implemented · soaks until 1 Dec 2026",
        ),
        (found(state=ItemState.INEFFECTIVE), "*ineffective*"),
        (found(state=ItemState.CANCELLED, reviews_seen=2), "<@U1> · cancelled · moved"),
    ],
)
def test_an_item_says_how_it_stands(item: ItemFound, said: str) -> None:
    assert said in lines(item)[0]


def test_an_item_opens_by_the_button_that_every_item_has() -> None:
    view = items_modal(ItemsWanted(), page(found()), CHOICES)

    button = view["blocks"][-1]["accessory"]
    assert (button["action_id"], button["value"]) == (OPEN_ITEM, "9")
    assert button["accessibility_label"] == "Open PM-3/2"


@pytest.mark.parametrize(
    ("shown", "said"),
    [
        (page(found()), "1 item: 1 open"),
        (
            page(VAIN, found(), DONE, DONE),
            "4 items: 1 open, 2 waiting for evidence, 1 ineffective",
        ),
        (
            page(found(), found(), DONE, late=2, expired=1),
            "3 items: 2 open (2 overdue, 1 expired), 1 waiting for evidence",
        ),
        (page(found(), total=40), "40 items: 1 open. Shown are 16 to 16 of 40"),
        (NONE, "Nothing to show here: choose others above and press Show"),
    ],
)
def test_the_window_begins_with_the_counts(shown: ItemsPage, said: str) -> None:
    wanted = ItemsWanted(page=1) if shown.total == 40 else ItemsWanted()

    assert said in marked_up(items_modal(wanted, shown, CHOICES))[0]


@pytest.mark.parametrize(("number", "labels"), [(0, ["More"]), (1, ["Back", "More"])])
def test_a_long_list_can_be_turned(number: int, labels: list[str]) -> None:
    many = page(*[found()] * PAGE, total=PAGE * 3)

    view = items_modal(ItemsWanted(page=number), many, CHOICES, "Slack is slow.")

    assert [each["text"]["text"] for each in view["blocks"][-1]["elements"]] == labels
    assert marked_up(view)[0].endswith(f"of {PAGE * 3}. Slack is slow.")


def test_the_longest_list_fits() -> None:
    services = [f"{number:03}" + "s" * (SERVICE_MAX - 3) for number in range(150)]
    other = Person(id="U2", name="n" * 200)
    choices = Choices(asker="U1", today=TODAY, services=services, other=other)
    texts = {"what": "<" * WHAT_MAX, "service": "&" * SERVICE_MAX}
    longest = found(**texts, **A_LONG_TICKET, is_private=True)
    wanted = ItemsWanted(owner="U2", service="&" * SERVICE_MAX)

    check_view(items_modal(wanted, page(*[longest] * PAGE, total=999), choices))
