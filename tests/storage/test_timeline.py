from dataclasses import replace
from datetime import timedelta

from domain.contributing_factors import ContributingFactor, FactorKind
from domain.timeline import ENTRIES_MAX, ENTRY_MAX, Milestone, Source, TimelineEntry
from storage import contributing_factors, timeline
from storage.engine import Sessions
from tests.storage.samples import NOW, started

ALERT = TimelineEntry(
    at=NOW,
    text="p99 above 8 s",
    milestone=Milestone.DETECTED,
    source=Source.SHORTCUT,
    permalink="https://example.slack.com/archives/C1/p1",
)
PAGED = TimelineEntry(at=NOW, text="Paged")
BEFORE = TimelineEntry(at=NOW - timedelta(minutes=9), text="Deploy")


async def test_entries_come_back_in_time_and_within_it_as_typed(sessions: Sessions) -> None:
    async with sessions.begin() as session:
        made = await started(session)
        await timeline.replace(session, "T1", made.id, [PAGED, ALERT, BEFORE], by="U1", now=NOW)

    async with sessions() as session:
        kept = await timeline.entries(session, made.id)
    assert [replace(entry, id=None) for entry in kept] == [BEFORE, PAGED, ALERT]
    assert all(entry.id for entry in kept)


async def test_an_edited_entry_keeps_its_row_and_a_new_one_gets_its_own(
    sessions: Sessions,
) -> None:
    async with sessions.begin() as session:
        made = await started(session)
        await timeline.replace(session, "T1", made.id, [BEFORE, ALERT], by="U1", now=NOW)
        deploy, alert = await timeline.entries(session, made.id)
        edited = [replace(alert, text="p99 above 9 s"), PAGED]
        await timeline.replace(session, "T1", made.id, edited, by="U2", now=NOW)
        kept, paged = await timeline.entries(session, made.id)

    assert kept == edited[0]
    assert replace(paged, id=None) == PAGED
    assert paged.id not in (deploy.id, alert.id)


async def test_an_id_used_twice_or_of_another_postmortem_makes_new_rows(
    sessions: Sessions,
) -> None:
    async with sessions.begin() as session:
        mine, other = await started(session), await started(session, channel="C2")
        await timeline.replace(session, "T1", other.id, [ALERT], by="U1", now=NOW)
        [theirs] = await timeline.entries(session, other.id)
        await timeline.replace(session, "T1", mine.id, [theirs, theirs], by="U1", now=NOW)
        [one, two] = await timeline.entries(session, mine.id)
        await timeline.replace(session, "T1", mine.id, [one, one], by="U1", now=NOW)

        assert len(await timeline.entries(session, mine.id)) == 2
        assert await timeline.entries(session, other.id) == [theirs]
    assert len({one.id, two.id, theirs.id}) == 3


async def test_the_longest_timeline_fits_and_can_be_emptied(sessions: Sessions) -> None:
    longest = [replace(BEFORE, text="ż" * ENTRY_MAX)] * ENTRIES_MAX
    async with sessions.begin() as session:
        made = await started(session)
        await timeline.replace(session, "T1", made.id, longest, by="U1", now=NOW)
        kept = await timeline.entries(session, made.id)
        await timeline.replace(session, "T1", made.id, [], by="U1", now=NOW)
        left = await timeline.entries(session, made.id)

    assert [replace(entry, id=None) for entry in kept] == longest
    assert left == []


async def test_factors_keep_their_order_and_their_rows(sessions: Sessions) -> None:
    possible = ContributingFactor(kind=FactorKind.MADE_POSSIBLE, text="No job renews them")
    slowed = ContributingFactor(kind=FactorKind.SLOWED_DETECTION, text="No alert looks at them")
    async with sessions.begin() as session:
        made = await started(session)
        await contributing_factors.replace(
            session, "T1", made.id, [slowed, possible], by="U1", now=NOW
        )
        [first, second] = await contributing_factors.factors(session, made.id)
        await contributing_factors.replace(
            session, "T1", made.id, [second, first], by="U1", now=NOW
        )

        assert await contributing_factors.factors(session, made.id) == [second, first]
    assert [replace(first, id=None), replace(second, id=None)] == [slowed, possible]
