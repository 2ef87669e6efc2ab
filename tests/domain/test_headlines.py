"""Numbers in words: never without their counts, and no percentage of few."""

from dataclasses import replace

import pytest

from domain import headlines
from domain.measures import Completion, OpenItems, Recurrence, Repeats
from domain.windows import Scope
from tests.reporting import full, report


def told(now: Repeats, before: Repeats) -> str:
    """The headline of these repeats."""
    return headlines.headline(report(repeats=now, repeats_before=before))


def of(repeats: int, tagged: int, untagged: int = 0) -> Repeats:
    """So many repeats of so many."""
    return Repeats(repeats=repeats, tagged=tagged, untagged=untagged)


@pytest.mark.parametrize(
    ("now", "before", "sentence"),
    [
        (
            of(12, 41),
            of(16, 40),
            "12 of 41 tagged incidents repeated a known class: 29 %, down from 16 of 40 (40 %).",
        ),
        (
            of(3, 10),
            of(1, 10),
            "3 of 10 tagged incidents repeated a known class: 30 %, up from 1 of 10 (10 %).",
        ),
        (
            of(3, 10),
            of(6, 20),
            "3 of 10 tagged incidents repeated a known class: 30 %, as before (6 of 20).",
        ),
        (
            of(3, 10),
            of(1, 3),
            "3 of 10 tagged incidents repeated a known class: 30 %; before: 1 of 3.",
        ),
        (of(3, 10), of(0, 0), "3 of 10 tagged incidents repeated a known class: 30 %."),
        (
            of(2, 4),
            of(6, 20),
            "2 of 4 tagged incidents repeated a known class, too few for a percentage.",
        ),
        (
            of(0, 1),
            of(0, 0),
            "0 of 1 tagged incident repeated a known class, too few for a percentage.",
        ),
        (of(0, 0), of(0, 0), "No incident in the last 6 months."),
        (
            of(0, 0, 3),
            of(0, 0),
            "Nobody can say what repeats: no incident of the last 6 months has a causal class.",
        ),
    ],
)
def test_the_headline(now: Repeats, before: Repeats, sentence: str) -> None:
    assert told(now, before) == sentence


def test_of_one_class_the_headline_says_that_it_is_one() -> None:
    of_one = replace(report(repeats=of(5, 9)), scope=Scope(class_id=3))
    assert headlines.headline(of_one) == "5 of 9 tagged incidents repeated this class: 56 %."


@pytest.mark.parametrize(
    ("now", "before", "sentence"),
    [
        (of(12, 41, 7), of(16, 40), "7 more incidents are untagged and not counted."),
        (of(12, 41, 1), of(16, 40), "1 more incident is untagged and not counted."),
        (of(12, 41), of(1, 3), ""),
        (of(12, 41), of(0, 0), "The 6 months before had no tagged incident to compare with."),
        (of(2, 4), of(0, 0), ""),
        (of(0, 0, 3), of(0, 0), "3 incidents are untagged."),
        (of(0, 0, 1), of(0, 0), "1 incident is untagged."),
        (of(2, 4), of(16, 40), "The 6 months before had 16 of 40 (40 %)."),
        (
            of(0, 0, 3),
            of(16, 40),
            "3 incidents are untagged. The 6 months before had 16 of 40 (40 %).",
        ),
        (of(0, 0), of(16, 40, 2), "The 6 months before had 42 incidents."),
        (of(0, 0), of(0, 0, 1), "The 6 months before had 1 incident."),
        (of(0, 0), of(0, 0), ""),
    ],
)
def test_what_stands_beside_the_headline(now: Repeats, before: Repeats, sentence: str) -> None:
    assert headlines.beside(report(repeats=now, repeats_before=before)) == sentence


@pytest.mark.parametrize(
    ("found", "sentence"),
    [
        (
            Recurrence(recurred=5, tagged=20),
            (
                "Of all incidents older than six months, whatever the period: 5 of 20 tagged "
                "incidents saw a class of theirs come again within six months: 25 %."
            ),
        ),
        (
            Recurrence(recurred=1, tagged=2, untagged=1),
            (
                "Of all incidents older than six months, whatever the period: 1 of 2 tagged "
                "incidents saw a class of theirs come again within six months, too few for a "
                "percentage. 1 more of that age is untagged."
            ),
        ),
        (
            Recurrence(untagged=2),
            (
                "No tagged incident is older than six months, so nothing can have recurred yet. "
                "2 incidents of that age are untagged."
            ),
        ),
        (
            Recurrence(),
            "No tagged incident is older than six months, so nothing can have recurred yet.",
        ),
    ],
)
def test_recurrence(found: Recurrence, sentence: str) -> None:
    assert headlines.recurrence(report(recurrence=found)) == sentence


def test_of_a_service_it_says_that_incidents_of_any_service_count() -> None:
    of_one = replace(full(), scope=Scope(service="checkout"))
    assert "within six months, in any service" in headlines.recurrence(of_one)
    assert headlines.beside(of_one).startswith("An earlier incident of any service counts. ")
    assert "any service" not in headlines.recurrence(full()) + headlines.beside(full())


@pytest.mark.parametrize(
    ("now", "before", "sentence"),
    [
        (
            Completion(due=12, by_date=9, later=2, cancelled=1),
            Completion(due=5, by_date=3, waits=2),
            (
                "9 of 12 action items due in the last 6 months were implemented by the original "
                "date: 75 %, up from 3 of 5 (60 %). The others: 2 implemented later, 1 "
                "cancelled."
            ),
        ),
        (
            Completion(due=2, by_date=1, waits=1),
            Completion(),
            (
                "1 of 2 action items due in the last 6 months was implemented by the original "
                "date, too few for a percentage. The others: 1 still open."
            ),
        ),
        (
            Completion(due=5, by_date=5),
            Completion(due=4, by_date=1, waits=3),
            (
                "5 of 5 action items due in the last 6 months were implemented by the original "
                "date: 100 %; before: 1 of 4. "
            ),
        ),
        (Completion(), Completion(), "No action item was due in the last 6 months. "),
    ],
)
def test_completion(now: Completion, before: Completion, sentence: str) -> None:
    found = report(completion=now, completion_before=before)
    assert f"{headlines.completion(found)} {headlines.not_by_date(now)}" == sentence


@pytest.mark.parametrize(
    ("counts", "sentence"),
    [
        ({}, "No action item is open."),
        ({(0, 0): 1}, "1 action item is open."),
        (
            {(0, 0): 9, (3, 0): 2, (3, 3): 1},
            "12 action items are open, 3 for more than 90 days and 1 moved 3 times or more.",
        ),
    ],
)
def test_open_items(counts: dict[tuple[int, int], int], sentence: str) -> None:
    assert headlines.open_items(report(open_items=OpenItems(counts=counts))) == sentence


def test_ages_and_moves_have_words_for_every_place() -> None:
    assert [headlines.age(place) for place in range(4)] == [
        *("up to 30 days", "31 to 60 days", "61 to 90 days", "more than 90 days")
    ]
    assert [headlines.moves(times) for times in range(4)] == [
        *("never moved", "moved once", "moved twice", "moved 3 times or more")
    ]


def test_decisions_stand_in_the_order_in_which_they_are_named() -> None:
    assert headlines.decisions(full()) == [
        *(("implemented", 12), ("rescheduled", 3), ("cancelled", 2))
    ]


def test_a_share_of_few_has_no_percentage() -> None:
    assert headlines.share(2, 4, None) == "2 of 4"
    assert headlines.share(12, 41, 29) == "12 of 41 (29 %)"
