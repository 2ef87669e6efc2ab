"""Answers that are odd: from another host, without an end, or of a GitHub that is not set up so."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import httpx
import pytest
from aiohttp import web

from integrations.trackers import TicketGone, TrackerBusy, TrackerRefused
from integrations.trackers.github import GitHub
from integrations.trackers.github.api import GitHubApi
from integrations.trackers.github.app import Token
from tests.trackers.github_stage import OURS, SHOP, Clock, Stage, staged, wanted


@pytest.fixture
async def stage() -> AsyncIterator[Stage]:
    """A GitHub that the adapter asks with nobody in between: what it says is odd."""
    async with staged() as stage:
        github = GitHub(stage.stand_in.url, Token(stage.stand_in.token), stage.clock)
        yield Stage(stage.stand_in, stage.heard, github, stage.clock)
        await github.close()


@asynccontextmanager
async def somebody_else() -> AsyncIterator[tuple[str, list[str]]]:
    """Another server: its address, and what it was shown as who asks."""
    shown: list[str] = []

    async def answer(request: web.Request) -> web.Response:
        shown.append(request.headers.get("Authorization", ""))
        return web.json_response([])

    app = web.Application()
    app.router.add_route("*", "/{path:.*}", answer)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    yield f"http://127.0.0.1:{runner.addresses[0][1]}/", shown
    await runner.cleanup()


async def test_a_repository_that_was_renamed_takes_new_issues(stage: Stage) -> None:
    number = stage.repository().id
    there = f"{stage.stand_in.url}repositories/{number}/issues"
    stage.stand_in.fail_next(307, headers={"Location": there}, on="create")
    seen = await stage.github.create(SHOP, OURS, wanted())
    assert (seen.ref, len(stage.stand_in.tickets())) == ("acme/shop/1", 1)


async def test_our_token_is_shown_to_nobody_else(stage: Stage) -> None:
    async with somebody_else() as (url, shown):
        stage.stand_in.fail_next(301, times=2, headers={"Location": url})
        assert await stage.github.find(SHOP, OURS, stage.clock()) is None
        with pytest.raises(TrackerRefused, match="acme/shop is somewhere else on GitHub now"):
            await stage.made()
    assert shown == [""]


async def test_a_list_without_an_end_is_not_followed(stage: Stage) -> None:
    again = {"Link": f'<{stage.stand_in.url}issues?page=2>; rel="next"'}
    stage.stand_in.fail_next(200, times=1000, headers=again, body=[])
    with pytest.raises(TrackerBusy, match="a list without an end"):
        await stage.github.find(SHOP, OURS, stage.clock())


async def test_an_issue_that_went_where_we_may_not_look_is_gone(stage: Stage) -> None:
    ref = await stage.made()
    await stage.stand_in.move(ref)
    token = stage.stand_in.tracker.access.new_token(repositories=("acme/shop",))
    other = GitHub(stage.stand_in.url, Token(token), stage.clock)
    with pytest.raises(TicketGone):
        await other.read(SHOP, ref)
    await other.close()


PUBLIC = {"archived": False, "has_issues": True, "private": False}


@pytest.mark.parametrize(
    ("scopes", "repository", "fine"),
    [
        ("repo, read:org", {**PUBLIC, "private": True}, True),
        ("public_repo", PUBLIC, True),
        ("public_repo", {**PUBLIC, "private": True}, False),
        ("", PUBLIC, False),
    ],
)
async def test_a_classic_token_says_what_it_may(
    stage: Stage, scopes: str, repository: object, *, fine: bool
) -> None:
    stage.stand_in.fail_next(200, headers={"X-OAuth-Scopes": scopes}, body=repository)
    found = await stage.github.check(SHOP)
    assert fine is (found == [])
    assert fine or "it needs the scope “repo”" in found[0]


@pytest.mark.parametrize("status", [403, 404])
async def test_single_sign_on_says_where_to_allow_the_token(stage: Stage, status: int) -> None:
    asked = {"X-GitHub-SSO": "required; url=https://github.com/orgs/acme/sso?authorization=1"}
    stage.stand_in.fail_next(status, headers=asked, body={"message": "Resource protected"})
    with pytest.raises(TrackerRefused, match="whoever the token belongs to does so at https://g"):
        await stage.made()


@pytest.mark.parametrize(
    ("error", "words"),
    [
        ({"type": "INSUFFICIENT_SCOPES", "message": "Needs it."}, "“Projects: Read and write”"),
        ({"type": "UNPROCESSABLE", "message": "It has too many."}, "project: It has too many."),
    ],
)
async def test_an_error_of_a_project_is_told(
    stage: Stage, error: dict[str, str], words: str
) -> None:
    api = GitHubApi(stage.stand_in.url, Token("x"), stage.clock)
    stage.stand_in.fail_next(200, body={"errors": [error]})
    with pytest.raises(TrackerRefused, match=words):
        await api.graphql("acme/shop", "query { x }", {})
    await api.close()


async def test_a_project_that_is_too_slow_is_busy(stage: Stage) -> None:
    api = GitHubApi(stage.stand_in.url, Token("x"), stage.clock)
    slow = {"message": "Something went wrong while executing your query."}
    stage.stand_in.fail_next(200, body={"errors": [slow]})
    with pytest.raises(TrackerBusy):
        await api.graphql("acme/shop", "query { x }", {})
    await api.close()


@pytest.mark.parametrize(
    ("url", "graphql"),
    [
        ("https://api.github.com", "https://api.github.com/graphql"),
        ("https://ghe.example/api/v3", "https://ghe.example/api/graphql"),
        ("https://api.acme.ghe.com/", "https://api.acme.ghe.com/graphql"),
    ],
)
async def test_graphql_is_where_each_github_has_it(url: str, graphql: str) -> None:
    api = GitHubApi(url, Token("x"), Clock())
    assert api.graphql_url == httpx.URL(graphql)
    await api.close()


@pytest.mark.parametrize("status", [400, 403, 404])
async def test_what_says_nothing_is_not_github(stage: Stage, status: int) -> None:
    stage.stand_in.fail_next(status, body="<html>Not here</html>")
    (found,) = await stage.github.check(SHOP)
    assert found.startswith("What answers at 127.0.0.1 is not GitHub's API. Whoever runs")
