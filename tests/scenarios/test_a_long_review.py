"""A monthly review of sixty items, a page at a time, while Slack limits the rate (rule 18)."""

from datetime import datetime, timedelta

import pytest

from domain.reviews import PAGE
from handlers.review_cards import A_MINUTE
from tests.scenarios import monthly
from tests.scenarios.monthly import REVIEWS, begun, cards, item, parent, table
from tests.scenarios.stage import Stage

POST = "chat.postMessage"
OWNERS = ("ana", "bob", "mei", "priya", "tomas")
PAUSE, A_DAY = timedelta(seconds=30), timedelta(days=1)


async def laid(slack: Stage, number: int) -> None:
    """Let five people own so many items, and let them come a page at a time."""
    await monthly.set_up(slack, cards_at_once=PAGE)
    for each in range(number):
        await item(slack, OWNERS[each % len(OWNERS)])


def limited(slack: Stage, times: int) -> None:
    """Let Slack refuse the next posts for half a minute."""
    slack.sandbox.faults.rate_limit(POST, int(PAUSE.total_seconds()), times)


async def calmed(slack: Stage) -> None:
    """Let time go by until Slack takes everything, each time refusing one more in between."""
    for times in (3, 1, 0, 0):
        await slack.passes(PAUSE)
        await slack.settled()
        limited(slack, times)
    await slack.passes(A_MINUTE)
    await slack.settled()


def too_early(slack: Stage) -> list[datetime]:
    """When something was posted to the channel before the pause was over that Slack asked for."""
    place, early, quiet = slack.sandbox.workspace.channel(REVIEWS).id, [], slack.clock.now() - A_DAY
    for call in slack.sandbox.calls_of(POST):
        if call.args["channel"] == place and call.at < quiet:
            early.append(call.at)
        if call.args["channel"] == place and call.retry_after:
            quiet = call.at + timedelta(seconds=call.retry_after)
    return early


def keys(slack: Stage) -> list[str]:
    """Give which items have cards, in the order of the thread."""
    return [each.blocks[0]["text"]["text"].split("*")[1] for each in cards(slack)]


@pytest.mark.timeout(120)
async def test_sixty_items_come_by_the_page_in_a_storm_of_limits(slack: Stage) -> None:
    await laid(slack, 60)
    limited(slack, 4)
    await begun(slack)
    up = []
    for _ in range(3):
        await calmed(slack)
        up.append(len(cards(slack)))
        limited(slack, 2)
        await monthly.next_pressed(slack, ts=parent(slack).ts) if len(up) < 3 else None
    assert up == [25, 50, 60]
    assert keys(slack) == [f"PM-{each.item_id}/1" for each in await table(slack)]
    assert too_early(slack) == []
    assert len([call for call in slack.sandbox.calls_of(POST) if call.retry_after]) >= 10


async def test_of_sixty_items_every_owner_is_called_by_one(slack: Stage) -> None:
    await laid(slack, 60)
    await begun(slack)
    while len(cards(slack)) < 60:
        await monthly.next_pressed(slack, ts=parent(slack).ts)
    posts = [call.args for call in slack.sandbox.calls_of(POST) if call.args.get("thread_ts")]
    calling = {who: f"<@{slack.id_of(who)}>" for who in OWNERS}
    counted = {who: str([each["blocks"] for each in posts]).count(calling[who]) for who in OWNERS}
    assert counted == dict.fromkeys(OWNERS, 1)
    assert len(posts) == 60 + 1  # what they are of has no class yet, which is asked for once
    assert "That was everything on the table" in cards(slack)[-1].words()
