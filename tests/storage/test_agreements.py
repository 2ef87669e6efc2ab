"""Agreements: one a person, taken away all at once; and which messages about them stand."""

from datetime import timedelta

from domain.agreements import Agreement
from storage import agreements, deliveries
from storage.engine import Sessions
from tests.storage.samples import NOW, started

LATER = NOW + timedelta(minutes=5)
KINDS = ("agreement", "reminder")


async def test_somebody_agrees_once_and_the_first_time_counts(sessions: Sessions) -> None:
    async with sessions.begin() as session:
        made = await started(session)
        assert await agreements.agree(session, "T1", made.id, "U2", LATER)
        assert await agreements.agree(session, "T1", made.id, "U1", NOW)
        assert not await agreements.agree(session, "T1", made.id, "U1", LATER)

    async with sessions() as session:
        assert await agreements.agreements(session, made.id) == [
            Agreement(person="U1", agreed_at=NOW),
            Agreement(person="U2", agreed_at=LATER),
        ]


async def test_all_agreements_of_one_postmortem_are_withdrawn(sessions: Sessions) -> None:
    async with sessions.begin() as session:
        mine, other = await started(session), await started(session, channel="C2")
        for postmortem in (mine, other):
            await agreements.agree(session, "T1", postmortem.id, "U1", NOW)
        gone = await agreements.withdraw_all(session, mine.id)
        left = [await agreements.agreements(session, each.id) for each in (mine, other)]

    assert gone == [Agreement(person="U1", agreed_at=NOW)]
    assert left == [[], gone]


async def test_withdrawing_what_is_not_there_returns_nothing(sessions: Sessions) -> None:
    async with sessions.begin() as session:
        made = await started(session)
        assert await agreements.withdraw_all(session, made.id) == []
        await agreements.agree(session, "T1", made.id, "U1", NOW)
        await agreements.withdraw_all(session, made.id)
        assert await agreements.agree(session, "T1", made.id, "U1", LATER)


async def test_messages_that_stand_are_told_from_those_to_come(sessions: Sessions) -> None:
    async with sessions.begin() as session:
        for kind, at in zip(KINDS, (NOW, LATER), strict=True):
            await deliveries.enqueue(session, "T1", kind, "1:U1:0", channel="U1", due_at=at)
        assert await agreements.delivered(session, "T1", KINDS, "1:U1:0") == []
        [claimed] = await deliveries.claim(session, NOW, lease=LATER - NOW, limit=8)
        assert await agreements.delivered(session, "T1", KINDS, "1:U1:0") == ["agreement"]
        await deliveries.sent(session, claimed, channel="D1", ts="1.2", now=NOW)

    async with sessions() as session:
        about = await agreements.messages(session, "T1", KINDS, ["1:U1:0", "1:U9:0"])
        assert {each.kind: each.message_ts for each in about} == dict.fromkeys(KINDS) | {
            "agreement": "1.2"
        }
        assert await agreements.delivered(session, "T2", KINDS, "1:U1:0") == []
        assert await agreements.delivered(session, "T1", KINDS, "1:U1:1") == []
