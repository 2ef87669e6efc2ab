"""A postmortem as a Markdown file, for whoever asks: by its button or by `/postmortem export`."""

from typing import Any

from slack_bolt.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_sdk.web.async_client import AsyncWebClient
from sqlmodel.ext.asyncio.session import AsyncSession

from blocks.publishing import HAND_OVER
from domain.errors import RuleBroken
from domain.postmortems import Postmortem, read_key
from handlers.documents import markdown_of
from handlers.find import check_may_see
from handlers.opening import Opening, Tell, tell_by
from handlers.sections import number_in, stored
from handlers.subcommands import Subcommand, Typed
from storage import numbers, postmortems
from storage.engine import Sessions

SENT = "Sent to you as a direct message: {name}."
WHICH = (
    "I do not know which postmortem you mean. Run `/postmortem export` in its channel, or name it, "
    "like `/postmortem export PM-12`."
)


def register(app: AsyncApp) -> None:
    """Register the button that hands a postmortem over."""
    app.action(HAND_OVER)(hand_over)


async def hand_over(
    ack: AsyncAck,
    body: dict[str, Any],
    action: dict[str, Any],
    client: AsyncWebClient,
    sessions: Sessions,
    team_id: str,
    user_id: str,
    opening: Opening,
    respond: Tell,
) -> None:
    """Send whoever asks the postmortem as a Markdown file, in a direct message."""
    await ack()
    tell = tell_by(client, body, respond)

    async def work() -> None:
        async with sessions() as session:
            postmortem = await stored(session, team_id, number_in(action))
            text = await markdown_of(session, postmortem)
        await check_may_see(client, sessions, user_id, postmortem)
        opening.say(tell, await _send(client, user_id, postmortem, text))

    opening.begin(work(), tell)


async def _send(client: AsyncWebClient, user_id: str, postmortem: Postmortem, text: str) -> str:
    """Send the file in a direct message; what is said of it where it was asked for."""
    name = f"{postmortem.key}.md"
    answer = await client.conversations_open(users=user_id)
    await client.files_upload_v2(
        channel=answer["channel"]["id"],
        filename=name,
        title=f"{postmortem.key} · {postmortem.facts.title}",
        content=text,
    )
    return SENT.format(name=name)


async def export(typed: Typed) -> None:
    """Send whoever asks the channel's postmortem, or the one they name, as a Markdown file."""
    await typed.ack()

    async def work() -> None:
        async with typed.sessions() as session:
            postmortem = await _named(session, typed)
            text = await markdown_of(session, postmortem)
        await check_may_see(typed.client, typed.sessions, typed.user_id, postmortem)
        said = await _send(typed.client, typed.user_id, postmortem, text)
        typed.opening.say(typed.respond, said)

    typed.opening.begin(work(), typed.respond)


async def _named(session: AsyncSession, typed: Typed) -> Postmortem:
    """The postmortem with the key that was typed; without one, the channel's own."""
    found = None
    if number := read_key(typed.rest):
        which = (await numbers.numbered(session, typed.team_id)).get(number)
        found = which and await postmortems.find(session, typed.team_id, which)
    elif not typed.rest:
        found = await postmortems.in_channel(session, typed.team_id, typed.channel_id)
    if not found:
        raise RuleBroken("", WHICH)
    return found


SUBCOMMANDS = {
    "export": Subcommand(
        usage="export [PM-12]", help="sends you a postmortem as a Markdown file.", run=export
    )
}
