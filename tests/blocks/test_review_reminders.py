"""What is said of a review that is not closed: it fits, and gives nothing private away."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from blocks.limits import check_message
from blocks.parts import Message
from blocks.review_alerts import alert_message
from blocks.review_reminders import SHOWN_MOST, owing_message, stuck_message
from domain.action_items import Progress
from domain.digests import KeptItem, Place, Wanting
from domain.review_alerts import Decided, Numbers, Owing, Pause, Stuck, owed
from domain.reviews import Review, Why
from tests.blocks.samples import AMONG_MANY
from tests.storage.samples import ITEM

BEGUN = datetime(2026, 12, 1, 10, tzinfo=UTC)
TODAY = date(2026, 12, 8)
REVIEW = Review(
    workspace="T1",
    facilitator="U7",
    called_by="",
    called_at=BEGUN,
    due_at=BEGUN,
    due_on=BEGUN.date(),
    channel="C1",
    started_at=BEGUN,
    id=4,
)
LONG = replace(
    ITEM,
    id=3,
    what="<" * 300,
    note="&" * 300,
    progress=Progress.BLOCKED,
    reviews_seen=2,
    ticket_closed=True,
    **AMONG_MANY,
)
BUSY = Numbers(open=1, overdue=1, incidents=1, repeated=0)
QUIET = Numbers(open=3, overdue=0, incidents=0, repeated=0)
OLD = replace(QUIET, oldest="PM-3/1", oldest_on=date(2026, 7, 1))
FIRST = "The first item was written on 3 Sep 2026, "
PAUSE = Pause(
    since=date(2026, 9, 3),
    today=TODAY,
    number=1,
    is_first=False,
    numbers=BUSY,
)
CALLED = replace(REVIEW, started_at=None)


def waiting(number: int, *, is_private: bool = False) -> list[Wanting]:
    place = Place(number=7, channel="C7", is_private=is_private)
    why = [Why.EXPIRED, Why.OVERDUE]
    return [owed(KeptItem(item=LONG, place=place), why[each % 2]) for each in range(number)]


def words(message: Message) -> str:
    return str(message["blocks"])


def owing(mine: int = 0, *, chairs: bool = False, **other: Any) -> Owing:
    reader = "U7" if chairs else ITEM.owner
    return Owing(review=REVIEW, reader=reader, today=TODAY, mine=waiting(mine), **other)


def stuck(number: int, *, lead: str = "U9", is_private: bool = False) -> Stuck:
    shown = waiting(min(number, SHOWN_MOST), is_private=is_private)
    return Stuck(review=REVIEW, lead=lead, today=TODAY, days=5, owed=shown, number=number)


def test_everything_at_once_is_what_slack_takes_as_one_message() -> None:
    decided = [Decided(key=f"PM-{each}/1", by="U2") for each in range(20)]
    others = {f"U{each}": 9 for each in range(40)}
    check_message(owing_message(owing(40, chairs=True, others=others, decided=decided)))
    check_message(stuck_message(stuck(9999)))
    check_message(stuck_message(stuck(9999, lead="")))


def test_what_was_typed_is_shown_and_not_obeyed() -> None:
    for message in (owing_message(owing(2)), stuck_message(stuck(2))):
        assert "<<" not in words(message)
        assert "&lt;&lt;" in words(message)


@pytest.mark.parametrize("lead", ["U9", ""])
def test_a_private_item_keeps_its_words_from_everybody_but_its_owner(lead: str) -> None:
    said = words(stuck_message(stuck(1, lead=lead, is_private=True)))
    assert "A private item" in said
    assert "&lt;" not in said
    assert "&amp;" not in said


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (0, "nothing has to be decided any more"),
        (1, "1 item must still be decided"),
        (14, "14 items must still be decided"),
    ],
)
def test_what_keeps_it_open_is_counted(number: int, said: str) -> None:
    message = stuck_message(stuck(number))
    assert message["text"].endswith(said)
    assert ("… and 1 more" in words(message)) is (number > SHOWN_MOST)


def test_once_it_is_closed_nothing_is_asked_any_more() -> None:
    closed = replace(REVIEW, closed_at=BEGUN)
    told = owing_message(replace(owing(2), review=closed))
    assert told["text"].endswith("is closed: nothing is asked of you any more.")
    assert len(told["blocks"]) == 1
    assert stuck_message(replace(stuck(2), review=closed))["text"].endswith("is closed.")


def test_many_owners_are_not_all_named() -> None:
    said = words(owing_message(owing(chairs=True, others={f"U{each}": 1 for each in range(12)})))
    assert "<@U9> 1, and 2 more people" in said


@pytest.mark.parametrize(
    ("pause", "head"),
    [
        (PAUSE, "The programme has stopped: no monthly review has been closed since 3 Sep 2026, "),
        (replace(PAUSE, number=0), "No monthly review has been closed since 3 Sep 2026, "),
        (
            replace(PAUSE, is_first=True),
            f"The programme has not begun: no monthly review has been closed yet. {FIRST}",
        ),
        (
            replace(PAUSE, is_first=True, number=0),
            f"No monthly review has been closed yet. {FIRST}",
        ),
    ],
)
def test_a_month_is_an_alert_and_a_quarter_is_said_plainly(pause: Pause, head: str) -> None:
    message = check_message(alert_message(pause))
    assert message["text"] == f"{head}96 days ago."


@pytest.mark.parametrize(
    ("numbers", "said"),
    [
        (BUSY, "1 item is open, and it is overdue. Since then 1 incident happened, 0 of a class"),
        (QUIET, "3 items are open, none of them overdue. No incident was recorded since then."),
        (OLD, "none of them overdue. The oldest, PM-3/1, was written on 1 Jul 2026. No incident"),
    ],
)
def test_it_is_told_with_its_numbers(numbers: Numbers, said: str) -> None:
    assert said in words(alert_message(replace(PAUSE, numbers=numbers)))


def test_where_no_item_is_open_it_says_what_waits_instead() -> None:
    none_open = replace(PAUSE, numbers=replace(QUIET, open=0), waiting={Why.RISK: 1, Why.LINE: 2})
    said = words(alert_message(none_open))
    assert "this waits for a review: 1 accepted risk whose date has come · 2 lines of old" in said


@pytest.mark.parametrize(
    ("known", "said"),
    [
        ({}, "Choose a review channel in `/postmortem settings`"),
        ({"channel": "C1"}, "`/postmortem review` begins one in <#C1>."),
        ({"current": CALLED}, "The one of 1 Dec 2026 is called: <@U7> chairs it in <#C1>."),
        ({"current": REVIEW}, "is under way in <#C1>: <@U7>, who chairs it, can close it now."),
        ({"current": REVIEW, "owed": 2}, "<#C1>: 2 items must still be decided before <@U7>, who"),
    ],
)
def test_it_says_what_can_be_done(known: dict[str, Any], said: str) -> None:
    assert said in words(alert_message(replace(PAUSE, **known)))
