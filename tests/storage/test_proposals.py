from datetime import timedelta

from domain.candidates import Candidate
from domain.proposals import Proposal
from domain.timeline import Milestone, Source
from storage import proposals
from storage.engine import Sessions
from tests.storage.samples import NOW, started

ALERT = Candidate(
    at=NOW,
    text="p99 \ud83d above 8 s\0 \U0001f9ef",
    source=Source.ALERT,
    message_ts="1764000000.000100",
    is_sure=True,
    milestone=Milestone.DETECTED,
    marked_by="U2",
    times=12,
    last_at=NOW + timedelta(hours=1),
)
PROPOSAL = Proposal(
    candidates=[
        ALERT,
        Candidate(at=NOW, text="x", source=Source.APP, message_ts="2", is_sure=False),
    ],
    left_out=7,
    messages_read=5000,
    unread_before="1763000000.000100",
)


async def kept(sessions: Sessions, person: str = "U1") -> int:
    async with sessions.begin() as session:
        made = await started(session, channel=person)
        return await proposals.keep(session, "T1", made.id, person, PROPOSAL, NOW)


async def test_a_proposal_is_kept_as_it_was_made(sessions: Sessions) -> None:
    number = await kept(sessions)
    async with sessions() as session:
        assert await proposals.find(session, "T1", number, "U1") == (1, PROPOSAL)


async def test_only_whoever_was_shown_it_finds_it_and_in_their_workspace(
    sessions: Sessions,
) -> None:
    number = await kept(sessions)
    async with sessions() as session:
        assert await proposals.find(session, "T1", number, "U2") is None
        assert await proposals.find(session, "T2", number, "U1") is None


async def test_an_answered_proposal_is_kept_no_longer(sessions: Sessions) -> None:
    number, other = await kept(sessions), await kept(sessions, "U2")
    async with sessions.begin() as session:
        await proposals.drop(session, number)
        assert await proposals.find(session, "T1", number, "U1") is None
        assert await proposals.find(session, "T1", other, "U2") is not None


async def test_a_proposal_is_forgotten_after_a_day(sessions: Sessions) -> None:
    number = await kept(sessions)
    async with sessions.begin() as session:
        later = NOW + timedelta(days=1, seconds=1)
        await proposals.keep(session, "T1", 1, "U2", PROPOSAL, later)
        assert await proposals.find(session, "T1", number, "U1") is None
