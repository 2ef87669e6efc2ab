"""Nobody acts in a workspace before its past is told."""

import asyncio
from pathlib import Path

import aiohttp

from sandbox import Clock, Sandbox
from tests.sandbox.pages import Page


async def test_a_tab_waits_until_people_are_let_in(manifest: Path, clock: Clock) -> None:
    opened = Sandbox.open(manifest=manifest, clock=clock, let_in=False)
    async with opened as slack, aiohttp.ClientSession() as session:
        page = Page(session, slack, "ana")
        place = slack.workspace.channel("#general")
        before = len(place.messages)
        waiting = [
            asyncio.create_task(page.act("say", channel=place.id, text="hi")),
            asyncio.create_task(page.state()),
        ]
        assert await asyncio.wait(waiting, timeout=0.1) == (set(), {*waiting})
        assert len(place.messages) == before
        slack.let_in()
        assert (await waiting[0])["ok"]
        assert len(place.messages) == before + 1
        assert (await waiting[1])["me"]["name"] == "ana"


async def test_the_page_itself_the_app_and_the_end_do_not_wait(
    manifest: Path, clock: Clock
) -> None:
    opened = Sandbox.open(manifest=manifest, clock=clock, let_in=False)
    async with aiohttp.ClientSession() as session:
        async with opened as slack:
            for path in ("", "api/auth.test"):
                async with session.get(slack.url + path) as answer:
                    assert answer.status in {200, 503}
            live = asyncio.create_task(session.ws_connect(f"{slack.url}page/live"))
            assert await asyncio.wait([live], timeout=0.1) == (set(), {live})
        (gone,) = await asyncio.gather(live, return_exceptions=True)
        assert isinstance(gone, aiohttp.ClientError)
