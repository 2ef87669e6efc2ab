"""Socket Mode: envelopes in, acknowledgements out, and every one in hand finished at a stop."""

import asyncio
import logging
from contextlib import suppress

from slack_bolt.adapter.socket_mode.async_internals import run_async_bolt_app, send_async_response
from slack_bolt.async_app import AsyncApp
from slack_sdk.socket_mode.aiohttp import SocketModeClient
from slack_sdk.socket_mode.async_client import AsyncBaseSocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.web.async_client import AsyncWebClient

from handlers.in_hand import LETTING_GO_SECONDS, InHand

#: A cut line is noticed at a ping: soon enough for a click's three seconds. The SDK's own is 5.
PING_SECONDS = 2


class Socket:
    """A connection to Slack that reconnects by itself."""

    def __init__(self, app: AsyncApp, app_token: str, client: AsyncWebClient) -> None:
        self._app = app
        self._in_hand = InHand("requests_not_answered")
        self._stopping = False
        self._client = SocketModeClient(
            app_token=app_token,
            web_client=client,
            logger=logging.getLogger("slack_sdk.socket"),
            ping_interval=PING_SECONDS,
        )
        self._client.socket_mode_request_listeners.append(self._receive)

    async def connect(self) -> None:
        """Open the connection. Raises SlackApiError when the app token is refused."""
        await self._client.connect()

    async def connected(self) -> bool:
        """Whether Slack is at the other end now."""
        return not self._stopping and await self._client.is_connected()

    async def stop(self, patience: float) -> None:
        """Take nothing new (Slack gives it to another connection), and finish what is in hand.

        What takes longer than `patience` seconds is cancelled: Slack sends it again.
        """
        self._stopping = True
        await self._in_hand.finish(patience)
        self._client.auto_reconnect_enabled = False
        with suppress(TimeoutError):  # of a line that is dead no goodbye comes back
            async with asyncio.timeout(LETTING_GO_SECONDS):
                await self._client.disconnect()
        await self._client.close()

    async def _receive(self, client: AsyncBaseSocketModeClient, request: SocketModeRequest) -> None:
        if self._stopping:
            return
        answering = self._in_hand.begin(self._answer(client, request))
        await asyncio.wait({answering})
        if not answering.cancelled():
            answering.result()  # an error is the SDK's to log

    async def _answer(self, client: AsyncBaseSocketModeClient, request: SocketModeRequest) -> None:
        started = asyncio.get_running_loop().time()
        answer = await run_async_bolt_app(self._app, request)
        await send_async_response(client, request, answer, started)
