"""`POST /api/trackers/{kind}`: what is listened to, what is refused, and what is answered."""

import asyncio
import gzip
import json
from datetime import timedelta
from typing import Any

import aiohttp
import pytest

from bot.hooks import BODY_MAX, LONG
from domain.tickets import TrackerKind
from tests.bot import hooked
from tests.bot.hooked import GITHUB, JIRA, LINEAR, SECRET, found, hook, placed, send, ticketed
from tests.scenarios.stage import Stage

every_tracker = pytest.mark.parametrize("kind", list(TrackerKind))


@pytest.fixture
def also_set() -> dict[str, Any]:
    """The secret of each tracker's webhooks."""
    return {f"{kind}_webhook_secret": SECRET for kind in TrackerKind}


@every_tracker
@pytest.mark.parametrize("mode", ["socket", "http"], indirect=True)
async def test_a_ticket_that_a_webhook_names_is_looked_at(
    slack: Stage, http: aiohttp.ClientSession, kind: TrackerKind
) -> None:
    before = await ticketed(slack, kind)
    assert await send(slack, http, kind, hook(kind, slack.clock.now())) == (200, {"heard": True})
    ticket = await found(slack)
    assert (ticket.wanted, ticket.due_at) == (before.wanted + 1, slack.clock.now())
    (line,) = slack.logged("hook_heard")
    assert (line["tracker"], line["is_ours"]) == (kind, True)


@every_tracker
@pytest.mark.parametrize("sign", ["another", "nothing"])
async def test_one_that_is_not_signed_by_the_tracker_is_refused(
    slack: Stage, http: aiohttp.ClientSession, kind: TrackerKind, sign: str
) -> None:
    before = await ticketed(slack, kind)
    headers, body = hook(kind, slack.clock.now(), secret="another's")
    said = headers if sign == "another" else {"X-GitHub-Event": "issues"}
    status, told = await send(slack, http, kind, (said, body))
    assert (status, await found(slack)) == (401, before)
    assert told["error"].endswith(".")


@every_tracker
async def test_a_signature_that_is_no_text_is_refused(slack: Stage, kind: TrackerKind) -> None:
    headers, body = hook(kind, slack.clock.now())
    spoilt = {name: f"{value}\udcff" for name, value in headers.items()}
    assert await hooked.send_raw(slack, kind, (spoilt, body)) == 401


@pytest.mark.parametrize("body", [b"no gzip", gzip.compress(b" " * 50_000_000)])
async def test_what_is_packed_is_no_way_around_its_length(slack: Stage, body: bytes) -> None:
    headers, _ = hook(GITHUB, slack.clock.now())
    status = await hooked.send_raw(slack, "github", ({**headers, "Content-Encoding": "gzip"}, body))
    assert status in {400, 413}


@every_tracker
async def test_one_that_is_told_again_is_refused(
    slack: Stage, http: aiohttp.ClientSession, kind: TrackerKind
) -> None:
    await ticketed(slack, kind)
    said = hook(kind, slack.clock.now())
    await send(slack, http, kind, said)
    wanted = (await found(slack)).wanted
    status, told = await send(slack, http, kind, said)
    assert (status, (await found(slack)).wanted) == (409, wanted)
    assert "listened to once" in told["error"]


@pytest.mark.parametrize("kind", [JIRA, LINEAR])
async def test_one_that_says_when_it_was_sent_is_refused_when_it_is_old(
    slack: Stage, http: aiohttp.ClientSession, kind: TrackerKind
) -> None:
    before = await ticketed(slack, kind)
    said = hook(kind, slack.clock.now() - timedelta(days=1))
    assert (await send(slack, http, kind, said))[0] == 401
    assert await found(slack) == before


@every_tracker
async def test_a_project_that_is_not_ours_is_refused(
    slack: Stage, http: aiohttp.ClientSession, kind: TrackerKind
) -> None:
    await placed(slack, kind)
    said = hook(kind, slack.clock.now(), project="acme/other", ref="acme/other/3")
    for _ in range(2):  # it is not remembered either: the project may be ours tomorrow
        status, told = await send(slack, http, kind, said)
        assert (status, "/postmortem settings trackers" in told["error"]) == (403, True)


@every_tracker
async def test_a_ticket_that_was_moved_there_is_ours_all_the_same(
    slack: Stage, http: aiohttp.ClientSession, kind: TrackerKind
) -> None:
    ref = "acme/attic/4" if kind is GITHUB else hooked.REFS[kind]
    before = await ticketed(slack, kind, ref)
    said = hook(kind, slack.clock.now(), project="acme/attic", ref=ref)
    assert (await send(slack, http, kind, said))[0] == 200
    assert (await found(slack)).wanted == before.wanted + 1


