"""When a message is tried again, and when somebody must do something first."""

from datetime import UTC, datetime, timedelta

import pytest

from domain.retry import (
    MENDABLE,
    MENDING_ATTEMPTS,
    PERMANENT,
    UNREACHED_ATTEMPTS,
    Failure,
    FailureKind,
    GiveUp,
    Retry,
    decide,
    explain,
)

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
LOST = (FailureKind.UNREACHABLE, FailureKind.UNCERTAIN)


def wait(failure: Failure, attempts: int = 1) -> float:
    decision = decide(failure, attempts, NOW)
    assert isinstance(decision, Retry)
    return (decision.at - NOW).total_seconds()


@pytest.mark.parametrize(("asked", "seconds"), [(30, 30), (0, 1), (0.2, 1), (None, 30)])
@pytest.mark.parametrize("attempts", [1, 1_000_000])
def test_a_rate_limit_is_waited_out_however_often(
    asked: float | None, seconds: float, attempts: int
) -> None:
    failure = Failure(kind=FailureKind.RATE_LIMITED, retry_after=asked)
    assert wait(failure, attempts) == seconds


def test_a_limit_told_as_a_refusal_is_a_limit() -> None:
    assert wait(Failure(kind=FailureKind.REFUSED, code="ratelimited"), 1_000) == 30


@pytest.mark.parametrize("kind", LOST)
@pytest.mark.parametrize(
    ("attempts", "seconds"),
    [(1, 2), (2, 4), (3, 8), (8, 256), (9, 300), (UNREACHED_ATTEMPTS - 1, 300)],
)
def test_a_lost_message_waits_longer_and_longer(
    kind: FailureKind, attempts: int, seconds: float
) -> None:
    assert wait(Failure(kind=kind), attempts) == seconds


@pytest.mark.parametrize("kind", LOST)
def test_slack_away_for_a_weekend_loses_nothing(kind: FailureKind) -> None:
    waits = [wait(Failure(kind=kind), attempts) for attempts in range(1, UNREACHED_ATTEMPTS)]
    assert timedelta(seconds=sum(waits)) >= timedelta(days=3)
    assert isinstance(decide(Failure(kind=kind), UNREACHED_ATTEMPTS, NOW), GiveUp)


@pytest.mark.parametrize("code", ["internal_error", "fatal_error", "service_unavailable"])
def test_slacks_own_trouble_counts_as_a_lost_reply(code: str) -> None:
    assert wait(Failure(kind=FailureKind.REFUSED, code=code), 2) == 4


ARCHIVED = ("is_archived", "is_inactive")
WAITED_FOR = [code for code in MENDABLE if code not in ARCHIVED]


@pytest.mark.parametrize("code", [*WAITED_FOR, "a_code_of_tomorrow", ""])
def test_what_a_person_can_mend_is_tried_every_hour_for_three_days(code: str) -> None:
    failure = Failure(kind=FailureKind.REFUSED, code=code)
    assert wait(failure, MENDING_ATTEMPTS - 1) == timedelta(hours=1).total_seconds()
    assert decide(failure, MENDING_ATTEMPTS, NOW) == GiveUp(reason=explain(code))


@pytest.mark.parametrize("code", ARCHIVED)
def test_an_archive_is_not_asked_again_for_we_hear_when_it_opens(code: str) -> None:
    assert decide(Failure(kind=FailureKind.REFUSED, code=code), 1, NOW) == GiveUp(
        reason=explain(code)
    )


@pytest.mark.parametrize("code", PERMANENT)
def test_what_nobody_can_mend_is_given_up_at_once(code: str) -> None:
    failure = Failure(kind=FailureKind.REFUSED, code=code)
    assert decide(failure, 1, NOW) == GiveUp(reason=PERMANENT[code])


@pytest.mark.parametrize("code", [*MENDABLE, *PERMANENT, "a_code_of_tomorrow"])
def test_every_refusal_is_explained_in_sentences_that_say_what_to_do(code: str) -> None:
    said = explain(code)
    assert said.endswith(".")
    assert any(verb in said for verb in ("Ask", "Invite", "Tell", "Run", "Unarchive"))


def test_no_code_is_both_mendable_and_permanent() -> None:
    assert not MENDABLE.keys() & PERMANENT.keys()
