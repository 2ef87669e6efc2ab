"""What `closedloop doctor` asks Slack: the tokens, the scopes, the channels, the lead."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import aiohttp
import yaml
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.findings import Finding, note, ok, wrong
from bot.settings import Settings
from domain.programme import Programme
from domain.services import Service
from handlers.refusals import code_of

#: Beside the code in a checkout; a package that was installed has none.
MANIFEST = Path(__file__).parent.parent / "manifest.yml"
_SILENT = (aiohttp.ClientError, TimeoutError, OSError)
_TOKEN, _APP_TOKEN, _SCOPES, _LEAD = "Slack token", "Slack app token", "Slack scopes", "Lead"
_REFUSED = (
    "Slack refuses SLACK_BOT_TOKEN: {}. Copy the bot token again, at api.slack.com/apps under "
    "OAuth & Permissions."
)
_APP_REFUSED = (
    "Slack refuses SLACK_APP_TOKEN: {}. Make one with connections:write, at api.slack.com/apps "
    "under Basic Information, and switch Socket Mode on."
)
_SILENCE = "Slack does not answer: {}. Look at the network, and at status.slack.com."
_OVER_HTTP = "None: Slack calls /slack/events over HTTP, and SLACK_SIGNING_SECRET is set."
_NOT_TOLD = "Slack refuses to tell of it: {}."
_LACKING = (
    "The token lacks {}. Add what is lacking to the app's manifest at api.slack.com/apps, then "
    "install the app again."
)
_INVITE = "The app is not in #{}. Invite it there: /invite @Closed Loop."
_ARCHIVED = "#{} is archived. Choose another in /postmortem settings{}."
_NO_CHANNEL = (
    "The app sees no channel {}: it is private and the app is not in it, or it was deleted. Invite "
    "the app there, or choose another in /postmortem settings{}."
)


class _CannotTell(Exception):
    """Slack did not tell; the message says why and what to do, `code` is Slack's own word."""

    def __init__(self, sentence: str, code: str = "") -> None:
        super().__init__(sentence)
        self.code = code


@contextmanager
def _asking(refusal: str) -> Iterator[None]:
    try:
        yield
    except SlackApiError as refused:
        code = code_of(refused)
        said = refusal.format(code or "it does not answer as it should")
        raise _CannotTell(said, code) from refused
    except _SILENT as silent:
        raise _CannotTell(_SILENCE.format(silent or type(silent).__name__)) from silent


async def tokens(settings: Settings, client: AsyncWebClient) -> tuple[str, list[Finding]]:
    """The workspace's id, and how the tokens and the scopes are; no id if Slack knows us not."""
    try:
        with _asking(_REFUSED):
            answer = await client.auth_test()
    except _CannotTell as silent:
        return "", [wrong(_TOKEN, str(silent))]
    known = ok(_TOKEN, f"{answer['team']} knows us as @{answer['user']}.")
    found = [known, _scopes(answer.headers), await _app_token(settings, client)]
    return str(answer["team_id"]), found


def _scopes(headers: Mapping[str, str]) -> Finding:
    granted = {name.lower(): said for name, said in headers.items()}.get("x-oauth-scopes")
    if granted is None or not MANIFEST.exists():
        return note(_SCOPES, "Nothing tells: compare them with docs/reference.md.")
    has = {each.strip() for each in granted.split(",")}
    lacking = [each for each in _wanted() if each not in has]
    if lacking:
        return wrong(_SCOPES, _LACKING.format(", ".join(lacking)))
    return ok(_SCOPES, f"All {len(_wanted())} of the manifest.")


def _wanted() -> list[str]:
    manifest: dict[str, Any] = yaml.safe_load(MANIFEST.read_text(encoding="utf-8"))
    return list(manifest["oauth_config"]["scopes"]["bot"])


async def _app_token(settings: Settings, client: AsyncWebClient) -> Finding:
    token = settings.slack_app_token
    if token is None:
        return note(_APP_TOKEN, _OVER_HTTP)
    try:
        with _asking(_APP_REFUSED):
            await client.apps_connections_open(app_token=token.get_secret_value())
    except _CannotTell as silent:
        return wrong(_APP_TOKEN, str(silent))
    return ok(_APP_TOKEN, "Slack opens connections for it.")


async def places(
    client: AsyncWebClient, programme: Programme, services: Sequence[Service]
) -> list[Finding]:
    """Whether the channels that are set are there and let us in, and whether the lead is."""
    channels = [
        await _channel(client, f"Channel of {what}", channel, where)
        for what, channel, where in _named(programme, services)
    ]
    return [*channels, await _lead(client, programme.lead)]


def _named(programme: Programme, services: Sequence[Service]) -> Iterable[tuple[str, str, str]]:
    """What each channel is for, its id, and which settings name it."""
    yield "reviews", programme.review_channel, " reviews"
    yield "the organisation", programme.organisation_channel, ""
    yield "engineering", programme.engineering_channel, ""
    for each in services:
        if each.channel:
            yield each.name, each.channel, " services"


async def _channel(client: AsyncWebClient, about: str, channel: str, where: str) -> Finding:
    if not channel:
        return note(about, f"Choose one in /postmortem settings{where}.")
    try:
        with _asking(_NOT_TOLD):
            found = (await client.conversations_info(channel=channel))["channel"]
    except _CannotTell as silent:
        is_gone = silent.code == "channel_not_found"
        return wrong(about, _NO_CHANNEL.format(channel, where) if is_gone else str(silent))
    if found.get("is_archived"):
        return wrong(about, _ARCHIVED.format(found["name"], where))
    if not found.get("is_member"):
        return wrong(about, _INVITE.format(found["name"]))
    return ok(about, f"#{found['name']}")


async def _lead(client: AsyncWebClient, lead: str) -> Finding:
    if not lead:
        return note(_LEAD, "Nobody leads the programme. Choose somebody in /postmortem settings.")
    try:
        with _asking(_NOT_TOLD):
            found = (await client.users_info(user=lead))["user"]
    except _CannotTell as silent:
        return wrong(_LEAD, str(silent))
    name = found.get("real_name") or found["name"]
    if found.get("deleted"):
        return wrong(_LEAD, f"{name} has left. Choose somebody else in /postmortem settings.")
    return ok(_LEAD, name)
