"""`PUT /api/budgets/{service}`: who may tell, what is refused, and what is answered."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any
from urllib.parse import quote

import aiohttp
import pytest
from yarl import URL

from bot import bodies
from domain.budgets import Source
from handlers import budgets
from storage import services, workspaces
from tests.scenarios.burning import known
from tests.scenarios.reviewing import TEAM
from tests.scenarios.stage import Stage

both_ways = pytest.mark.parametrize("mode", ["socket", "http"], indirect=True)
JSON = "application/json"


async def token(slack: Stage) -> str:
    """Make the workspace's token."""
    made, digest = budgets.new_token()
    async with slack.bot.database.sessions.begin() as session:
        await workspaces.ensure(session, TEAM)
        await services.keep_token(session, TEAM, digest)
    return made


async def put(
    slack: Stage,
    http: aiohttp.ClientSession,
    body: bytes,
    *,
    shown: str | None = None,
    kind: str = JSON,
    service: str = "checkout",
) -> tuple[int, dict[str, Any]]:
    """Tell how much is spent, with the workspace's token where no other header is named."""
    url = f"http://127.0.0.1:{slack.bot.port}/api/budgets/{service}"
    header = f"Bearer {await token(slack)}" if shown is None else shown
    headers = {"Content-Type": kind, **({"Authorization": header} if header else {})}
    async with http.put(URL(url, encoded=True), data=body, headers=headers) as answer:
        return answer.status, await answer.json()


@both_ways
async def test_what_is_told_is_kept_and_answered(slack: Stage, http: aiohttp.ClientSession) -> None:
    status, said = await put(slack, http, b'{"burned": 82.5}')
    assert status == 200
    assert (said["service"], said["burned"], said["burns"]) == ("checkout", 82.5, True)
    assert "checkout burns its error budget: 82.5 %" in said["says"]
    service = await known(slack)
    assert (service.burned, service.source) == (82.5, Source.API)
    (line,) = slack.logged("budget_told")
    assert (line["service"], line["burned"], line["burns"]) == ("checkout", 82.5, True)


async def test_below_the_number_it_does_not_burn(slack: Stage, http: aiohttp.ClientSession) -> None:
    status, said = await put(slack, http, b'{"burned": 12, "note": "ours"}')
    assert (status, said["burns"]) == (200, False)
    assert "does not burn its error budget: 12 %" in said["says"]


@both_ways
@pytest.mark.parametrize("shown", ["", "Bearer", "Bearer ", "Basic abc", "Bearer clb_wrong"])
async def test_whoever_shows_no_token_gets_nothing(
    slack: Stage, http: aiohttp.ClientSession, shown: str
) -> None:
    status, said = await put(slack, http, b'{"burned": 82.5}', shown=shown)
    assert status == 401
    assert "/postmortem settings services" in said["error"]
    async with slack.bot.database.sessions() as session:
        assert await services.all_of(session, TEAM) == []


async def test_where_no_token_was_made_none_will_do(
    slack: Stage, http: aiohttp.ClientSession
) -> None:
    assert (await put(slack, http, b'{"burned": 1}', shown="Bearer clb_any"))[0] == 401


@pytest.mark.parametrize(
    ("body", "status", "words"),
    [
        (b"", 400, "no JSON"),
        (b"{burned: 1}", 400, "no JSON"),
        (b"\xff\xfe", 400, "no JSON"),
        (b"[" * 1000, 400, "no JSON"),
        (b'{"burned": ' + b"1" * 2000 + b"}", 413, "More than 1,024 bytes"),
        (b"82.5", 422, "burned"),
        (b"{}", 422, "burned"),
        (b'{"burned": "82"}', 422, "a number from 0 to 10,000"),
        (b'{"burned": true}', 422, "a number from 0 to 10,000"),
        (b'{"burned": NaN}', 422, "a number from 0 to 10,000"),
        (b'{"burned": 1e400}', 422, "a number from 0 to 10,000"),
        (b'{"burned": ' + b"1" * 999 + b"}", 422, "a number from 0 to 10,000"),
        (b'{"burned": -1}', 422, "a number from 0 to 10,000"),
        (b'{"burned": 10001}', 422, "a number from 0 to 10,000"),
    ],
)
async def test_what_is_no_percentage_is_refused_with_a_sentence(
    slack: Stage, http: aiohttp.ClientSession, body: bytes, status: int, words: str
) -> None:
    found, said = await put(slack, http, body)
    assert found == status
    assert words in said["error"]
    assert [line["status"] for line in slack.logged("budget_refused")] == [status]


async def test_another_kind_of_content_is_refused(
    slack: Stage, http: aiohttp.ClientSession
) -> None:
    status, said = await put(slack, http, b"burned=82", kind="application/x-www-form-urlencoded")
    assert (status, "Content-Type: application/json" in said["error"]) == (415, True)


