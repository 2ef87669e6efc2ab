"""Who is let in, whatever the path."""

import aiohttp
import pytest

from sandbox import Sandbox

PATHS = ("", "page/state", "page/live", "page/traffic", "page/traffic/1", "api/auth.test", "link")
#: {own} is this server's own address, {port} its port.
REFUSED = [
    {"Host": "workspace.example"},
    {"Host": "workspace.example:{port}"},
    {"Host": "127.0.0.1"},
    {"Host": "127.0.0.1:1"},
    {"Host": "127.0.0.1.example:{port}"},
    {"Host": "192.168.1.2:{port}"},
    {"Origin": "https://elsewhere.example"},
    {"Origin": "null"},
    {"Origin": ""},
    {"Origin": "http://127.0.0.1"},
    {"Origin": "http://127.0.0.1:1"},
    {"Origin": "https://127.0.0.1:{port}"},
    {"Origin": "http://localhost:{port}"},
    {"Host": "localhost:{port}", "Origin": "http://127.0.0.1:{port}"},
    {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "no-cors"},
    {"Sec-Fetch-Site": "same-site", "Sec-Fetch-Mode": "cors"},
]
ADMITTED: list[dict[str, str]] = [
    {},
    {"Host": "localhost:{port}"},
    {"Host": "[::1]:{port}", "Origin": "http://[::1]:{port}"},
    {"Origin": "http://127.0.0.1:{port}"},
    {"Sec-Fetch-Site": "same-origin", "Sec-Fetch-Mode": "cors"},
    {"Sec-Fetch-Site": "none", "Sec-Fetch-Mode": "navigate"},
]
LINKED = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate"}


def filled(headers: dict[str, str], slack: Sandbox) -> dict[str, str]:
    """The headers with this server's port in them."""
    port = slack.url.rstrip("/").rpartition(":")[2]
    return {name: value.replace("{port}", port) for name, value in headers.items()}


@pytest.mark.parametrize("headers", REFUSED, ids=str)
async def test_anybody_else_is_refused_on_every_path(
    slack: Sandbox, session: aiohttp.ClientSession, headers: dict[str, str]
) -> None:
    for path in (*PATHS, "assets/page.js", "nowhere"):
        url = slack.url + path
        async with session.get(url, headers=filled(headers, slack)) as answer:
            assert (path, answer.status) == (path, 403)
            assert "http://" in await answer.text()


@pytest.mark.parametrize("headers", ADMITTED, ids=str)
async def test_the_page_and_the_app_are_let_in(
    slack: Sandbox, session: aiohttp.ClientSession, headers: dict[str, str]
) -> None:
    for path in PATHS:
        async with session.get(slack.url + path, headers=filled(headers, slack)) as answer:
            assert (path, answer.status != 403) == (path, True)


@pytest.mark.parametrize("headers", REFUSED, ids=str)
async def test_nothing_is_done_for_anybody_else(
    slack: Sandbox, session: aiohttp.ClientSession, headers: dict[str, str]
) -> None:
    before, url = slack.clock.now(), f"{slack.url}page/act"
    act = {"do": "clock", "seconds": 60}
    async with session.post(url, json=act, headers=filled(headers, slack)) as answer:
        assert (answer.status, slack.clock.now()) == (403, before)
    assert slack.calls == []


@pytest.mark.parametrize("path", ["page/live", "page/traffic"])
async def test_a_socket_of_another_site_is_refused(
    slack: Sandbox, session: aiohttp.ClientSession, path: str
) -> None:
    with pytest.raises(aiohttp.WSServerHandshakeError, match="403"):
        await session.ws_connect(slack.url + path, origin="http://127.0.0.1:1")
    own = await session.ws_connect(slack.url + path, origin=slack.url.rstrip("/"))
    await own.close()


@pytest.mark.parametrize(
    ("path", "refused"), [("", False), ("archives/C1/p1", False), ("page/state", True)]
)
async def test_another_site_may_link_to_the_page_and_no_further(
    slack: Sandbox, session: aiohttp.ClientSession, path: str, *, refused: bool
) -> None:
    async with session.get(slack.url + path, headers=LINKED) as answer:
        assert (answer.status == 403) is refused


@pytest.mark.parametrize("path", ["", "page/state", "nowhere"])
async def test_browsers_are_told_to_be_careful(
    slack: Sandbox, session: aiohttp.ClientSession, path: str
) -> None:
    async with session.get(slack.url + path) as answer:
        headers = answer.headers
    assert "default-src 'self'" in headers["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert headers["Cache-Control"] == "no-cache"


async def test_what_was_uploaded_is_never_run(
    slack: Sandbox, session: aiohttp.ClientSession
) -> None:
    async with session.get(f"{slack.url}files/F1/page.html") as answer:
        assert answer.headers["Content-Security-Policy"].startswith("sandbox; default-src 'none'")
