from dataclasses import replace
from datetime import timedelta

from domain.people import Person
from domain.programme import Programme
from storage import people, workspaces
from storage.engine import Sessions
from tests.storage.samples import NOW

ANA = Person(id="U1", name="Ana", zone="Europe/Lisbon")
BOT = Person(id="U2", name="Deploys", is_bot=True, is_outsider=True)


async def test_people_come_back_as_they_were_described(sessions: Sessions) -> None:
    async with sessions.begin() as session:
        await people.remember(session, "T1", [ANA, BOT], NOW)

    async with sessions() as session:
        assert await people.known(session, "T1", ["U2", "U1", "U9"]) == {"U1": ANA, "U2": BOT}
        assert await people.known(session, "T2", ["U1"]) == {}
        assert await people.known(session, "T1", []) == {}


async def test_the_newest_description_wins(sessions: Sessions) -> None:
    gone = replace(ANA, name="Ana B.", is_deactivated=True)
    async with sessions.begin() as session:
        await people.remember(session, "T1", [ANA], NOW)
        await people.remember(session, "T1", [gone], NOW + timedelta(days=1))
        await people.remember(session, "T1", [], NOW)

    async with sessions() as session:
        assert await people.known(session, "T1", ["U1"]) == {"U1": gone}


async def test_who_was_seen_too_long_ago_is_not_known(sessions: Sessions) -> None:
    async with sessions.begin() as session:
        await people.remember(session, "T1", [ANA], NOW - timedelta(hours=2))
        await people.remember(session, "T1", [BOT], NOW)

    async with sessions() as session:
        fresh = await people.known(session, "T1", ["U1", "U2"], newer_than=NOW - timedelta(hours=1))
    assert list(fresh) == ["U2"]


async def test_somebody_named_twice_in_one_breath_is_kept_once(sessions: Sessions) -> None:
    later = replace(ANA, name="Ana B.")
    async with sessions.begin() as session:
        await people.remember(session, "T1", [ANA, later], NOW)

    async with sessions() as session:
        assert await people.known(session, "T1", ["U1"]) == {"U1": later}


async def test_a_workspace_begins_with_the_programmes_own_numbers(sessions: Sessions) -> None:
    async with sessions.begin() as session:
        assert await workspaces.programme(session, "T1") == Programme()
        await workspaces.ensure(session, "T1", name="Tidal", bot_user_id="U0")
        assert await workspaces.programme(session, "T1") == Programme()


async def test_knowing_a_workspace_again_spends_no_number(sessions: Sessions) -> None:
    async with sessions.begin() as session:
        await workspaces.ensure(session, "T1", name="Tidal")
        assert await workspaces.next_number(session, "T1") == 1
        await workspaces.ensure(session, "T1")
        assert await workspaces.next_number(session, "T1") == 2