async def test_what_is_badly_packed_is_refused_with_a_sentence(
    slack: Stage, http: aiohttp.ClientSession
) -> None:
    url = f"http://127.0.0.1:{slack.bot.port}/api/budgets/checkout"
    headers = {"Authorization": f"Bearer {await token(slack)}", "Content-Type": JSON}
    packed = {**headers, "Content-Encoding": "gzip"}
    async with http.put(url, data=b"no gzip", headers=packed) as answer:
        assert (answer.status, "cannot be undone" in (await answer.json())["error"]) == (400, True)


async def test_who_sends_too_slowly_is_not_waited_for(
    slack: Stage, http: aiohttp.ClientSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bodies, "BODY_SECONDS", 0.0)
    is_over = asyncio.Event()

    async def slowly() -> AsyncIterator[bytes]:
        yield b"{"
        await is_over.wait()

    url = f"http://127.0.0.1:{slack.bot.port}/api/budgets/checkout"
    headers = {"Authorization": f"Bearer {await token(slack)}", "Content-Type": JSON}
    async with http.put(url, data=slowly(), headers=headers) as answer:
        assert (answer.status, "too long to arrive" in (await answer.json())["error"]) == (
            408,
            True,
        )
    is_over.set()


@pytest.mark.parametrize("service", ["%20", "x" * 61, "a%00b", "a%0Ab%07"])
async def test_a_service_that_can_have_no_such_name_is_refused(
    slack: Stage, http: aiohttp.ClientSession, service: str
) -> None:
    assert (await put(slack, http, b'{"burned": 1}', service=service))[0] == 422


@pytest.mark.parametrize("name", ["café tills", "CAFÉ", "İstanbul", "a/b", "..", "<!channel>"])
async def test_a_name_with_blanks_and_letters_of_anywhere_is_taken(
    slack: Stage, http: aiohttp.ClientSession, name: str
) -> None:
    service = quote(name, safe="").replace("..", "%2E%2E")
    for _ in range(2):
        _, said = await put(slack, http, b'{"burned": 80}', service=service)
        assert said["service"] == name
    async with slack.bot.database.sessions() as session:
        assert [each.name for each in await services.all_of(session, TEAM)] == [name]


async def test_one_token_makes_no_services_without_end(
    slack: Stage, http: aiohttp.ClientSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("handlers.budgets.SERVICES_MAX", 1)
    await slack.started(service="checkout")
    shown = f"Bearer {await token(slack)}"
    told = [
        await put(slack, http, b'{"burned": 1}', shown=shown, service=name)
        for name in ("auth", "pod-7f9", "AUTH", "Checkout")
    ]
    assert [status for status, _ in told] == [200, 422, 200, 200]
    assert "/postmortem settings services" in told[1][1]["error"]


async def test_a_token_tells_of_its_own_workspace_alone(
    slack: Stage, http: aiohttp.ClientSession
) -> None:
    await put(slack, http, b'{"burned": 10}')
    made, digest = budgets.new_token()
    async with slack.bot.database.sessions.begin() as session:
        await workspaces.ensure(session, "T2")
        await services.keep_token(session, "T2", digest)
    assert (await put(slack, http, b'{"burned": 90}', shown=f"Bearer {made}"))[0] == 200
    async with slack.bot.database.sessions() as session:
        theirs = await services.named(session, "T2", "checkout")
    assert ((await known(slack)).burned, theirs and theirs.burned) == (10, 90)


async def test_no_token_is_ever_logged(slack: Stage, http: aiohttp.ClientSession) -> None:
    shown = f"Bearer {await token(slack)}"
    for body in (b'{"burned": 10}', b"{}"):
        await put(slack, http, body, shown=shown)
    await put(slack, http, b"{}", shown="Bearer clb_wrong")
    assert "clb_" not in str([line for line in slack.logs if line.get("status") != 401])
    assert "clb_wrong" not in str(slack.logs)


async def test_other_methods_are_not_taken(slack: Stage, http: aiohttp.ClientSession) -> None:
    async with http.get(f"http://127.0.0.1:{slack.bot.port}/api/budgets/checkout") as answer:
        assert answer.status == 405


async def test_without_its_database_it_says_so(slack: Stage, http: aiohttp.ClientSession) -> None:
    shown = f"Bearer {await token(slack)}"
    async with slack.without_database():
        status, said = await put(slack, http, b'{"burned": 1}', shown=shown)
    assert (status, "Send it again" in said["error"]) == (503, True)


async def test_many_at_once_make_a_service_once(slack: Stage, http: aiohttp.ClientSession) -> None:
    shown = f"Bearer {await token(slack)}"
    told = (put(slack, http, b'{"burned": 80}', shown=shown) for _ in range(8))
    assert {status for status, _ in await asyncio.gather(*told)} == {200}
    async with slack.bot.database.sessions() as session:
        assert len(await services.all_of(session, TEAM)) == 1
