"""What GitHub refuses, as sentences that say what to do; and what it only puts off."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta

import pytest

from integrations.trackers import TrackerBusy, TrackerRefused
from integrations.trackers.github import GitHub
from integrations.trackers.github.app import Token
from tests.trackers.github_stage import SHOP, Stage, staged, wanted


@pytest.fixture
async def stage() -> AsyncIterator[Stage]:
    """A GitHub with the adapter in front of it."""
    async with staged() as stage:
        yield stage


async def refusal(stage: Stage, project: str = "acme/shop") -> str:
    """Why no ticket can be made."""
    place = replace(SHOP, project=project)
    with pytest.raises(TrackerRefused) as refused:
        await stage.github.find(place, "x", stage.clock())
    return str(refused.value)


async def test_a_token_that_is_revoked_names_the_setting(stage: Stage) -> None:
    stage.stand_in.tracker.access.revoke_all()
    assert await refusal(stage) == (
        "GitHub does not know our token any more. Whoever runs Closed Loop sets a new one in "
        "GITHUB_TOKEN."
    )


async def test_a_repository_that_nobody_knows_is_named(stage: Stage) -> None:
    assert (await refusal(stage, "acme/shoo")).startswith(
        "GitHub has no repository acme/shoo, or our token may not see it. Mend the name"
    )


@pytest.mark.parametrize("project", ["shop", "acme/shop/1", "acme/..", "acme/a b", "", "/shop"])
async def test_what_names_no_repository_is_not_asked_for(stage: Stage, project: str) -> None:
    assert "names no repository of GitHub. Write its owner and its name" in await refusal(
        stage, project
    )
    assert stage.stand_in.calls == []


async def test_a_token_that_may_only_read_is_told_what_it_needs(stage: Stage) -> None:
    access = stage.stand_in.tracker.access
    reader = GitHub(stage.heard.url, Token(access.new_token(may_write=False)), stage.clock)
    with pytest.raises(TrackerRefused, match="does not allow this in acme/shop: Resource not acc"):
        await replace(stage, github=reader).made()
    await reader.close()


async def test_an_archived_repository_is_said_to_be_one(stage: Stage) -> None:
    stage.repository().archived = True
    with pytest.raises(TrackerRefused, match="acme/shop is archived on GitHub"):
        await stage.made()


async def test_a_token_that_lost_the_repository_does_not_say_that_an_issue_is_gone(
    stage: Stage,
) -> None:
    ref = await stage.made()
    access = stage.stand_in.tracker.access
    other = GitHub(
        stage.heard.url, Token(access.new_token(repositories=("acme/attic",))), stage.clock
    )
    with pytest.raises(TrackerRefused, match="no repository acme/shop, or our token may not see"):
        await other.read(SHOP, ref)
    await other.close()


async def test_issues_that_are_switched_off_are_not_gone(stage: Stage) -> None:
    ref = await stage.made()
    stage.repository().has_issues = False
    for asking in (stage.github.read(SHOP, ref), stage.made()):
        with pytest.raises(TrackerRefused, match="Issues are switched off in acme/shop"):
            await asking


async def test_a_label_that_is_too_long_is_named(stage: Stage) -> None:
    place = replace(SHOP, labels=("x" * 60,))
    with pytest.raises(TrackerRefused, match="name is too long"):
        await stage.github.create(place, "x", wanted())


#: docs.github.com/en/rest/using-the-rest-api/troubleshooting-the-rest-api: rate limit errors.
SECONDARY = {"message": "You have exceeded a secondary rate limit. Please wait a few minutes."}


@pytest.mark.parametrize(
    ("status", "headers", "body", "wait"),
    [
        (403, {"Retry-After": "30"}, SECONDARY, 30),
        (403, {}, SECONDARY, 60),
        (429, {"Retry-After": "7"}, SECONDARY, 7),
        (403, {"X-RateLimit-Remaining": "0", "X-RateLimit-Reset": "1796115690"}, {}, 90),
        (429, {"X-RateLimit-Remaining": "0", "X-RateLimit-Reset": "1796115690"}, {}, 90),
        (403, {"X-RateLimit-Remaining": "0", "X-RateLimit-Reset": "9999999999"}, {}, 3600),
        (403, {"X-RateLimit-Remaining": "0", "X-RateLimit-Reset": "1"}, {}, 1),
        (502, {"Retry-After": "5"}, {}, 5),
    ],
)
async def test_what_is_only_put_off_says_for_how_long(
    stage: Stage, status: int, headers: dict[str, str], body: object, wait: int
) -> None:
    dated = {"Date": "Tue, 01 Dec 2026 09:00:00 GMT", **headers}
    stage.stand_in.fail_next(status, headers=dated, body=body)
    with pytest.raises(TrackerBusy) as busy:
        await stage.made()
    assert busy.value.wait == timedelta(seconds=wait)


async def test_what_was_written_too_quickly_is_put_off(stage: Stage) -> None:
    error = {"resource": "Issue", "code": "custom", "message": "was submitted too quickly"}
    body = {"message": "Validation Failed", "errors": [error], "documentation_url": "x"}
    stage.stand_in.fail_next(422, body=body)
    with pytest.raises(TrackerBusy):
        await stage.made()


async def test_a_limit_of_graphql_is_put_off(stage: Stage) -> None:
    ref = await stage.made()
    limited = {"type": "RATE_LIMITED", "message": "API rate limit exceeded for user ID 1."}
    stage.stand_in.fail_next(200, body={"errors": [limited]}, on="plan")
    with pytest.raises(TrackerBusy):
        await stage.github.plan(replace(SHOP, board="project 7"), ref)


async def test_a_proxy_that_answers_in_its_place_is_no_ticket(stage: Stage) -> None:
    stage.stand_in.fail_next(502, body="<html>Sign in</html>")
    with pytest.raises(TrackerBusy, match="does not work at the moment"):
        await stage.made()


async def test_nobody_there_is_busy(stage: Stage) -> None:
    nobody = GitHub("http://127.0.0.1:9/", Token("x"), stage.clock)
    with pytest.raises(TrackerBusy, match="did not answer"):
        await nobody.read(SHOP, "acme/shop/1")
    await nobody.close()