@every_tracker
async def test_a_ticket_of_others_in_a_project_of_ours_is_nothing_to_do(
    slack: Stage, http: aiohttp.ClientSession, kind: TrackerKind
) -> None:
    before = await ticketed(slack, kind)
    said = hook(kind, slack.clock.now(), ref="acme/shop/99")
    assert await send(slack, http, kind, said) == (200, {"heard": False})
    assert await found(slack) == before


async def test_a_project_is_ours_however_its_letters_are_cased(
    slack: Stage, http: aiohttp.ClientSession
) -> None:
    await placed(slack, GITHUB)
    said = hook(GITHUB, slack.clock.now(), project="Acme/Shop")
    assert await send(slack, http, "github", said) == (200, {"heard": False})


async def test_another_trackers_ticket_with_the_same_id_is_left_alone(
    slack: Stage, http: aiohttp.ClientSession
) -> None:
    before = await ticketed(slack, JIRA)
    await placed(slack, LINEAR)
    said = hook(LINEAR, slack.clock.now(), ref=hooked.REFS[JIRA])
    assert await send(slack, http, "linear", said) == (200, {"heard": False})
    assert await found(slack) == before


async def test_githubs_ping_is_answered_before_any_project_is_named(
    slack: Stage, http: aiohttp.ClientSession
) -> None:
    assert await send(slack, http, "github", hooked.ping()) == (200, {"heard": False})
    assert (await send(slack, http, "github", hooked.ping("another's")))[0] == 401


async def test_a_tracker_that_there_is_not_is_not_found(
    slack: Stage, http: aiohttp.ClientSession
) -> None:
    status, told = await send(slack, http, "trello", hook(GITHUB, slack.clock.now()))
    assert (status, "/api/trackers/github" in told["error"]) == (404, True)


async def test_other_methods_are_not_taken(slack: Stage, http: aiohttp.ClientSession) -> None:
    async with http.get(f"http://127.0.0.1:{slack.bot.port}/api/trackers/github") as answer:
        assert answer.status == 405


@every_tracker
@pytest.mark.parametrize("body", [b"", b"payload=%7B%7D", b"[]", b"\xff", b"[" * 100_000])
async def test_what_cannot_be_read_is_refused_though_it_is_signed(
    slack: Stage, http: aiohttp.ClientSession, kind: TrackerKind, body: bytes
) -> None:
    status, told = await send(slack, http, kind, hooked.signed(kind, body))
    assert (status, told["error"][-1]) == (400, ".")
    assert slack.logged("hook_not_kept") == []


@pytest.mark.parametrize("is_said", [True, False])
async def test_what_is_far_too_long_is_not_read(
    slack: Stage, http: aiohttp.ClientSession, *, is_said: bool
) -> None:
    async def parts() -> object:
        for _ in range(BODY_MAX // LONG + 2):
            yield b" " * LONG

    body = b" " * (BODY_MAX + 1) if is_said else parts()
    url = f"http://127.0.0.1:{slack.bot.port}/api/trackers/github"
    async with http.post(url, data=body) as answer:
        assert answer.status == 413
        assert "1,000,000 bytes" in (await answer.json())["error"]


async def test_a_long_one_is_listened_to(slack: Stage, http: aiohttp.ClientSession) -> None:
    await ticketed(slack, GITHUB)
    told = json.loads(hook(GITHUB, slack.clock.now())[1])
    body = json.dumps({**told, "text": "x" * 3 * LONG}).encode()
    said = hooked.signed(GITHUB, body)
    assert await send(slack, http, "github", said) == (200, {"heard": True})


async def test_without_its_database_it_says_so(slack: Stage, http: aiohttp.ClientSession) -> None:
    said = hook(GITHUB, slack.clock.now())
    async with slack.without_database():
        status, told = await send(slack, http, "github", said)
    assert (status, "Send it again" in told["error"]) == (503, True)


async def test_many_at_once_about_one_ticket_are_one_look(
    slack: Stage, http: aiohttp.ClientSession
) -> None:
    await ticketed(slack, JIRA)
    at = slack.clock.now()
    hooks = [hook(JIRA, at + timedelta(milliseconds=each)) for each in range(50)]
    told = await asyncio.gather(*(send(slack, http, "jira", each) for each in [*hooks, *hooks]))
    assert sorted(status for status, _ in told) == [200] * 50 + [409] * 50
    assert (await found(slack)).due_at == at


async def test_no_secret_is_ever_logged(slack: Stage, http: aiohttp.ClientSession) -> None:
    await placed(slack, GITHUB)
    right, wrong = (hook(GITHUB, slack.clock.now(), secret=each) for each in (SECRET, "another's"))
    for said in (right, right, wrong):
        await send(slack, http, "github", said)
    logged = str(slack.logs)
    assert "sha256=" not in logged
    assert not any(each in logged for each in (SECRET, "another's"))
