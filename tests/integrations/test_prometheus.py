"""Prometheus, asked over HTTP: a local server answers as it does, and as it should not."""

import asyncio
from collections.abc import AsyncIterator

import pytest
from aiohttp import web

from integrations.budgets import NoAnswer, Nobody
from integrations.budgets.prometheus import Prometheus
from tests.integrations.watching import Server, scalar, vector, watching

QUERY = 'burned{service="checkout"}'


@pytest.fixture
async def server() -> AsyncIterator[Server]:
    """A Prometheus that is asked."""
    async with watching() as server:
        yield server


async def asked(url: str, token: str = "", patience: float = 10) -> float:
    """Give what Prometheus says."""
    source = Prometheus(url, token, patience)
    try:
        return await source.burned(QUERY)
    finally:
        await source.close()


async def test_a_password_in_its_address_is_shown_to_it_and_not_logged(
    server: Server, caplog: pytest.LogCaptureFixture
) -> None:
    server.body = scalar("82.5")
    with caplog.at_level("INFO"):
        await asked(server.url.replace("://", "://us:secret@"))
    assert server.asked == [(QUERY, "Basic dXM6c2VjcmV0")]
    assert "secret" not in caplog.text


@pytest.mark.parametrize("body", [vector("82.5"), scalar("82.5")])
async def test_one_number_is_what_is_spent(server: Server, body: object) -> None:
    server.body = body
    assert await asked(server.url, "secret") == 82.5
    assert server.asked == [(QUERY, "Bearer secret")]


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (vector(), "found nothing"),
        (vector("1", "2"), "yields 2 numbers"),
        (vector("NaN"), "no traffic"),
        (vector("+Inf"), "no traffic"),
        (vector("-3"), "yields -3"),
        (vector("123456"), "yields 123,456"),
        (vector("1" * 999), "no number"),
        ({"status": "success", "data": {"resultType": "scalar", "result": [1, 10**999]}}, "no nu"),
        ({"status": "success", "data": {"resultType": "matrix", "result": []}}, "no number"),
        ({"status": "success", "data": {"resultType": "string", "result": [1, "x"]}}, "no number"),
        ({"status": "success", "data": None}, "no number"),
        (["something else"], "is no Prometheus"),
    ],
)
async def test_anything_but_one_number_is_no_answer(
    server: Server, body: object, words: str
) -> None:
    server.body = body
    with pytest.raises(NoAnswer, match=words):
        await asked(server.url)


async def test_a_query_it_cannot_read_is_said_in_its_words(server: Server) -> None:
    server.status = 400
    server.body = {"status": "error", "errorType": "bad_data", "error": "1:8: parse error"}
    with pytest.raises(NoAnswer, match="refused the query: 1:8: parse error"):
        await asked(server.url)


async def test_a_wrong_token_is_said(server: Server) -> None:
    server.status = 401
    with pytest.raises(NoAnswer, match="PROMETHEUS_TOKEN"):
        await asked(server.url, "wrong")


async def test_something_else_that_answers_is_said(server: Server) -> None:
    with pytest.raises(NoAnswer, match=r"no Prometheus \(404\)"):
        await asked(server.url + "elsewhere/")


async def test_one_that_is_slow_is_not_waited_for(server: Server) -> None:
    gone = asyncio.Event()

    async def trickles(request: web.Request) -> web.StreamResponse:
        answer = web.StreamResponse()
        await answer.prepare(request)
        await gone.wait()
        return answer

    server.says = trickles
    with pytest.raises(NoAnswer, match="did not answer in time"):
        await asked(server.url, patience=0.2)
    gone.set()


async def test_one_that_never_ends_is_not_read_to_its_end(server: Server) -> None:
    async def chatters(_request: web.Request) -> web.StreamResponse:
        return web.Response(text="x" * 2_000_000)

    server.says = chatters
    with pytest.raises(NoAnswer, match="more than a million characters"):
        await asked(server.url)


async def test_nobody_there_is_said(unused_tcp_port: int) -> None:
    with pytest.raises(NoAnswer, match="cannot be reached"):
        await asked(f"http://127.0.0.1:{unused_tcp_port}/")


async def test_where_none_is_set_up_it_is_said_how() -> None:
    with pytest.raises(NoAnswer, match="PROMETHEUS_URL"):
        await Nobody().burned(QUERY)
