"""Webhooks as trackers send them, and a ticket that they tell of."""

import asyncio
import hashlib
import hmac
import json
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

import aiohttp

from domain.kept_tickets import Ticket
from domain.tickets import Place, Seen, TicketState, TrackerKind
from storage import ticket_places, tickets
from tests.scenarios.reviewing import TEAM
from tests.scenarios.stage import Stage

SECRET = "what the two of them know"
GITHUB, JIRA, LINEAR = TrackerKind
PROJECTS = {GITHUB: "acme/shop", JIRA: "SHOP", LINEAR: "SHOP"}
REFS = {GITHUB: "acme/shop/12", JIRA: "10012", LINEAR: "7b1e2d9c-93b1-4c0f-8b7f-0d1f6a3c9d10"}

Hook = tuple[Mapping[str, str], bytes]


def hook(
    kind: TrackerKind, now: datetime, *, ref: str = "", project: str = "", secret: str = SECRET
) -> Hook:
    """What a tracker sends when one of its tickets was changed."""
    body = json.dumps(_said(kind, ref or REFS[kind], project or PROJECTS[kind], now)).encode()
    return _signed(kind, body, secret), body


def _said(kind: TrackerKind, ref: str, project: str, now: datetime) -> dict[str, Any]:
    at = int(now.timestamp() * 1000)
    if kind is GITHUB:
        number = int(ref.rpartition("/")[2])
        told = {"issue": {"number": number}, "repository": {"full_name": project}}
        return {"action": "closed", **told}
    if kind is JIRA:
        issue = {"id": ref, "key": f"{project}-12", "fields": {"project": {"key": project}}}
        return {"webhookEvent": "jira:issue_updated", "timestamp": at, "issue": issue}
    data = {"id": ref, "team": {"key": project}}
    return {"type": "Issue", "action": "update", "webhookTimestamp": at, "data": data}


def signed(kind: TrackerKind, body: bytes) -> Hook:
    """Whatever it is, signed."""
    return _signed(kind, body, SECRET), body


def _signed(kind: TrackerKind, body: bytes, secret: str) -> dict[str, str]:
    sign = hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()
    return {
        GITHUB: {"X-GitHub-Event": "issues", "X-Hub-Signature-256": f"sha256={sign}"},
        JIRA: {"X-Hub-Signature": f"sha256={sign}"},
        LINEAR: {"Linear-Signature": sign},
    }[kind]


def ping(secret: str = SECRET) -> Hook:
    """What GitHub sends when a webhook is set up, of a repository that nobody has named yet."""
    body = b'{"zen": "Keep it logically awesome.", "repository": {"full_name": "acme/new"}}'
    return _signed(GITHUB, body, secret) | {"X-GitHub-Event": "ping"}, body


async def send(
    slack: Stage, http: aiohttp.ClientSession, kind: str, said: Hook
) -> tuple[int, dict[str, Any]]:
    """Send a webhook to the running app."""
    url = f"http://127.0.0.1:{slack.bot.port}/api/trackers/{kind}"
    async with http.post(url, data=said[1], headers=said[0]) as answer:
        return answer.status, await answer.json()


async def send_raw(slack: Stage, kind: str, said: Hook) -> int:
    """Send one whose headers may hold bytes that are no text, which decent clients do not send."""
    reader, writer = await asyncio.open_connection("127.0.0.1", slack.bot.port)
    head = [f"POST /api/trackers/{kind} HTTP/1.1", "Host: here", "Connection: close"]
    head += [f"{name}: {value}" for name, value in said[0].items()]
    lines = [*head, f"Content-Length: {len(said[1])}", "", ""]
    writer.write("\r\n".join(lines).encode(errors="surrogateescape") + said[1])
    answer = await reader.read()
    writer.close()
    await writer.wait_closed()
    return int(answer.split()[1])


async def placed(slack: Stage, kind: TrackerKind) -> None:
    """Say where tickets are made."""
    async with slack.bot.database.sessions.begin() as session:
        place = Place(kind=kind, project=PROJECTS[kind])
        await ticket_places.keep(session, TEAM, place, slack.clock.now())


async def ticketed(slack: Stage, kind: TrackerKind, ref: str = "") -> Ticket:
    """Let there be an item with a ticket that nobody needs to look at for a day."""
    await placed(slack, kind)
    now = slack.clock.now()
    await slack.started()
    await slack.promised()
    (item,) = await slack.items()
    ref = ref or REFS[kind]
    seen = Seen(ref=ref, key="SHOP-12", url="https://x/12", state=TicketState.OPEN, updated_at=now)
    async with slack.bot.database.sessions.begin() as session:
        await tickets.retry(session, item.id or 0, now)
        (ticket,) = await tickets.claim(
            session, TEAM, kind, now, lease=timedelta(minutes=1), limit=9
        )
        later = now + timedelta(days=1)
        await tickets.settle(session, ticket, seen=seen, told=None, next_at=later, now=now)
    return await found(slack)


async def found(slack: Stage) -> Ticket:
    """The ticket of the only item."""
    async with slack.bot.database.sessions() as session:
        ticket = await tickets.find(session, 1)
    assert ticket is not None
    return ticket
