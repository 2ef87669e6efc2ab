"""Slack on a bad day: lost replies, limits, an hour of silence. All arrives, nothing twice."""

import random
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from itertools import cycle

import pytest

from domain.postmortems import Postmortem
from handlers.sections import CARD
from storage import postmortems
from storage.engine import Sessions
from tests.faults.conftest import Report
from tests.faults.desk import WORKSPACE, Desk, opened_desk, standing
from tests.storage.samples import started

pytestmark = [pytest.mark.faults, pytest.mark.timeout(600)]

CHANNELS = ("#general", "#reliability", "#inc-checkout-latency", "#inc-auth-tokens")
PEOPLE = ("@ana", "@bob", "@mei", "@priya", "@diego", "@freya", "@lena", "@tomas", "@jun", "@nora")
OWED = 300
SECOND = timedelta(seconds=1)
PAUSE = 30


@pytest.fixture
async def desk(sessions: Sessions) -> AsyncIterator[Desk]:
    async with opened_desk(sessions) as opened:
        yield opened


@pytest.fixture
def chance(seed: int) -> random.Random:
    return random.Random(seed)  # noqa: S311 - chance, not a secret


async def _owe(desk: Desk) -> None:
    for number, channel in zip(range(OWED), cycle(CHANNELS + PEOPLE), strict=False):
        await desk.owe(str(number), to=channel)


async def _round(desk: Desk) -> bool:
    """Send one batch, a second after the last or whenever something is due; False at the end."""
    due = await desk.next_due()
    if due is None:
        return False
    desk.clock.turn(max(SECOND, due - desk.clock.now()))
    await desk.courier.send_due()
    return True


async def test_replies_lost_at_random_lose_and_double_nothing(
    desk: Desk, chance: random.Random, seed: int, report: Report
) -> None:
    lost = 0
    await _owe(desk)
    while await _round(desk):
        if chance.random() < 0.5:
            desk.slack.faults.drop_reply("chat.postMessage", times=chance.randint(1, 4))
            lost += 1

    stands = standing(desk.slack)
    report("lost replies", seed=seed, owed=OWED, sent=stands.total(), droughts=lost)
    assert (len(stands), stands.total()) == (OWED, OWED)
    assert desk.called("chat.postMessage") == OWED


async def test_all_sorts_of_weather_lose_and_double_nothing(
    desk: Desk, chance: random.Random, seed: int, report: Report
) -> None:
    await _owe(desk)
    faults = desk.slack.faults
    weather = (
        lambda: faults.drop_reply("chat.postMessage", times=chance.randint(1, 4)),
        lambda: faults.drop_reply("conversations.history", times=chance.randint(1, 4)),
        lambda: faults.drop_reply("chat.update"),
        lambda: faults.drop_reply("conversations.open"),
        lambda: faults.rate_limit("chat.postMessage", PAUSE, times=chance.randint(1, 4)),
        lambda: faults.rate_limit("conversations.history", PAUSE, times=2),
        lambda: faults.down(chance.random() < 0.5, status=chance.choice((None, 500, 503))),
        lambda: faults.down(on=False),
    )
    rounds = 0
    while await _round(desk) and (rounds := rounds + 1):
        chance.choice(weather)()
        faults.down(faults.is_down and rounds < OWED, status=faults.down_status)

    stands = standing(desk.slack)
    report("all weather", seed=seed, owed=OWED, sent=stands.total(), rounds=rounds)
    assert (len(stands), stands.total()) == (OWED, OWED)


async def test_in_a_storm_of_limits_no_call_comes_earlier_than_told(
    desk: Desk, chance: random.Random, seed: int, report: Report
) -> None:
    await _owe(desk)
    while await _round(desk):
        if chance.random() < 0.3:
            desk.slack.faults.rate_limit("chat.postMessage", PAUSE, times=chance.randint(1, 8))

    calls = desk.slack.calls_of("chat.postMessage")
    limited = [call for call in calls if not call.response["ok"]]
    early = [
        late
        for told in limited
        for late in calls
        if late.args["channel"] == told.args["channel"]
        and told.at < late.at < told.at + timedelta(seconds=PAUSE)
    ]
    stands = standing(desk.slack)
    report("storm of 429", seed=seed, owed=OWED, sent=stands.total(), limited=len(limited))
    assert (len(stands), stands.total(), early) == (OWED, OWED, [])
    assert desk.called("conversations.history") == 0


@pytest.mark.parametrize("status", [None, 503])
async def test_after_an_hour_of_silence_all_arrives_once_in_its_newest_state(
    desk: Desk, status: int | None, report: Report
) -> None:
    await _owe(desk)
    old, new = await _card(desk, "#reliability"), await _card(desk, "#inc-checkout-latency")
    await _change(desk, old, "State 0")
    await desk.deliver_all()
    before = len(desk.slack.calls)
    desk.slack.faults.down(status=status)
    for number in range(1, 11):
        for each in (old, new):
            await _change(desk, each, f"State {number}")
        await desk.deliver(timedelta(minutes=6))
    desk.slack.faults.down(on=False)
    await desk.deliver(timedelta(minutes=5))

    shown = [desk.messages(str(each.id), CARD) for each in (old, new)]
    assert [len(messages) for messages in shown] == [1, 1]
    assert all("State 10" in messages[0].words() for messages in shown)
    methods = [call.method for call in desk.slack.calls[before:] if "pins" not in call.method]
    report("an hour down", owed=OWED + 2, sent=standing(desk.slack).total())
    assert sorted(methods) == ["chat.postMessage", "chat.update", "conversations.history"]


async def _card(desk: Desk, channel: str) -> Postmortem:
    async with desk.sessions.begin() as session:
        made = await started(session, WORKSPACE, desk.place(channel))
    return replace(made, channel=channel)


async def _change(desk: Desk, postmortem: Postmortem, text: str) -> None:
    async with desk.sessions.begin() as session:
        await postmortems.lock(session, WORKSPACE, postmortem.id)
        await postmortems.change_root_cause(session, postmortem.id, text)
    await desk.owe(str(postmortem.id), to=postmortem.channel or "", kind=CARD)
