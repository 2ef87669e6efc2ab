"""An hour of limits, errors and lost replies: all arrives once and in order, others unharmed."""

import random
from collections import defaultdict
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import pytest

from sandbox.faults import Faults
from sandbox.web_api import MOST_CALLS, Call
from storage.engine import Sessions
from tests.faults.conftest import Report
from tests.faults.desk import NOW, Desk, opened_desk, owe, rows, said, standing

pytestmark = [pytest.mark.faults, pytest.mark.timeout(600)]

PEOPLE = 120
MESSAGES = 1_200
HOUR, TICK = timedelta(hours=1), timedelta(seconds=10)
TICKS = HOUR // TICK
POST = "chat.postMessage"
#: What is asked while a message is sent or looked for.
ASKED = (POST, "conversations.history", "conversations.open", "chat.update")
ELSEWHERE = "T0SANDBOX02"
NONE = {"duplicate": 0, "disordered": 0, "early": 0}


@dataclass
class Owed:
    """What each person has to get, in which order; and the people it goes to."""

    desk: Desk
    people: list[str]
    of: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    number: int = 0

    async def more(self, sessions: Sessions, chance: random.Random, number: int) -> None:
        """Owe this many more, to anybody."""
        for _ in range(number):
            self.number += 1
            person, workspace = chance.choice(self.people), self.desk.workspace
            now, subject = self.desk.clock.now(), str(self.number)
            await owe(sessions, subject, person, now, workspace=workspace)
            self.of[person].append(f"{workspace}/note/{subject}")


@pytest.fixture
async def stormy(sessions: Sessions) -> AsyncIterator[Owed]:
    async with opened_desk(sessions) as desk:
        add = desk.slack.workspace.add_person
        yield Owed(desk, [add(f"owner{n:04}", f"Owner {n}").id for n in range(PEOPLE)])


@pytest.fixture
async def calm(sessions: Sessions, stormy: Owed) -> AsyncIterator[Owed]:
    async with opened_desk(sessions, ELSEWHERE, stormy.desk.clock) as desk:
        yield Owed(desk, [desk.place("@ana"), desk.place("@bob"), desk.place("#general")])


def worse(faults: Faults, chance: random.Random) -> None:
    """Let the next few calls meet with something."""
    method, times = chance.choice(ASKED), chance.randint(1, 6)
    weather = (
        lambda: faults.rate_limit(POST, chance.randint(5, 240), times),
        lambda: faults.rate_limit(method, chance.randint(5, 60), times),
        lambda: faults.broken(POST, chance.choice((500, 502, 503)), times),
        lambda: faults.broken(method, 500, times),
        lambda: faults.drop_reply(POST, times),
        lambda: faults.refuse(POST, "internal_error", times, done=True),
        lambda: faults.refuse(POST, "internal_error", times),
        lambda: faults.refuse(method, "service_unavailable", times),
    )
    chance.choice(weather)()


def too_early(desk: Desk) -> list[Call]:
    """Calls about a conversation that asked for quiet, before that was over."""
    workspace, early = desk.slack.workspace, []
    quiet: dict[str, datetime] = {}
    for call in desk.slack.calls:
        place = str(call.args.get("channel") or call.args.get("users"))
        if place in workspace.channels:  # a DM has an id of its own
            place = workspace.channels[place].partner(workspace.app.bot_user)
        if call.at < quiet.get(place, NOW):
            early.append(call)
        if call.retry_after is not None:
            quiet[place] = call.at + timedelta(seconds=call.retry_after)
    return early


async def _hour(stormy: Owed, calm: Owed, chance: random.Random) -> None:
    """Let an hour pass in which both workspaces are owed something all the time."""
    sessions = stormy.desk.sessions
    for _ in range(TICKS):
        stormy.desk.clock.turn(TICK)
        await stormy.more(sessions, chance, chance.randint(0, 2 * MESSAGES // TICKS))
        await calm.more(sessions, chance, 1)
        if chance.random() < 0.6:
            worse(stormy.desk.slack.faults, chance)
        await stormy.desk.deliver()
        await calm.desk.deliver()


async def test_an_hour_of_storm_loses_doubles_and_overtakes_nothing_and_harms_nobody_else(
    stormy: Owed, calm: Owed, seed: int, report: Report
) -> None:
    await _hour(stormy, calm, random.Random(seed))  # noqa: S311 - chance, not a secret
    stormy.desk.slack.faults.clear()
    await stormy.desk.deliver_all()

    calls = stormy.desk.slack.calls
    assert len(calls) < MOST_CALLS  # or the first of them are forgotten
    limited, refused = (len([one for one in calls if true(one)]) for true in (_limited, _refused))
    for name, each in (("in the storm", stormy), ("elsewhere", calm)):
        found = await _found(each)
        report(name, seed=seed, **found, limited=limited, refused=refused)
        assert found["sent"] == found["owed"] == each.number
        assert {key: found[key] for key in ("duplicate", "disordered", "early")} == NONE
        limited = refused = 0
    assert found["late"] == 0


def _limited(call: Call) -> bool:
    return call.retry_after is not None


def _refused(call: Call) -> bool:
    return not call.response["ok"] and not _limited(call)


async def _found(owed: Owed) -> dict[str, int]:
    """What arrived of it, and how."""
    desk, placed, stands = owed.desk, said(owed.desk.slack), standing(owed.desk.slack)
    mine = [each for each in await rows(desk.sessions) if each.workspace_id == desk.workspace]
    return {
        "owed": owed.number,
        "sent": len(stands),
        "late": sum(each.sent_at != each.created_at for each in mine),
        "duplicate": stands.total() - len(stands),
        "disordered": sum(placed[place] != expected for place, expected in owed.of.items()),
        "early": len(too_early(desk)),
    }
