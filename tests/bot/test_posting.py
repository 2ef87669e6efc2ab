"""What Slack's answers mean for the next attempt."""

import pytest

from bot.posting import failure_of
from domain.retry import FailureKind
from tests.bot.refusing import refusal


@pytest.mark.parametrize(
    ("said", "seconds"),
    [
        ("30", 30),
        ("0.5", 0.5),
        ("soon", None),
        ("Wed, 21 Oct 2026 07:28:00 GMT", None),
        ("nan", None),
        ("9" * 400, None),
        ("", None),
    ],
)
def test_a_wait_that_is_no_number_is_no_wait_that_was_named(
    said: str, seconds: float | None
) -> None:
    failure = failure_of(refusal("ratelimited", 429, Retry_After=said))
    assert (failure.kind, failure.retry_after) == (FailureKind.RATE_LIMITED, seconds)


def test_a_limit_without_a_wait_is_a_limit() -> None:
    failure = failure_of(refusal("ratelimited", 429))
    assert (failure.kind, failure.retry_after) == (FailureKind.RATE_LIMITED, None)
