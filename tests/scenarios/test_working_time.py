"""`/postmortem settings`: when people work is when they hear of what they promised."""

from datetime import UTC, date, datetime, time
from typing import Any

import pytest

from sandbox import Modal
from sandbox.messages import Message
from storage import workspaces
from tests.scenarios.reviewing import DM, TEAM
from tests.scenarios.stage import Stage

#: A Thursday, a week after Thanksgiving.
DUE = date(2026, 12, 3)


async def form(slack: Stage) -> Modal:
    """Give the settings form that Lena opened."""
    await slack.person("lena").command("#general", "/postmortem settings")
    return await slack.person("lena").modal("Programme settings")


async def saved(slack: Stage, **typed: Any) -> None:
    """Let Lena change the settings."""
    answer = await (await form(slack)).fill(**typed).submit()
    assert answer.closed, answer.errors
    await strikes(slack)


async def strikes(slack: Stage) -> None:
    """Let the app's clock strike, and whatever is due be sent."""
    await slack.bot.clock.strike()
    await slack.settled()


async def comes(slack: Stage, day: int, hour: int, minute: int = 0) -> list[Message]:
    """Let it be that time of November, and give the digests that Bob, in London, has."""
    await slack.passes(datetime(2026, 11, day, hour, minute, tzinfo=UTC) - slack.clock.now())
    await strikes(slack)
    return [each for each in slack.person("bob").messages(DM) if "/digest/" in _key(each)]


def _key(message: Message) -> str:
    carried = (message.metadata or {}).get("event_payload", {})
    return str(carried.get("key", ""))


@pytest.fixture
async def promised(slack: Stage) -> Stage:
    """Bob has promised something for a day of which he hears in two days, at half past nine."""
    await slack.started()
    await slack.promised(due_on=DUE)
    return slack


async def test_what_is_set_is_kept_and_shown_again(slack: Stage) -> None:
    await saved(
        slack,
        working_days=["7", "1", "2", "3", "4"],
        work_begins=time(8),
        work_ends=time(16, 30),
        holidays=" il ",
        soak_days="14",
        remind_before_days="3",
        remind_every_days="2",
    )
    async with slack.bot.database.sessions() as session:
        kept = await workspaces.programme(session, TEAM)
    assert (kept.working_days, kept.work_begins, kept.work_ends) == ("12347", time(8), time(16, 30))
    assert (kept.holidays, kept.soak_days) == ("IL", 14)
    assert (kept.remind_before_days, kept.remind_every_days) == (3, 2)
    again = (await form(slack)).values
    assert again["work_begins"]["value"]["selected_time"] == "08:00"
    assert again["holidays"]["value"]["value"] == "IL"


@pytest.mark.parametrize(
    ("typed", "field", "words"),
    [
        ({"holidays": "UK"}, "holidays", "like GB for the United Kingdom"),
        ({"holidays": "Bavaria"}, "holidays", "Write own, none, or the two letters"),
        ({"work_begins": time(18)}, "work_ends", "Choose a later time here"),
        ({"work_ends": time(9)}, "work_ends", "Choose a later time here"),
        ({"remind_every_days": "367"}, "remind_every_days", "from 1 to 366"),
    ],
)
async def test_what_cannot_be_is_refused_where_it_stands(
    slack: Stage, typed: dict[str, Any], field: str, words: str
) -> None:
    opened = (await form(slack)).fill(**typed)
    assert words in (await opened.send()).errors[field]


async def test_the_digest_comes_when_work_begins(promised: Stage) -> None:
    assert await comes(promised, 26, 9, 29) == []
    assert len(await comes(promised, 26, 9, 30)) == 1


async def test_after_the_hour_is_changed_the_next_digest_comes_at_the_new_hour(
    promised: Stage,
) -> None:
    await saved(promised, work_begins=time(8, 15))
    assert await comes(promised, 26, 8, 14) == []
    assert len(await comes(promised, 26, 8, 15)) == 1
    assert len(await comes(promised, 26, 9, 30)) == 1


async def test_after_the_holidays_are_changed_the_next_digest_waits_for_a_working_day(
    promised: Stage,
) -> None:
    await saved(promised, holidays="US")
    assert await comes(promised, 26, 9, 30) == []
    assert len(await comes(promised, 27, 9, 30)) == 1


async def test_after_the_days_are_changed_the_next_digest_comes_on_one_of_them(
    promised: Stage,
) -> None:
    await saved(promised, working_days=["6", "7"])
    assert await comes(promised, 27, 12) == []
    assert len(await comes(promised, 28, 9, 30)) == 1


async def test_after_the_lead_time_is_changed_the_next_digest_comes_so_much_earlier(
    promised: Stage,
) -> None:
    await saved(promised, remind_before_days="8")
    assert await comes(promised, 25, 9, 29) == []
    assert len(await comes(promised, 25, 9, 30)) == 1
    assert len(await comes(promised, 26, 9, 30)) == 1
