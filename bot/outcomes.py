"""What becomes of a delivery that was not sent: when it is tried again, and who waits for it."""

from datetime import datetime

import structlog
from sqlmodel.ext.asyncio.session import AsyncSession

from domain.retry import LEAST_WAIT, MENDING_WAIT, Failure, FailureKind, GiveUp, Retry, decide
from handlers.cards import TROUBLE, trouble_of
from handlers.outgoing import Later
from storage import deliveries
from storage.deliveries import Delivery

log = structlog.get_logger(__name__)

#: How the code of a failure begins that is no word of Slack's.
OURS = "internal: "
#: With the waits of `domain/retry.py` these take half an hour.
HOLDING_ATTEMPTS = 12


def failure_of_ours(bug: Exception) -> Failure:
    """A fault of our own code, in the middle of we do not know what."""
    return Failure(kind=FailureKind.UNCERTAIN, code=f"{OURS}{type(bug).__name__}")


async def note_unsaid(
    session: AsyncSession, delivery: Delivery, later: Later | None, now: datetime
) -> None:
    """Note that there is nothing to say, now or any more; an instant that is past is soon."""
    if later is None:
        await deliveries.dropped(session, delivery, now)
        return
    at = max(later.at, now + LEAST_WAIT)
    log.info("delivery_not_yet", until=at.isoformat())
    await deliveries.postpone(session, delivery, at, now)


async def note_failure(
    session: AsyncSession, delivery: Delivery, failure: Failure, now: datetime
) -> None:
    """Note when it is tried again, or that it is not, and owe a word to whoever can mend it."""
    decision = decide(failure, delivery.attempts, now)
    error = failure.code or failure.kind.value
    match decision:
        case Retry(at=at) if failure.kind is FailureKind.RATE_LIMITED:
            log.info("delivery_paused", until=at.isoformat())
            await deliveries.pause(session, delivery, at, error)
        case Retry(at=at):
            log.warning("delivery_postponed", error=error, until=at.isoformat())
            holds = _holds(failure, delivery.attempts, waits_for_somebody=_is_long(at, now))
            await deliveries.retry_at(session, delivery, at, error, holds=holds)
        case GiveUp(reason=reason):
            log.error("delivery_given_up", error=error, why=reason)
            await deliveries.give_up(session, delivery, now, error)
    if _worth_telling(delivery, failure, decision, now):
        subject, to = trouble_of(delivery), delivery.asked_by
        await deliveries.enqueue(
            session, delivery.workspace_id, TROUBLE, subject, channel=to, due_at=now
        )


def _holds(failure: Failure, attempts: int, *, waits_for_somebody: bool) -> bool:
    """Whether what else goes to the conversation waits for the retry, so that order is kept.

    It does while Slack cannot be reached or does not answer: nothing else would get through
    either. It does not where a person has to mend something, which may take days, or where the
    fault is our own in this one message. An answer that tells of a fault of Slack's may be about
    this one message too, so it holds up the others for HOLDING_ATTEMPTS only.
    """
    if failure.kind is FailureKind.REFUSED:
        return not waits_for_somebody and attempts < HOLDING_ATTEMPTS
    return not failure.code.startswith(OURS)


def _is_long(at: datetime, now: datetime) -> bool:
    return at >= now + MENDING_WAIT


def _worth_telling(
    delivery: Delivery, failure: Failure, decision: Retry | GiveUp, now: datetime
) -> bool:
    """Tell whoever asked when nothing more is tried, and once when a person has to mend it."""
    if delivery.kind == TROUBLE or not delivery.asked_by:
        return False
    if isinstance(decision, GiveUp):
        return True
    waits_for_somebody = failure.kind is FailureKind.REFUSED and _is_long(decision.at, now)
    # The first attempt since somebody asked, who may be another than the one who knows.
    is_news = delivery.attempts == 1 or delivery.last_error != failure.code
    return waits_for_somebody and is_news
