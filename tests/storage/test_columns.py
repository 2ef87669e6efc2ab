from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy.exc import StatementError

from storage import postmortems
from storage.engine import Sessions
from tests.storage.samples import FACTS, started

HERE = timezone(timedelta(hours=2))


@pytest.mark.parametrize(
    "instant",
    [
        datetime(2026, 11, 20, 12, 0, tzinfo=HERE),
        datetime(2026, 11, 20, 12, 0, 0, 123456, tzinfo=UTC),
        datetime(2026, 11, 1, 1, 30, fold=1, tzinfo=ZoneInfo("America/New_York")),
        datetime(1999, 12, 31, 23, 59, tzinfo=ZoneInfo("Asia/Kathmandu")),
    ],
    ids=str,
)
async def test_an_instant_comes_back_as_itself_in_utc(
    sessions: Sessions, instant: datetime
) -> None:
    async with sessions.begin() as session:
        await started(session, facts=replace(FACTS, started_at=instant))

    async with sessions() as session:
        found = await postmortems.in_channel(session, "T1", "C1")
    assert found is not None
    assert found.facts.started_at == instant.astimezone(UTC)
    assert found.facts.started_at.tzinfo is UTC


async def test_a_naive_datetime_is_refused(sessions: Sessions) -> None:
    naive = datetime(2026, 11, 20, 12, 0)  # noqa: DTZ001 # the point of the test
    with pytest.raises(StatementError, match="has no time zone"):
        async with sessions.begin() as session:
            await started(session, now=naive)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Zażółć 🧯 \u202ertl", "Zażółć 🧯 \u202ertl"),
        ("a\0b", "a�b"),
        ("half \ud83d of a pair", "half � of a pair"),
        ("'; drop table postmortem; --", "'; drop table postmortem; --"),
    ],
    ids=["any script", "NUL", "half a surrogate pair", "SQL"],
)
async def test_any_text_can_be_kept(sessions: Sessions, typed: str, kept: str) -> None:
    async with sessions.begin() as session:
        await started(session, facts=replace(FACTS, title=typed))

    async with sessions() as session:
        found = await postmortems.in_channel(session, "T1", "C1")
    assert found is not None
    assert found.facts.title == kept
