"""A browser's view of the page's addresses, without the browser."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import aiohttp

from sandbox import Sandbox

Json = dict[str, Any]


class Page:
    """The page as one person has it open."""

    def __init__(self, session: aiohttp.ClientSession, slack: Sandbox, name: str) -> None:
        self.session = session
        self.who = {"as": slack.person(name).id}
        self.url = slack.url

    async def act(self, do: str, **more: Any) -> Json:
        """Do something, and get what the page is answered."""
        act = {"do": do, **more}
        async with self.session.post(f"{self.url}page/act", params=self.who, json=act) as answer:
            done: Json = await answer.json()
            return done

    async def get(self, path: str) -> Json:
        """Read one of the page's addresses."""
        async with self.session.get(f"{self.url}page/{path}", params=self.who) as answer:
            found: Json = await answer.json()
            return found

    async def state(self) -> Json:
        """Read the snapshot."""
        return await self.get("state")

    @asynccontextmanager
    async def told(self, path: str, **more: str) -> AsyncIterator["Told"]:
        """Listen to what is pushed there."""
        url = f"{self.url}page/{path}"
        async with self.session.ws_connect(url, params=self.who | more, max_msg_size=0) as socket:
            yield Told(socket)


class Told:
    """The frames that a tab is pushed."""

    def __init__(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        self._socket = socket

    async def next(self) -> Json:
        """Give the next frame; `TimeoutError` when none comes."""
        frame: Json = await self._socket.receive_json(timeout=60)
        return frame

    async def look(self, channel: str) -> None:
        """Open another channel."""
        await self._socket.send_json({"look": channel})
