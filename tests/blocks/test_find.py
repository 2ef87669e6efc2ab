"""The window that finds postmortems."""

from datetime import UTC, datetime
from typing import Any

import pytest

from blocks.find import Choices, find_modal, read_find, wanted_in
from blocks.limits import check_view
from domain.causal_classes import CausalClass
from domain.postmortems import SERVICE_MAX, TITLE_MAX, Severity
from domain.search import PAGE, QUERY_MAX, Found, Page, Wanted
from tests.blocks.samples import marked_up, submitted

CHOICES = Choices(
    services=["checkout", "search"],
    classes=[CausalClass(id=4, name="capacity"), CausalClass(id=5, name="missing alert")],
)


def found(**other: Any) -> Found:
    about: dict[str, Any] = {
        "id": 9,
        "number": 3,
        "title": "Pool is <!channel> full",
        "service": "checkout",
        "severity": Severity.P1,
        "tier": 1,
        "started_at": datetime(2026, 11, 3, 14, 3, tzinfo=UTC),
        "channel": "C1",
        "is_private": False,
        "open_items": 2,
    }
    return Found(**(about | other))


@pytest.mark.parametrize(
    "wanted",
    [
        Wanted(),
        Wanted(words="pool <x>", service="search", class_id=5, only_open=True),
        Wanted(words="w" * QUERY_MAX),
        Wanted(words="🔥" * QUERY_MAX),
    ],
)
def test_what_is_looked_for_can_be_sent_again_as_it_was(wanted: Wanted) -> None:
    view = check_view(find_modal(wanted, Page(found=[], total=0), CHOICES))

    assert read_find(submitted(view)) == wanted_in(view) == wanted


def test_a_hit_says_what_when_and_what_is_open_and_where_the_words_stand() -> None:
    hit = found(words="PM-3\nthe pool was full again", is_private=True)

    view = find_modal(Wanted(words="pool"), Page(found=[hit], total=1), CHOICES)

    assert marked_up(view)[-1] == (
        "*PM-3 · Pool is &lt;!channel&gt; full*\n"
        "<!date^1793714580^{date_short_pretty}|2026-11-03 UTC> · checkout · P1, tier 1 · "
        "private · 2 open\n>the pool was full again"
    )


def test_what_the_title_says_is_not_said_again() -> None:
    title = "Pool is <!channel> full\ncheckout"
    hits = [found(words=f"PM-3\n{title}{rest}") for rest in ("\nOne in five pools", "\nNobody")]

    view = find_modal(Wanted(words="pool"), Page(found=hits, total=2), CHOICES)

    first, second = marked_up(view)[-2:]
    assert first.endswith("2 open\n>One in five pools")
    assert second.endswith("2 open")


def test_nothing_found_says_what_to_do() -> None:
    view = find_modal(Wanted(words="x"), Page(found=[], total=0), CHOICES, "Slack is slow.")

    assert "Take a word or a filter away and press Search. Slack is slow." in marked_up(view)[-1]


@pytest.mark.parametrize(("page", "labels"), [(0, ["Older"]), (1, ["Newer", "Older"])])
def test_a_long_list_can_be_turned(page: int, labels: list[str]) -> None:
    hits = [found()] * PAGE

    view = find_modal(Wanted(page=page), Page(found=hits, total=PAGE * 3), CHOICES)

    buttons = [each["text"]["text"] for each in view["blocks"][-1]["elements"]]
    assert buttons == labels
    assert f"{page * PAGE + 1} to {(page + 1) * PAGE} of {PAGE * 3}" in marked_up(view)[0]


def test_the_longest_list_fits() -> None:
    long = found(title="<" * TITLE_MAX, service="&" * SERVICE_MAX, words="& " * 9000 + "pool")
    many = Choices(
        services=[f"{number:03}" + "s" * 57 for number in range(150)],
        classes=[CausalClass(id=number, name="c" * 60) for number in range(1, 150)],
    )

    check_view(find_modal(Wanted(words="pool"), Page(found=[long] * PAGE, total=999), many))
