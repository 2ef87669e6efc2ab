"""Webhooks: what happened, signed, as GitHub tells it.

docs.github.com/en/webhooks/webhook-events-and-payloads#issues and #issue_comment;
docs.github.com/en/webhooks/using-webhooks/validating-webhook-deliveries for the signature.
"""

import asyncio
import hashlib
import hmac
import json
import logging
from uuid import uuid4

import aiohttp
from yarl import URL

from sandbox.tracker.backlog import Backlog, Happened
from sandbox.tracker.hook_shapes import HookShapes

#: docs.github.com: an answer that takes longer than ten seconds counts as none.
PATIENCE = aiohttp.ClientTimeout(total=10)
#: Whoever is starting again is waited for so long, in ever longer steps, in seconds.
FIRST_WAIT, LAST_WAIT, WAITS = 0.1, 5.0, 30
LOOPBACK = {"127.0.0.1", "localhost", "::1"}
#: Of what was told, the newest so many are remembered.
REMEMBERED = 20_000

Hook = tuple[dict[str, str], bytes]

log = logging.getLogger(__name__)


def sign(secret: str, body: bytes) -> str:
    """The signature of a body."""
    return f"sha256={hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()}"


class Hooks:
    """Tells `to`, an address of this machine, of everything that happens; tells nobody while empty.

    What could not be told because nobody listens there is told once somebody does, in order.
    """

    def __init__(self, backlog: Backlog, shapes: HookShapes, secret: str) -> None:
        self.secret = secret
        self.told: list[Hook] = []
        self._shapes = shapes
        self._to = ""
        self._waiting: asyncio.Queue[Hook] = asyncio.Queue()
        self._sending: asyncio.Task[None] | None = None
        self._refused = asyncio.Event()
        backlog.listen(self._happened)

    @property
    def to(self) -> str:
        """Where they are sent."""
        return self._to

    @to.setter
    def to(self, address: str) -> None:
        if address and URL(address).host not in LOOPBACK:
            raise ValueError(
                "The tracker's webhooks stay on this machine: name a loopback address."
            )
        self._to = address

    def _happened(self, happened: Happened) -> None:
        if not happened.event:
            return
        body = json.dumps(self._shapes.payload(happened)).encode()
        hook = (self._headers(happened.event, body), body)
        self.told.append(hook)
        del self.told[:-REMEMBERED]
        if self._to:
            self._waiting.put_nowait(hook)
            self._start()

    def _headers(self, event: str, body: bytes) -> dict[str, str]:
        return {
            "Content-Type": "application/json",
            "User-Agent": "GitHub-Hookshot/0000000",
            "X-GitHub-Event": event,
            "X-GitHub-Delivery": str(uuid4()),
            "X-GitHub-Hook-ID": "1",
            "X-GitHub-Hook-Installation-Target-Type": "organization",
            "X-Hub-Signature-256": sign(self.secret, body),
        }

    def _start(self) -> None:
        if self._sending is None:
            self._sending = asyncio.get_running_loop().create_task(self._send())

    async def _send(self) -> None:
        async with aiohttp.ClientSession(timeout=PATIENCE) as session:
            while True:
                hook = await self._waiting.get()
                await self._deliver(session, hook)
                self._waiting.task_done()

    async def _deliver(self, session: aiohttp.ClientSession, hook: Hook) -> None:
        headers, body = hook
        for attempt in range(WAITS):
            try:
                async with session.post(self._to, data=body, headers=headers) as answer:
                    if not answer.ok:
                        log.warning("A webhook was answered with status %s.", answer.status)
                    return
            except aiohttp.ClientConnectorError:
                self._refused.set()
                await asyncio.sleep(min(FIRST_WAIT * 2**attempt, LAST_WAIT))
            except (aiohttp.ClientError, TimeoutError) as lost:
                log.warning("A webhook was sent and not answered: %r", lost)
                return
        log.warning("A webhook was not delivered: nobody listens at %s.", self._to)

    async def refused(self) -> None:
        """Wait until a webhook could not be delivered for the first time."""
        await self._refused.wait()

    async def settled(self) -> None:
        """Wait until everything was told, or given up."""
        await self._waiting.join()

    async def close(self) -> None:
        """Tell nothing more."""
        if self._sending is None:
            return
        self._sending.cancel()
        await asyncio.gather(self._sending, return_exceptions=True)
        self._sending = None
