"""Closed Loop as a GitHub App."""

from collections.abc import AsyncIterator
from dataclasses import replace

import pytest

from domain.tickets import TicketState
from integrations.trackers import TrackerRefused
from integrations.trackers.github import GitHub
from integrations.trackers.github.app import App, Token
from sandbox.tracker.people_api import PERMISSIONS
from tests.trackers.github_stage import OURS, SHOP, Stage, staged, wanted


@pytest.fixture
async def stage() -> AsyncIterator[Stage]:
    """A GitHub that Closed Loop comes to as an app."""
    async with staged(as_app=True) as stage:
        yield stage


async def test_an_app_is_known_by_its_name_without_any_repository(stage: Stage) -> None:
    assert await stage.github.known_as() == "closed-loop"


async def test_an_app_borrows_one_token_for_many_calls(stage: Stage) -> None:
    ref = await stage.made()
    await stage.github.update(SHOP, ref, wanted(), wanted(state=TicketState.DONE))
    assert stage.stand_in.calls == ["token", "token", "create", "read", "update"]


async def test_a_token_is_renewed_before_it_ends(stage: Stage) -> None:
    ref = await stage.made()
    stage.clock.later(minutes=54)
    await stage.github.read(SHOP, ref)
    assert stage.stand_in.calls.count("token") == 2
    stage.clock.later(minutes=1)
    await stage.github.read(SHOP, ref)
    assert stage.stand_in.calls.count("token") == 4


async def test_an_app_that_is_installed_anew_asks_for_another_token(stage: Stage) -> None:
    ref = await stage.made()
    stage.stand_in.tracker.access.revoke_all()
    with pytest.raises(TrackerRefused, match="GITHUB_APP_ID and GITHUB_APP_PRIVATE_KEY"):
        await stage.github.read(SHOP, ref)
    assert (await stage.github.read(SHOP, ref)).ref == ref


async def test_an_app_that_is_not_installed_says_where_to(stage: Stage) -> None:
    place = replace(SHOP, project="acme/shoo")
    (found,) = await stage.github.check(place)
    assert found.endswith(
        "or our app is not installed for it. Install the app there, or mend the "
        "name in /postmortem settings trackers."
    )


async def test_an_app_that_nothing_keeps_is_fine(stage: Stage) -> None:
    assert await stage.github.check(SHOP) == []


async def test_an_app_of_another_number_is_told_which_settings_to_check(stage: Stage) -> None:
    key = stage.stand_in.tracker.access.private_key
    other = GitHub(stage.heard.url, App("4712", key), stage.clock)
    with pytest.raises(TrackerRefused, match="whoever runs Closed Loop checks GITHUB_APP_ID"):
        await other.create(SHOP, OURS, wanted())
    await other.close()


async def test_a_key_on_one_line_is_a_key(stage: Stage) -> None:
    access = stage.stand_in.tracker.access
    key = access.private_key.replace("\n", "\\n")
    other = GitHub(stage.heard.url, App(access.app_id, key), stage.clock)
    assert await other.check(SHOP) == []
    await other.close()


async def test_what_is_no_key_is_said_to_be_none(stage: Stage) -> None:
    other = GitHub(stage.heard.url, App("4711", "no key"), stage.clock)
    with pytest.raises(TrackerRefused, match="GITHUB_APP_PRIVATE_KEY is no private key"):
        await other.create(SHOP, OURS, wanted())
    await other.close()


def test_a_secret_is_not_printed() -> None:
    assert "secret" not in f"{Token('secret')}{App('1', 'secret')}"


async def test_an_app_that_may_only_read_is_told_what_it_needs(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(PERMISSIONS, "issues", "read")
    (found,) = await stage.github.check(SHOP)
    assert found.startswith("Our app may make no issues in acme/shop. Give it “Issues: Read and")
