"""The monthly reviews to come as a calendar file, for whoever asks (rule 19)."""

from datetime import datetime

from slack_sdk.web.async_client import AsyncWebClient

from documents.calendar_file import NAME, calendar_file
from domain.review_calendar import to_come
from domain.reviews import Stage
from handlers.clicks import Click, pressed
from handlers.facilitators import here
from handlers.review_situation import situation
from storage.engine import Sessions

SENT = f"Sent to you as a direct message: {NAME}. Open it to put the reviews into your calendar."
_TITLE = "The monthly reviews to come"


async def send_calendar(
    client: AsyncWebClient, sessions: Sessions, team_id: str, user_id: str, now: datetime
) -> str:
    """Send somebody the file in a direct message; what is said of it where it was asked for."""
    async with sessions() as session:
        standing = await situation(session, team_id, now)
    called, chair = standing.current, ""
    if called is not None and called.stage is Stage.CALLED:
        met = await here(client, sessions, team_id, [called.facilitator], now)
        chair = met[called.facilitator].name if called.facilitator in met else ""
    held, zone = to_come(standing, now), standing.hours.zone
    answer = await client.conversations_open(users=user_id)
    await client.files_upload_v2(
        channel=answer["channel"]["id"],
        filename=NAME,
        title=_TITLE,
        content=calendar_file(held, team_id, zone, now, chair),
    )
    return SENT


@pressed
async def ask_for_calendar(click: Click) -> None:
    """Send whoever presses the button the reviews to come as a calendar file."""
    now = click.now()
    said = await send_calendar(click.client, click.sessions, click.team_id, click.user_id, now)
    await click.tell(said)
