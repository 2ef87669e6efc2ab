"""Whatever happens is told by a signed webhook, in order, to this machine only."""

import hashlib
import hmac
import json
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest
from aiohttp import web

from sandbox.tracker import Tracker

ISSUE = "acme/shop/1"


class Listener:
    """Hears webhooks at an address of its own; `status` is how it answers."""

    def __init__(self) -> None:
        self.heard: list[tuple[dict[str, str], bytes]] = []
        self.status = 202
        self._runner: web.AppRunner | None = None

    async def begin(self, port: int = 0) -> int:
        """Listen; returns the port."""
        server = web.Application(client_max_size=1024**3)
        server.router.add_post("/hook", self._hear)
        self._runner = web.AppRunner(server, access_log=None)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", port).start()
        return int(self._runner.addresses[0][1])

    async def _hear(self, request: web.Request) -> web.Response:
        self.heard.append((dict(request.headers), await request.read()))
        return web.Response(status=self.status)

    async def end(self) -> None:
        """Listen no more."""
        if self._runner:
            await self._runner.cleanup()


@pytest.fixture
async def listener() -> AsyncIterator[Listener]:
    it = Listener()
    yield it
    await it.end()


@pytest.fixture
async def issue(api: httpx.AsyncClient) -> Any:
    said = {"title": "A", "labels": ["closedloop"], "assignees": ["ada"]}
    return (await api.post("repos/acme/shop/issues", json=said)).json()


def told(tracker: Tracker) -> list[tuple[str, Any]]:
    """Events and bodies so far."""
    return [(head["X-GitHub-Event"], json.loads(body)) for head, body in tracker.hooks.told]


async def test_a_new_issue_is_told_first_and_whole(tracker: Tracker, issue: Any) -> None:
    actions = [said["action"] for _, said in told(tracker)]
    assert actions == ["opened", "labeled", "assigned"]
    opened = told(tracker)[0][1]
    assert opened["issue"]["number"] == issue["number"]
    assert [one["name"] for one in opened["issue"]["labels"]] == ["closedloop"]
    assert opened["repository"]["full_name"] == "acme/shop"
    assert opened["sender"]["login"] == "closed-loop"


async def test_it_is_signed_over_exactly_what_is_sent(tracker: Tracker, issue: Any) -> None:
    assert issue["number"] == 1
    for headers, body in tracker.hooks.told:
        digest = hmac.new(tracker.hooks.secret.encode(), body, hashlib.sha256).hexdigest()
        assert headers["X-Hub-Signature-256"] == f"sha256={digest}"
    assert len({headers["X-GitHub-Delivery"] for headers, _ in tracker.hooks.told}) == 3


#: What the test below does, as GitHub calls it, and who does it.
DONE = [
    ("issues", "unassigned", "cleo"),
    ("issues", "assigned", "cleo"),
    ("issue_comment", "created", "ben"),
    ("issues", "closed", "ben"),
    ("issues", "reopened", "ada"),
    ("issues", "deleted", "dan"),
]


async def test_what_people_do_is_told_with_who_did_it(tracker: Tracker, issue: Any) -> None:
    assert issue["number"] == 1
    hands, before = tracker.hands, len(tracker.hooks.told)
    hands.assign(ISSUE, "ben", by="cleo")
    hands.comment(ISSUE, "Well.", by="ben")
    hands.close(ISSUE, by="ben", reason="not_planned")
    hands.reopen(ISSUE, by="ada")
    hands.delete(ISSUE, by="dan")

    new = told(tracker)[before:]
    assert [(event, said["action"], said["sender"]["login"]) for event, said in new] == DONE
    assert new[3][1]["issue"]["state_reason"] == "not_planned"


async def test_a_transfer_is_told_from_both_ends(tracker: Tracker, issue: Any) -> None:
    assert issue["number"] == 1
    tracker.hands.move(ISSUE, by="dan")
    (_, went), (_, came) = told(tracker)[-2:]

    assert (went["action"], went["repository"]["full_name"]) == ("transferred", "acme/shop")
    assert went["changes"]["new_repository"]["full_name"] == "acme/attic"
    assert (came["action"], came["repository"]["full_name"]) == ("opened", "acme/attic")
    assert came["changes"]["old_issue"]["number"] == 1


async def test_nothing_new_is_nothing_to_tell(tracker: Tracker, issue: Any) -> None:
    before = len(tracker.hooks.told)
    tracker.hands.reopen(ISSUE, by="ada")
    tracker.hands.assign(ISSUE, issue["assignee"]["login"], by="ada")
    tracker.hands.close(ISSUE, by="ada")
    tracker.hands.close(ISSUE, by="ada")
    assert len(tracker.hooks.told) == before + 1


async def test_an_app_is_named_with_its_installation(
    tracker: Tracker, anybody: httpx.AsyncClient
) -> None:
    token, _ = tracker.access.installation_token(None)
    at, said = "api/v3/repos/acme/shop/issues", {"Authorization": f"Bearer {token}"}
    await anybody.post(at, json={"title": "A"}, headers=said)
    opened = told(tracker)[0][1]
    assert opened["sender"]["type"] == "Bot"
    assert opened["installation"]["id"] == tracker.access.installation


async def test_they_are_sent_in_order(tracker: Tracker, issue: Any, listener: Listener) -> None:
    assert issue["number"] == 1
    tracker.hooks.to = f"http://127.0.0.1:{await listener.begin()}/hook"
    before = len(tracker.hooks.told)
    for number in range(20):
        tracker.hands.comment(ISSUE, f"{number}", by="ben")
    await tracker.hooks.settled()

    assert [body for _, body in listener.heard] == [body for _, body in tracker.hooks.told][before:]
    assert listener.heard[0][0]["X-GitHub-Event"] == "issue_comment"


async def test_whoever_is_starting_again_is_waited_for(
    tracker: Tracker, issue: Any, listener: Listener
) -> None:
    assert issue["number"] == 1
    port = await listener.begin()
    await listener.end()
    tracker.hooks.to = f"http://127.0.0.1:{port}/hook"
    tracker.hands.close(ISSUE, by="ben")
    await tracker.hooks.refused()
    await listener.begin(port)
    await tracker.hooks.settled()

    assert json.loads(listener.heard[0][1])["action"] == "closed"


async def test_a_refused_webhook_is_not_sent_again(
    tracker: Tracker, issue: Any, listener: Listener, caplog: pytest.LogCaptureFixture
) -> None:
    assert issue["number"] == 1
    listener.status = 401
    tracker.hooks.to = f"http://127.0.0.1:{await listener.begin()}/hook"
    tracker.hands.close(ISSUE, by="ben")
    await tracker.hooks.settled()

    assert len(listener.heard) == 1
    assert "answered with status 401" in caplog.text


@pytest.mark.parametrize("address", ["http://example.com/hook", "https://10.0.0.1/", "nonsense"])
def test_webhooks_stay_on_this_machine(tracker: Tracker, address: str) -> None:
    with pytest.raises(ValueError, match="loopback"):
        tracker.hooks.to = address
    assert tracker.hooks.to == ""
