"""What a closed monthly review came to: a message and a canvas in its channel, and a file.

All three are composed when they are sent, and say how it was when the review was closed.
"""

from collections.abc import AsyncIterator, Callable, Iterable, Mapping
from datetime import datetime

from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient
from sqlmodel.ext.asyncio.session import AsyncSession

from blocks.review_buttons import REVIEW_MARKDOWN
from blocks.review_summary import LINES_MOST
from blocks.review_summary import review_summary as summary_message
from documents import review_document
from domain.errors import RuleBroken
from domain.review_summary import Line, Summary
from domain.reviews import Review, Stage
from handlers.clicks import Click, pressed
from handlers.outgoing import Compose, Outgoing, OutgoingCanvas
from handlers.review_hours import zone_of
from handlers.sections import number_in
from storage import deliveries, people, review_lines, review_summary, reviews
from storage.deliveries import Delivery
from storage.engine import Sessions

REVIEW_SUMMARY, REVIEW_CANVAS = "review_summary", "review_canvas"
SENT = "Sent to you as a direct message: {name}."
GONE = "This review is not in this workspace any more: there is nothing to send."
NONE_YET = (
    "No monthly review has been closed yet, so there is no file of one. Once one is, "
    "`/postmortem review export` sends you the last."
)
#: Writes a line of the table, with the names of those in it.
Written = Callable[[Line, Mapping[str, str]], str]


def register(app: AsyncApp) -> None:
    """Register the button that sends the file."""
    app.action(REVIEW_MARKDOWN)(hand_over)


async def owe_summary(session: AsyncSession, review: Review, now: datetime) -> None:
    """Owe the channel the summary and the canvas of a review that is closed."""
    for kind in (REVIEW_SUMMARY, REVIEW_CANVAS):
        await deliveries.enqueue(
            session,
            review.workspace,
            kind,
            str(review.id),
            channel=review.channel,
            due_at=now,
            asked_by=review.closed_by,
        )


@pressed
async def hand_over(click: Click) -> None:
    """Send whoever asks the review as a Markdown file, in a direct message."""
    which = number_in(click.action)
    said = await send_markdown(click.client, click.sessions, click.team_id, click.user_id, which)
    await click.tell(said)


async def send_markdown(
    client: AsyncWebClient,
    sessions: Sessions,
    team_id: str,
    user_id: str,
    review_id: int | None = None,
) -> str:
    """Send somebody a closed review as a file, the last one where none is named.

    Returns what to say where it was asked for. RuleBroken says that there is none.
    """
    async with sessions() as session:
        review = await _which(session, team_id, review_id)
        summary = await _summary(session, review)
        text = await _written(session, summary, review_document.review_markdown)
    name = f"monthly-review-{review.due_on.isoformat()}.md"
    answer = await client.conversations_open(users=user_id)
    await client.files_upload_v2(
        channel=answer["channel"]["id"], filename=name, title=review.name, content=text
    )
    return SENT.format(name=name)


async def _which(session: AsyncSession, team_id: str, review_id: int | None) -> Review:
    if review_id is None:
        last = await reviews.last_closed(session, team_id)
        if last is None:
            raise RuleBroken("", NONE_YET)
        return last
    found = await reviews.find(session, team_id, review_id)
    if found is None or found.stage is not Stage.CLOSED:
        raise RuleBroken("", GONE)
    return found


async def _closed(session: AsyncSession, delivery: Delivery) -> Summary | None:
    review = await reviews.find(session, delivery.workspace_id, int(delivery.subject))
    if review is None or review.stage is not Stage.CLOSED:
        return None
    return await _summary(session, review)


async def _summary(session: AsyncSession, review: Review) -> Summary:
    zone = await zone_of(session, review.workspace)
    return await review_summary.summary(session, review, zone)


async def message(session: AsyncSession, delivery: Delivery) -> Outgoing | None:
    """The summary in the review's channel; everybody is said by name, and nobody called."""
    summary = await _closed(session, delivery)
    if summary is None:
        return None
    first = await review_lines.lines(session, summary.review, decided=True, most=LINES_MOST)
    names = await _names(session, summary, _people(summary) | _in(first))
    return Outgoing(message=summary_message(summary, first, names))


async def canvas(session: AsyncSession, delivery: Delivery) -> OutgoingCanvas | None:
    """The review as a canvas beside its channel: its own, whatever other canvases are there."""
    summary = await _closed(session, delivery)
    if summary is None:
        return None
    written = await _written(session, summary, review_document.review_canvas)
    return OutgoingCanvas(title=summary.review.name, markdown=written, mark=summary.review.name)


async def _written(session: AsyncSession, summary: Summary, document: review_document.Write) -> str:
    review = summary.review
    decided = [
        line
        async for line in _lines(session, review, review_document.decision_line, is_decided=True)
    ]
    left = [
        line async for line in _lines(session, review, review_document.left_line, is_decided=False)
    ]
    names = await _names(session, summary, _people(summary))
    return document(summary, decided, left, names)


async def _lines(
    session: AsyncSession, review: Review, write: Written, *, is_decided: bool
) -> AsyncIterator[str]:
    """Every such line of the table as it is written, read by the page."""
    after = 0
    while page := await review_lines.lines(session, review, decided=is_decided, after=after):
        names = await _named(session, review, _in(page))
        for line in page:
            yield write(line, names)
        after = page[-1].position


def _people(summary: Summary) -> set[str]:
    review = summary.review
    moved, oldest = ({each.owner for each in some} for some in (summary.often, summary.oldest))
    return {review.facilitator, review.closed_by, *summary.absent, *moved, *oldest}


def _in(lines: Iterable[Line]) -> set[str]:
    return {each for line in lines for each in (line.owner, line.by, line.person)}


async def _names(session: AsyncSession, summary: Summary, who: Iterable[str]) -> dict[str, str]:
    return await _named(session, summary.review, set(who))


async def _named(session: AsyncSession, review: Review, who: set[str]) -> dict[str, str]:
    met = await people.known(session, review.workspace, who - {""})
    return {person: met[person].name for person in met}


DELIVERIES: dict[str, Compose] = {REVIEW_SUMMARY: message, REVIEW_CANVAS: canvas}
