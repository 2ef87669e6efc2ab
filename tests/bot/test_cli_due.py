"""`closedloop due`: what it foresees is what the clock does, and what it sends is sent once."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.cli_due import TOO_EARLY
from bot.demo import settings_for
from bot.due import look
from bot.sending import Became, Outcome, send_due
from bot.sending_reports import all_is_well
from bot.sending_reports import as_json as sent_as_json
from bot.sending_reports import as_table as sent_as_table
from domain.hearing import Need
from domain.people import Person
from handlers.cards import TROUBLE
from sandbox import Sandbox
from storage import action_items, deliveries, people, workspaces
from storage.engine import open_database
from tests.bot.conftest import settings_of
from tests.bot.test_cli import ran
from tests.bot.test_stop import database, sandbox
from tests.scenarios.deciding import led_by, promised
from tests.scenarios.hearing import digests, posted, until
from tests.scenarios.stage import Stage
from tests.storage.samples import ITEM, NOW, started

__all__ = ["database", "sandbox"]

TEAM = "T0SANDBOX01"
#: Bob's item of `promised` is due on Thursday, 24 December; he works in London.
MORNING = datetime(2026, 12, 17, 9, 30, tzinfo=UTC)
A_MINUTE = timedelta(minutes=1)
A_DAY = timedelta(days=1)


@contextmanager
def no_bar(_number: int) -> Iterator[Callable[[], None]]:
    yield lambda: None


async def foreseen(slack: Stage, at: datetime) -> list[tuple[str, datetime, dict[Need, int]]]:
    found = await look(slack.bot.database.sessions, at, slack.clock.now())
    return [(each.reader.name, each.at, dict(each.needs)) for due in found for each in due.digests]


async def test_a_digest_is_foreseen_for_the_morning_on_which_the_clock_owes_it(
    slack: Stage,
) -> None:
    await promised(slack)

    assert await foreseen(slack, MORNING - A_MINUTE) == []
    bobs = ("Bob Okonjo", MORNING, {Need.DUE_SOON: 1})
    assert await foreseen(slack, MORNING) == [bobs]
    assert await foreseen(slack, MORNING + A_DAY) == [bobs]
    assert digests(slack, "bob") == []

    await until(slack, "2026-12-17 09:30")
    assert posted(slack, "bob") == ["2026-12-17 09:30"]
    assert await foreseen(slack, MORNING + A_DAY) == []


async def test_what_was_missed_is_foreseen_for_the_next_hour_of_work(slack: Stage) -> None:
    await promised(slack)
    saturday = datetime(2026, 12, 19, 12, tzinfo=UTC)
    slack.clock.turn(saturday - slack.clock.now())

    assert await foreseen(slack, saturday) == []
    [(_, at, _)] = await foreseen(slack, saturday + 3 * A_DAY)

    assert at == datetime(2026, 12, 21, 9, 30, tzinfo=UTC)


async def test_what_somebody_left_behind_is_foreseen_for_the_lead(slack: Stage) -> None:
    await promised(slack)
    await led_by(slack, "lena")
    async with slack.bot.database.sessions.begin() as session:
        gone = Person(id=slack.id_of("bob"), name="Bob", is_deactivated=True)
        lena = Person(id=slack.id_of("lena"), name="Lena", zone="Europe/Berlin")
        await people.remember(session, TEAM, [gone, lena], slack.clock.now())

    [(name, at, needs)] = await foreseen(slack, MORNING)

    assert (name, at, needs) == ("Lena", MORNING - timedelta(hours=1), {Need.DUE_SOON: 1})


async def owe(sandbox: Sandbox, database: Path, at: datetime, to: str = "bob") -> None:
    """Let somebody have an item that is overdue, and nobody be running that would say so."""
    opened = open_database(f"sqlite:///{database}")
    async with opened.sessions.begin() as session:
        owner = sandbox.workspace.person(to)
        await workspaces.ensure(session, TEAM)
        await people.remember(session, TEAM, [Person(id=owner.id, name="Bob")], at)
        made = await started(session, TEAM)
        late = replace(ITEM, owner=owner.id, due_on=date(2026, 11, 1))
        long_ago = at - 30 * A_DAY
        item = await action_items.add(
            session, TEAM, made.id, late, by="U1", now=long_ago, submission=""
        )
        await action_items.hear(session, item.id or 0, long_ago)
    await opened.close()


async def sent(sandbox: Sandbox, database: Path, at: datetime) -> list[Became]:
    return await send_due(settings_for(sandbox, database), lambda: at, no_bar)


async def test_what_is_due_is_sent_once_without_a_process_that_listens(
    sandbox: Sandbox, database: Path
) -> None:
    at = datetime(2026, 11, 24, 10, tzinfo=UTC)
    await owe(sandbox, database, at)

    [became] = await sent(sandbox, database, at)

    assert (became.delivery.kind, became.to, became.outcome) == ("digest", "Bob", Outcome.SENT)
    assert await sent(sandbox, database, at + A_MINUTE) == []
    posts = [each for each in sandbox.calls if each.method == "chat.postMessage"]
    assert len(posts) == 1
    assert not any(each.method == "apps.connections.open" for each in sandbox.calls)


async def test_what_cannot_be_sent_is_told_with_why(sandbox: Sandbox, database: Path) -> None:
    at = datetime(2026, 11, 24, 10, tzinfo=UTC)
    await owe(sandbox, database, at)
    sandbox.faults.refuse("chat.postMessage", "channel_not_found")

    became = await sent(sandbox, database, at)

    assert not all_is_well(became)
    told = sent_as_table(became)
    assert "channel_not_found" in told
    assert told.splitlines()[-1] == "1 not sent."


def became(outcome: Outcome, **other: Any) -> Became:
    about: dict[str, Any] = {"kind": TROUBLE, "channel": "U1", "due_at": None, "last_error": None}
    made = deliveries.Delivery(
        **{
            **dict.fromkeys(deliveries.Delivery.__dataclass_fields__),
            **about,
            **other,
        }
    )
    return Became(delivery=made, since=NOW, to="Ana", outcome=outcome)


def test_what_was_sent_late_given_up_and_left_is_counted() -> None:
    all_of_it = [
        became(Outcome.SENT),
        became(Outcome.SENT),
        became(Outcome.LATE),
        became(Outcome.LATER, due_at=NOW + A_DAY),
        became(Outcome.GIVEN_UP, last_error="is_archived"),
    ]

    said = json.loads(sent_as_json(all_of_it))

    assert sent_as_table(all_of_it).endswith("2 sent, 1 sent late, 1 not yet, 1 given up.")
    assert (said["sent"], said["late"], said["nothing"], said["given_up"]) == (2, 1, 0, 1)
    assert said["deliveries"][3]["next_try"] == "2026-11-21T14:03:00Z"
    assert said["deliveries"][4]["last_error"] == "is_archived"
    assert all_is_well(all_of_it[:4])
    assert not all_is_well(all_of_it)
    assert sent_as_table([]) == "Nothing was due."


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        ([], 0, "Nothing is due by "),
        (["--at", "2026-12-01T09:30+01:00"], 0, "Nothing is due by 2026-12-01 08:30 UTC."),
        (["--at", "2026-12-01", "--format", "json"], 0, '{\n  "at": "2026-12-01T00:00:00Z"'),
        (["--at", "lunch"], 2, "Invalid value for '--at': Write it like 2026-12-01T09:30"),
        (["--at", "9999-01-01"], 2, "Choose a year from 1970 to 9000."),
        (["--at", "3000-01-01", "--send"], 1, TOO_EARLY),
        (["--send"], 2, "SLACK_BOT_TOKEN is missing"),
    ],
)
async def test_the_command_shows_and_refuses(
    tmp_path: Path, words: list[str], code: int, said: str
) -> None:
    ended, printed, complaints = await ran(
        tmp_path, "-m", "bot", "due", *words, DATABASE_URL="sqlite:///a.sqlite3"
    )

    assert ended == code
    assert said in printed + " ".join(each.strip("│ ") for each in complaints)


async def test_the_command_sends_with_nothing_but_a_token(
    sandbox: Sandbox, database: Path, tmp_path: Path
) -> None:
    await owe(sandbox, database, datetime.now(UTC))
    wanted = ("SLACK_BOT_TOKEN", "SLACK_API_URL", "DATABASE_URL")
    environment = {name: settings_of(sandbox, database)[name] for name in wanted}

    async def sending(**other: str) -> tuple[int, str, list[str]]:
        return await ran(tmp_path, "-m", "bot", "due", "--send", **(environment | other))

    code, _, complaints = await sending(SLACK_BOT_TOKEN="xoxb-wrong")
    assert (code, complaints) == (
        1,
        ["Slack refuses the token: invalid_auth. Compare it with the app's settings in Slack."],
    )
    code, said, complaints = await sending()
    assert (code, complaints) == (0, [])
    assert said
