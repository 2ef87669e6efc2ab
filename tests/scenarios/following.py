"""What scenarios about the follow-up need: who heard what, who leaves, and how time goes by."""

from datetime import timedelta

from sandbox.messages import Message
from sandbox.posting import deactivate
from tests.scenarios.reviewing import DM
from tests.scenarios.stage import CHANNEL, Stage, _key

DAY = timedelta(days=1)


def heard(slack: Stage, name: str, kind: str) -> list[Message]:
    """Give what somebody was told by DM in messages of one kind."""
    return [each for each in slack.person(name).messages(DM) if f"/{kind}/" in _key(each)]


def the_news(slack: Stage, name: str) -> list[str]:
    """Give the texts of what somebody heard of their items."""
    return [each.text for each in heard(slack, name, "item_news")]


def under_the_card(slack: Stage, channel: str = CHANNEL) -> list[str]:
    """Give the texts of the replies to the channel's card."""
    place, card = slack.sandbox.workspace.channel(channel), slack.card(channel)
    return [each.text for each in place.messages if each.thread_ts == card.ts != each.ts]


async def leaves(slack: Stage, name: str) -> None:
    """Let somebody's account be deactivated."""
    deactivate(slack.sandbox.workspace, slack.id_of(name))
    await heard_of_it(slack)


async def comes_back(slack: Stage, name: str) -> None:
    """Let somebody's account be active again."""
    account, team = slack.person(name).account, slack.sandbox.workspace.team_id
    account.deleted = False
    shown = account.to_api(team, slack.clock.now())
    slack.sandbox.workspace.emit({"type": "user_change", "user": shown})
    await heard_of_it(slack)


async def heard_of_it(slack: Stage) -> None:
    """Return when the app has heard of an event, and sent what it owes for that."""
    await slack.settled()
    await slack.settled()


async def later(slack: Stage, by: timedelta) -> None:
    """Let time go by, and the clock strike."""
    await slack.passes(by)
    await slack.bot.clock.strike()
    await slack.settled()
