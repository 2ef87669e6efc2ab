import hmac
import json
from collections.abc import Mapping
from datetime import timedelta
from hashlib import sha256
from uuid import uuid4

import httpx
import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from integrations.trackers import HookReader, HookRefused, HookUnreadable
from integrations.trackers.linear import Linear
from integrations.trackers.linear.hooks import LinearHooks
from tests.trackers.linear import SECRET, LinearStandIn
from tests.trackers.linear_stage import NOW, SHOP, WANTED


def signed(told: object) -> tuple[Mapping[str, str], bytes]:
    """A webhook that says this, signed with the secret."""
    body = told if isinstance(told, bytes) else json.dumps(told).encode()
    signature = hmac.new(SECRET.encode(), body, sha256).hexdigest()
    return httpx.Headers({"Linear-Signature": signature}), body


async def told_by_hand(linear: LinearStandIn, tracker: Linear) -> tuple[Mapping[str, str], bytes]:
    """The webhook of a ticket that Ben closed."""
    seen = await tracker.create(SHOP, str(uuid4()), WANTED)
    await linear.close(seen.ref, by="ben")
    headers, body = linear.hooks[-1]
    return httpx.Headers(headers), body


async def test_a_webhook_tells_which_ticket_changed(
    linear: LinearStandIn, linear_tracker: Linear
) -> None:
    headers, body = await told_by_hand(linear, linear_tracker)
    reader: HookReader = LinearHooks(SECRET)
    hook = reader.read(headers, body, NOW)
    [ticket] = linear.tickets()
    assert (hook.project, hook.ref, hook.event) == ("SHOP", ticket.ref, "Issue update")


async def test_a_webhook_of_a_ticket_that_was_moved_or_deleted_tells_its_id(
    linear: LinearStandIn, linear_tracker: Linear
) -> None:
    seen = await linear_tracker.create(SHOP, str(uuid4()), WANTED)
    await linear.move(seen.ref)
    await linear.delete(seen.ref)
    hooks = [LinearHooks(SECRET).read(httpx.Headers(h), body, NOW) for h, body in linear.hooks]
    assert [hook.ref for hook in hooks] == [seen.ref] * 3
    assert [hook.project for hook in hooks] == ["SHOP", "ATTIC", "ATTIC"]


async def test_a_signature_tells_one_webhook_from_another(
    linear: LinearStandIn, linear_tracker: Linear
) -> None:
    await told_by_hand(linear, linear_tracker)
    told = [LinearHooks(SECRET).signature(httpx.Headers(headers)) for headers, _ in linear.hooks]
    assert len(set(told)) == 2
    assert LinearHooks(SECRET).signature(httpx.Headers()) == ""


@pytest.mark.parametrize("secret", ["another secret", ""])
async def test_a_webhook_with_another_secret_is_refused(
    linear: LinearStandIn, linear_tracker: Linear, secret: str
) -> None:
    headers, body = await told_by_hand(linear, linear_tracker)
    with pytest.raises(HookRefused):
        LinearHooks(secret).read(headers, body, NOW)


@pytest.mark.parametrize("signature", ["", "é", "00"])
async def test_a_webhook_without_a_right_signature_is_refused(signature: str) -> None:
    with pytest.raises(HookRefused, match="sign"):
        LinearHooks(SECRET).read({"linear-signature": signature}, b"{}", NOW)


async def test_a_webhook_that_was_changed_on_its_way_is_refused(
    linear: LinearStandIn, linear_tracker: Linear
) -> None:
    headers, body = await told_by_hand(linear, linear_tracker)
    with pytest.raises(HookRefused, match="another secret"):
        LinearHooks(SECRET).read(headers, body.replace(b"SHOP", b"SHIP"), NOW)


@pytest.mark.parametrize("late", [timedelta(seconds=61), timedelta(seconds=-61)])
async def test_a_webhook_of_another_time_is_refused(
    linear: LinearStandIn, linear_tracker: Linear, late: timedelta
) -> None:
    headers, body = await told_by_hand(linear, linear_tracker)
    LinearHooks(SECRET).read(headers, body, NOW + late * 0.9)
    with pytest.raises(HookRefused, match="more than a minute old"):
        LinearHooks(SECRET).read(headers, body, NOW + late)


@pytest.mark.parametrize(
    "told", [b"\xff", b"no json", [], {}, {"webhookTimestamp": "now"}, {"webhookTimestamp": True}]
)
def test_what_is_no_webhook_cannot_be_read(told: object) -> None:
    with pytest.raises(HookUnreadable, match="A webhook of Linear"):
        LinearHooks(SECRET).read(*signed(told), NOW)


@pytest.mark.parametrize(
    "told", [{"type": "Comment", "action": "create", "data": {"id": "1"}}, {"type": "Issue"}]
)
def test_a_webhook_about_something_else_names_no_ticket(told: Mapping[str, object]) -> None:
    at = {"webhookTimestamp": NOW.timestamp() * 1000}
    hook = LinearHooks(SECRET).read(*signed({**told, **at}), NOW)
    assert (hook.ref, hook.project) == ("", "")


async def test_the_stand_in_posts_its_webhooks_where_it_is_told_to(
    linear: LinearStandIn, linear_tracker: Linear
) -> None:
    heard: list[bytes] = []

    async def hear(request: web.Request) -> web.Response:
        heard.append(await request.read())
        return web.Response()

    app = web.Application()
    app.router.add_post("/", hear)
    async with TestServer(app) as server:
        linear.hooks_to = str(server.make_url("/"))
        await told_by_hand(linear, linear_tracker)
    assert heard == [body for _, body in linear.hooks]
