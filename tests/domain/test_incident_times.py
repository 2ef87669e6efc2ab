"""When an incident started, was noticed and was over, told by a channel's messages."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from domain.incident_times import UNTOLD, Times, times_told

START = datetime(2026, 11, 20, 14, 0, tzinfo=UTC)
ALERT = "[FIRING:1] checkout p99 above 8 s"
OVER = "Back under 400 ms. Calling it recovered."


def at(minute: float) -> datetime:
    return START + timedelta(minutes=minute)


def told(*said: tuple[float, str], is_all: bool = True) -> Times:
    """Read messages as Slack gives them, the newest first."""
    messages: list[dict[str, Any]] = [
        {"user": "U1", "text": text, "ts": f"{at(minute).timestamp():.6f}"}
        | ({"bot_id": "B1"} if text.startswith("[") else {})
        for minute, text in said
    ]
    return times_told(messages[::-1], is_all=is_all)


def test_the_first_alert_and_the_last_word_that_it_is_over_are_the_times() -> None:
    found = told((0, ALERT), (3, "looking"), (5, ALERT), (60, "recovered"), (70, OVER), (90, "ok"))

    assert found == Times(started_at=at(0), detected_at=at(0), recovered_at=at(70))


def test_who_says_when_it_started_is_believed() -> None:
    assert told((0, "failover started"), (4, ALERT)) == Times(started_at=at(0), detected_at=at(4))


def test_a_person_who_notices_first_is_as_good_as_an_alert() -> None:
    assert told((0, "customers report timeouts")).detected_at == at(0)


@pytest.mark.parametrize(
    ("said", "end"),
    [
        ([(0, ALERT), (9, "all clear")], 9),
        ([(0, ALERT), (9, "recovered"), (20, "all clear")], 9),
        ([(0, ALERT), (9, "recovered"), (20, ALERT)], None),
        ([(0, ALERT), (9, "it has not recovered yet")], None),
        ([(0, ALERT), (9, "[RESOLVED] checkout p99 above 8 s")], 9),
    ],
)
def test_it_is_over_when_nothing_goes_wrong_after_it(
    said: list[tuple[float, str]], end: float | None
) -> None:
    assert told(*said).recovered_at == (None if end is None else at(end))


def test_of_several_incidents_the_last_one_counts() -> None:
    days = 24 * 60
    found = told((-9 * days, ALERT), (-9 * days + 20, OVER), (0, ALERT), (30, OVER))

    assert found == Times(started_at=at(0), detected_at=at(0), recovered_at=at(30))


def test_what_is_said_days_later_does_not_hide_the_incident() -> None:
    assert told((0, ALERT), (30, OVER), (9000, "the fix is deployed")).started_at == at(0)


def test_where_older_messages_were_not_read_only_the_end_is_known() -> None:
    assert told((0, ALERT), (30, OVER), is_all=False) == Times(recovered_at=at(30))


def test_a_story_told_within_a_minute_was_told_afterwards() -> None:
    assert told((0, ALERT), (0.3, "looking"), (0.6, OVER)) == UNTOLD


@pytest.mark.parametrize("said", [[], [(0, "hello"), (3, "who is on call?")]])
def test_a_channel_that_tells_nothing_tells_nothing(said: list[tuple[float, str]]) -> None:
    assert told(*said) == UNTOLD
