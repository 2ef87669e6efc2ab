"""What is found out before the first ticket: what keeps it from being made, and who is who."""

from collections.abc import AsyncIterator
from dataclasses import replace

import pytest

from domain.tickets import Account
from integrations.trackers import TrackerBusy
from integrations.trackers.github import GitHub
from integrations.trackers.github.app import Token
from tests.trackers.github_stage import SHOP, Stage, staged


@pytest.fixture
async def stage() -> AsyncIterator[Stage]:
    """A GitHub with the adapter in front of it."""
    async with staged() as stage:
        yield stage


@pytest.mark.parametrize("board", ["", "milestones", "Milestones", "project 7", "Project #7"])
async def test_a_place_that_works_is_fine(stage: Stage, board: str) -> None:
    assert await stage.github.check(replace(SHOP, board=board)) == []
    assert stage.stand_in.tickets() == []


async def test_everything_that_is_wrong_is_said_at_once(stage: Stage) -> None:
    stage.repository().archived, stage.repository().has_issues = True, False
    stage.clock.later(days=30)
    found = await stage.github.check(replace(SHOP, board="milestones"))
    assert [one.partition(".")[0] for one in found] == [
        "acme/shop is archived on GitHub, so that no ticket can be made or changed there",
        "Issues are switched off in acme/shop",
        "acme/shop has no open milestone that is due after today",
    ]


@pytest.mark.parametrize(
    ("project", "board", "words"),
    [
        ("acme/shoo", "", "GitHub has no repository acme/shoo"),
        ("acme", "", "“acme” names no repository of GitHub"),
        ("acme/shop", "cycles", "“cycles” is no board of GitHub"),
        ("acme/shop", "project 9", "GitHub has no project 9 of acme"),
    ],
)
async def test_what_is_not_there_is_named(
    stage: Stage, project: str, board: str, words: str
) -> None:
    (found,) = await stage.github.check(replace(SHOP, project=project, board=board))
    assert found.startswith(words)


async def test_a_token_that_is_unknown_is_one_thing_to_mend(stage: Stage) -> None:
    stage.stand_in.tracker.access.revoke_all()
    (found,) = await stage.github.check(SHOP)
    assert "sets a new one in GITHUB_TOKEN" in found


async def test_an_account_without_a_role_is_found_out(stage: Stage) -> None:
    token = Token(stage.stand_in.tracker.access.new_token(may_write=False))
    reader = GitHub(stage.heard.url, token, stage.clock)
    found = await reader.check(replace(SHOP, board="project 7"))
    await reader.close()
    assert "may not label or assign issues in acme/shop. Give it the role “Triage”" in found[0]
    assert found[1].startswith("We may not change project 7 of acme on GitHub. Give")


async def test_a_github_that_is_down_is_not_a_wrong_place(stage: Stage) -> None:
    stage.stand_in.fail_next(503)
    with pytest.raises(TrackerBusy):
        await stage.github.check(SHOP)


@pytest.mark.parametrize("said", ["ada", "@ada", " Ada ", "ada@example.com"])
async def test_a_login_or_an_address_is_an_account(stage: Stage, said: str) -> None:
    found = await stage.github.account(SHOP, said)
    assert found == Account(id="ada", name="Ada")


@pytest.mark.parametrize(
    "said", ["nobody", "outsider", "outsider@example.com", "x@example.com", "a b", "", "../ada"]
)
async def test_who_cannot_be_assigned_is_no_account(stage: Stage, said: str) -> None:
    assert await stage.github.account(SHOP, said) is None


async def test_an_address_that_two_show_is_nobodys(stage: Stage) -> None:
    stage.stand_in.tracker.backlog.accounts["ben"].email = "ada@example.com"
    assert await stage.github.account(SHOP, "ada@example.com") is None


async def test_an_address_is_no_way_to_search_for_something_else(stage: Stage) -> None:
    assert await stage.github.account(SHOP, 'ada@example.com" type:org') is None
    assert stage.stand_in.calls == []
