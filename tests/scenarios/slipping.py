"""What scenarios about the clock of monthly reviews need: a programme, and late items."""

from datetime import date
from typing import Any

from domain.programme import Programme
from handlers.reviews import REVIEW
from sandbox.messages import Message
from storage import workspaces
from tests.scenarios.reviewing import TEAM, take_turns
from tests.scenarios.stage import Stage

REVIEWS = "#reliability"
#: Late on the first of December, when the review begins.
LATE = date(2026, 11, 28)
#: By the clock in Berlin, an hour ahead of UTC.
CALLED, BEGUN = "2026-11-26 08:30", "2026-12-01 09:00"


async def has_programme(slack: Stage, **settings: Any) -> None:
    """Let Lena lead a programme whose reviews are held in Berlin, and Freya take turns."""
    said = {
        "lead": slack.id_of("lena"),
        "review_channel": slack.sandbox.workspace.channel(REVIEWS).id,
        "review_zone": "Europe/Berlin",
    }
    await take_turns(slack, "freya")
    async with slack.bot.database.sessions.begin() as session:
        await workspaces.change_programme(session, TEAM, Programme(**{**said, **settings}))


async def is_late(slack: Stage) -> None:
    """Let Bob, in London, and Mei, in Tokyo, each have promised something for November."""
    await slack.started()
    await slack.promised(due_on=LATE)
    await slack.promised(what="Alert before the pool is full", owner="mei", due_on=LATE)


def parent(slack: Stage) -> Message:
    """Give the review's message in its channel; there is exactly one."""
    (message,) = slack.posted(REVIEW, REVIEWS)
    return message
