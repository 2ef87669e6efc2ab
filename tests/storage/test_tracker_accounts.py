"""Whose account is whose: what was chosen stands, what was found is known."""

import pytest

from domain.tickets import Account, TrackerKind
from storage import tracker_accounts, workspaces
from storage.engine import Sessions
from storage.tracker_accounts import Known
from tests.storage.samples import NOW

JIRA = TrackerKind.JIRA
ANN = Account(id="ann", name="Ann")


@pytest.fixture
async def found(sessions: Sessions) -> Sessions:
    """Somebody whose account was found."""
    async with sessions.begin() as session:
        await workspaces.ensure(session, "T1")
        await tracker_accounts.found(session, "T1", JIRA, "U1", ANN, NOW)
    return sessions


async def test_what_was_found_is_known_both_ways(found: Sessions) -> None:
    async with found() as session:
        known = await tracker_accounts.of_person(session, "T1", JIRA, "U1")
        assert known == Known(person="U1", account="ann", name="Ann", looked_at=NOW)
        assert await tracker_accounts.person_of(session, "T1", JIRA, "ann") == "U1"
        assert await tracker_accounts.person_of(session, "T1", JIRA, "") == ""
        assert await tracker_accounts.person_of(session, "T1", TrackerKind.LINEAR, "ann") == ""


async def test_what_somebody_chose_is_looked_for_next_and_stands(found: Sessions) -> None:
    async with found.begin() as session:
        await tracker_accounts.chosen(session, "T1", JIRA, "U1", "annie", by="U9")
        known = await tracker_accounts.of_person(session, "T1", JIRA, "U1")
        assert known == Known(person="U1", account="ann", name="Ann", typed="annie", chosen_by="U9")
        await tracker_accounts.found(session, "T1", JIRA, "U1", ANN, NOW)
        [known] = await tracker_accounts.all_of(session, "T1", JIRA)
    assert (known.account, known.typed, known.chosen_by) == ("ann", "annie", "U9")


async def test_what_nobody_finds_gives_way_to_what_was_known(found: Sessions) -> None:
    async with found.begin() as session:
        before = await tracker_accounts.of_person(session, "T1", JIRA, "U1")
        assert before is not None
        await tracker_accounts.chosen(session, "T1", JIRA, "U1", "nobody", by="U9")
        await tracker_accounts.restore(session, "T1", JIRA, before)
        assert await tracker_accounts.of_person(session, "T1", JIRA, "U1") == before


async def test_of_two_with_one_account_the_chosen_one_has_it(found: Sessions) -> None:
    async with found.begin() as session:
        await tracker_accounts.chosen(session, "T1", JIRA, "U2", "ann", by="U9")
        await tracker_accounts.found(session, "T1", JIRA, "U2", ANN, NOW)
        assert await tracker_accounts.person_of(session, "T1", JIRA, "ann") == "U2"
        await tracker_accounts.chosen(session, "T1", JIRA, "U2", "", by="U9")
        assert await tracker_accounts.person_of(session, "T1", JIRA, "ann") == "U1"
