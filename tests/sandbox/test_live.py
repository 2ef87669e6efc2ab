"""What an open tab is pushed: everything first, then only what changed."""

from collections.abc import AsyncIterator

import aiohttp
import pytest
from aiohttp import web

from sandbox import Clock, Sandbox, posting
from sandbox.browser.live import Sight
from sandbox.browser.pushing import push
from sandbox.changes import Changes
from sandbox.channels import Channel
from tests.sandbox.apps import serving
from tests.sandbox.pages import Page


@pytest.fixture
async def page(slack: Sandbox) -> AsyncIterator[Page]:
    async with aiohttp.ClientSession() as session:
        yield Page(session, slack, "ana")


@pytest.fixture
def place(slack: Sandbox) -> Channel:
    return slack.workspace.channel("#inc-checkout")


async def test_the_first_frame_has_everything_and_one_channel(page: Page, place: Channel) -> None:
    async with page.told("live", channel=place.id) as told:
        frame = await told.next()
    state = await page.state()
    whole = state.pop("messages")
    assert frame["set"] == state
    assert frame["messages"] == {place.id: {"whole": True, "put": whole[place.id], "gone": []}}


async def test_only_what_changed_is_sent(page: Page, slack: Sandbox, place: Channel) -> None:
    async with page.told("live", channel=place.id) as told:
        await told.next()
        ts = slack.person("bob").write("#inc-checkout", "News")
        frame = await told.next()
    ((channel, talk),) = frame["messages"].items()
    assert (channel, [one["ts"] for one in talk["put"]]) == (place.id, [ts])
    assert (talk["whole"], talk["gone"], frame["set"].keys()) == (False, [], {"channels"})


async def test_another_channel_is_sent_when_it_is_looked_at(
    page: Page, slack: Sandbox, place: Channel
) -> None:
    other = slack.workspace.channel("#general").id
    async with page.told("live", channel=other) as told:
        await told.next()
        slack.person("bob").write("#inc-checkout", "Not looked at")
        assert (await told.next())["messages"] == {}
        await told.look(place.id)
        ((channel, talk),) = (await told.next())["messages"].items()
    assert (channel, talk["whole"], talk["put"][-1]["text"]) == (place.id, True, "Not looked at")


@pytest.mark.parametrize("name", ["#sec-review", "C0NOWHERE"])
def test_what_somebody_may_not_see_is_empty(slack: Sandbox, name: str) -> None:
    channel = name if name.startswith("C") else slack.workspace.channel(name).id
    sight = Sight(slack.workspace, slack.person("bob").id, channel)
    assert f'"messages":{{"{channel}":{{"whole":true,"put":[],"gone":[]}}}}' in str(sight.frame())


@pytest.fixture
def sight(slack: Sandbox, place: Channel) -> Sight:
    """A tab of ana's that has been told everything."""
    seen = Sight(slack.workspace, slack.person("ana").id, place.id)
    seen.frame()
    return seen


def test_nothing_is_sent_when_nothing_changed(sight: Sight) -> None:
    assert sight.frame() is None


async def test_a_message_that_is_changed_in_any_way_is_sent_again(
    sight: Sight, slack: Sandbox, place: Channel
) -> None:
    ana, first = slack.person("ana").id, place.messages[0]
    posting.react(slack.workspace, place, first, ana, "eyes")
    assert '"eyes"' in str(sight.frame())
    posting.edit(slack.workspace, place, first, {"text": "Better said"})
    assert "Better said" in str(sight.frame())
    first.pinned = True
    assert '"pinned":true' in str(sight.frame())


async def test_a_deleted_message_is_gone(sight: Sight, slack: Sandbox, place: Channel) -> None:
    first = place.messages[0]
    posting.delete(slack.workspace, place, first)
    assert f'"put":[],"gone":["{first.ts}"]' in str(sight.frame())


async def test_somebody_who_joins_is_seen_to_be_there(
    sight: Sight, slack: Sandbox, place: Channel
) -> None:
    posting.join(slack.workspace, place, slack.workspace.add_person("new", "New Person").id)
    assert '"channels":' in str(sight.frame())


async def test_a_tab_closed_before_it_was_let_in_is_no_trouble(
    caplog: pytest.LogCaptureFixture,
) -> None:
    changes = Changes()

    async def closed(request: web.Request) -> web.StreamResponse:
        assert request.transport
        request.transport.close()
        return await push(request, changes, lambda: "frame", lambda _: None)

    async with serving(closed) as url, aiohttp.ClientSession() as session:
        with pytest.raises(aiohttp.ClientError):
            await session.ws_connect(url)
    assert caplog.records == []


def test_an_empty_address_looks_at_no_channel(slack: Sandbox) -> None:
    sight = Sight(slack.workspace, slack.person("ana").id, "")
    assert str(sight.frame()).endswith('"messages":{}}')


def test_a_second_is_as_fine_as_the_clock_is_shown(sight: Sight, clock: Clock) -> None:
    clock.turn(clock.now().resolution)
    assert sight.frame() is None
