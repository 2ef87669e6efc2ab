"""What scenarios about closing monthly reviews need: the form, and what is read of it after."""

from typing import Any

from blocks.review_buttons import CLOSE_REVIEW_OF_MONTH
from domain.reviews import Review
from handlers.review_summaries import REVIEW_SUMMARY
from handlers.reviews import REVIEW
from sandbox import Modal
from sandbox.canvases import Canvas
from sandbox.messages import Message
from tests.scenarios import monthly
from tests.scenarios.monthly import REVIEWS, parent
from tests.scenarios.reviewing import DM
from tests.scenarios.stage import Stage

LEARNT = "We promise more than we can keep."


async def form(slack: Stage, by: str = "freya") -> Modal:
    """Give the form that somebody opened to close the newest review."""
    newest = slack.posted(REVIEW, REVIEWS)[-1]
    await slack.person(by).click(REVIEWS, action_id=CLOSE_REVIEW_OF_MONTH, ts=newest.ts)
    await slack.settled()
    return await slack.person(by).modal()


async def closed(slack: Stage, by: str = "freya", **typed: Any) -> Review:
    """Let somebody close the review; gives it as it is stored then."""
    answer = await (await form(slack, by)).fill(**typed).submit()
    assert answer.closed, answer.errors
    await slack.settled()
    return await monthly.the_review(slack)


async def refused(slack: Stage, by: str, words: str) -> str:
    """Give what somebody is told who may not close the review."""
    await slack.person(by).click(REVIEWS, action_id=CLOSE_REVIEW_OF_MONTH, ts=parent(slack).ts)
    await slack.settled()
    return await slack.told(by, words, REVIEWS)


def summary(slack: Stage) -> Message:
    """Give the one summary in the channel."""
    (message,) = slack.posted(REVIEW_SUMMARY, REVIEWS)
    return message


def name_of(slack: Stage, handle: str) -> str:
    """What somebody is called."""
    return slack.person(handle).account.real_name


def canvases(slack: Stage) -> list[Canvas]:
    """Give all canvases, in the order in which they were made."""
    return list(slack.sandbox.workspace.canvases.values())


async def file_of(slack: Stage, name: str) -> str:
    """Give the text of the one file that somebody was sent."""
    files = slack.sandbox.workspace.files
    (sent,) = [files[each] for one in slack.person(name).messages(DM) for each in one.files]
    return str(sent.content if isinstance(sent.content, str) else sent.content.decode())
