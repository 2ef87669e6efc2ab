"""Inherited lines that say the same: found together, locked together, decided together."""

import asyncio
from dataclasses import replace
from datetime import timedelta

from domain.inherited import Inheritance, InheritedLine, LineState
from domain.postmortems import Postmortem
from storage import action_items, inherited, postmortems
from storage.engine import Sessions
from tests.handlers.test_two_at_once import waited_for
from tests.storage.samples import FACTS, ITEM, NOW, started


async def imported(sessions: Sessions, name: str, *texts: str, days_ago: int = 0) -> Postmortem:
    """A postmortem of some days ago that inherited these lines."""
    facts = replace(FACTS, started_at=FACTS.started_at - timedelta(days=days_ago))
    async with sessions.begin() as session:
        made = await started(session, channel=None, submission=name, facts=facts)
        await inherited.add(session, "T1", made.id, [InheritedLine(text=text) for text in texts])
    return made


async def first_line(sessions: Sessions, made: Postmortem) -> InheritedLine:
    async with sessions() as session:
        return (await inherited.lines(session, made.id))[0]


async def of_line(sessions: Sessions, made: Postmortem) -> Inheritance:
    """What the first line of a postmortem is found with."""
    line = await first_line(sessions, made)
    async with sessions() as session:
        found = await inherited.inheritance(session, "T1", line.id or 0)
    assert found is not None
    return found


async def test_lines_that_say_the_same_are_found_with_all_their_postmortems(
    sessions: Sessions,
) -> None:
    old = await imported(sessions, "V1", "Add a canary.", "Another", days_ago=90)
    new = await imported(sessions, "V2", "add a  canary")
    found = await of_line(sessions, old)
    assert found.line.text == "Add a canary."
    assert found.home == old.id
    assert [each.number for each in found.origins] == [new.number, old.number]
    assert len(found.ids) == 2


async def test_a_line_that_stands_twice_in_a_document_has_one_postmortem(
    sessions: Sessions,
) -> None:
    made = await imported(sessions, "V1", "Add a canary", "Add a canary!")
    found = await of_line(sessions, made)
    assert (len(found.ids), len(found.origins)) == (2, 1)


async def test_what_a_postmortem_holds_already_is_counted(sessions: Sessions) -> None:
    made = await imported(sessions, "V1", "Add a canary")
    async with sessions.begin() as session:
        await action_items.add(session, "T1", made.id, ITEM, by="U1", now=NOW, submission="")
    [origin] = (await of_line(sessions, made)).origins
    assert (origin.items, origin.risks, origin.tier) == (1, 0, made.facts.tier)


async def test_another_workspace_finds_nothing(sessions: Sessions) -> None:
    made = await imported(sessions, "V1", "Add a canary")
    line = await first_line(sessions, made)
    async with sessions() as session:
        assert await inherited.inheritance(session, "T2", line.id or 0) is None


async def test_all_are_decided_at_once_and_their_postmortems_have_changed(
    sessions: Sessions,
) -> None:
    both = [await imported(sessions, name, "Add a canary") for name in ("V1", "V2")]
    line = await first_line(sessions, both[0])
    async with sessions.begin() as session:
        locked = await inherited.lock(session, "T1", line.id or 0)
        assert locked is not None
        await inherited.decide(session, locked, LineState.DROPPED, "gone", by="U1", at=NOW)
    for made in both:
        kept = await first_line(sessions, made)
        assert (kept.state, kept.reason, kept.decided_by) == (LineState.DROPPED, "gone", "U1")
        assert kept.decided_at == NOW
        async with sessions() as session:
            found = await postmortems.find(session, "T1", made.id)
        assert found is not None
        assert found.version == made.version + 1


async def test_what_is_imported_after_a_decision_is_decided_anew(sessions: Sessions) -> None:
    old = await imported(sessions, "V1", "Add a canary")
    async with sessions.begin() as session:
        line = (await inherited.lines(session, old.id))[0]
        locked = await inherited.lock(session, "T1", line.id or 0)
        assert locked is not None
        await inherited.decide(session, locked, LineState.DROPPED, "gone", by="U1", at=NOW)
    new = await imported(sessions, "V2", "Add a canary")
    assert [each.number for each in (await of_line(sessions, old)).origins] == [old.number]
    assert [each.number for each in (await of_line(sessions, new)).origins] == [new.number]


async def test_of_two_at_once_the_second_sees_what_the_first_decided(sessions: Sessions) -> None:
    both = [await imported(sessions, name, "Add a canary") for name in ("V1", "V2")]
    line = await first_line(sessions, both[0])

    async def drop(by: str) -> LineState:
        async with sessions.begin() as session:
            locked = await inherited.lock(session, "T1", line.id or 0)
            assert locked is not None
            await inherited.decide(session, locked, LineState.DROPPED, by, by=by, at=NOW)
        return locked.line.state

    found = await asyncio.gather(*(drop(by) for by in ("U1", "U2", "U3")))
    assert sorted(found) == [LineState.DROPPED, LineState.DROPPED, LineState.UNDECIDED]


async def test_nobody_who_locks_the_latest_first_waits_for_us_as_we_for_them(
    sessions: Sessions,
) -> None:
    both = [await imported(sessions, name, "Add a canary") for name in ("V1", "V2")]
    line = await first_line(sessions, both[0])

    async def locked() -> None:
        async with sessions.begin() as session:
            await inherited.lock(session, "T1", line.id or 0)

    async with sessions.begin() as session:
        await postmortems.lock(session, "T1", both[1].id)
        other = asyncio.create_task(locked())
        await waited_for(session)
        await postmortems.lock(session, "T1", both[0].id)
    await other
