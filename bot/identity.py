"""Who the app is in its workspace, and whom it works for: that workspace's own members."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

import structlog
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.context.async_context import AsyncBoltContext
from slack_bolt.response import BoltResponse
from slack_sdk.web.async_client import AsyncWebClient

from blocks.notices import sorry_modal
from handlers.opening import Opening, Tell, tell_by
from handlers.patience import within
from handlers.people import PATIENCE
from handlers.reading import SILENCE

log = structlog.get_logger(__name__)

ELSEWHERE = (
    "Closed Loop can be used by this workspace's own members only. Ask one of them to do this, "
    "or ask the people who run it to install it in your workspace too."
)
UNSURE = (
    "Slack did not say in time which organisation you belong to. Nothing is lost: please try again."
)
Next = Callable[[], Awaitable[BoltResponse]]


@dataclass(frozen=True, kw_only=True)
class Identity:
    """Who the app is in its workspace, as `auth.test` said at the start."""

    team_id: str
    team: str
    bot_user_id: str
    bot_id: str
    enterprise_id: str | None = None


def authorizer(identity: Identity, token: str) -> Callable[..., Awaitable[AuthorizeResult]]:
    """Bolt's question which token a request may use: the one there is, for strangers are gone."""

    async def authorize(user_id: str | None) -> AuthorizeResult:
        return AuthorizeResult(
            enterprise_id=identity.enterprise_id,
            team_id=identity.team_id,
            team=identity.team,
            bot_user_id=identity.bot_user_id,
            bot_id=identity.bot_id,
            bot_token=token,
            user_id=user_id,
        )

    return authorize


class Colleagues:
    """Whom Slack counts to our Enterprise organisation; asked once about each."""

    def __init__(self, client: AsyncWebClient, identity: Identity) -> None:
        self._client = client
        self._enterprise_id = identity.enterprise_id
        self._met: set[str] = set()

    async def objection(self, user_id: str) -> str | None:
        """What to tell somebody who is no colleague, or of whom Slack says nothing in time."""
        if user_id in self._met:
            return None
        try:
            async with within(PATIENCE):
                answer = await self._client.users_info(user=user_id)
        except SILENCE as silent:
            log.warning("organisation_unknown", why=repr(silent))
            return UNSURE
        user: dict[str, Any] = answer["user"]
        if user.get("enterprise_user", {}).get("enterprise_id") != self._enterprise_id:
            return ELSEWHERE
        self._met.add(user_id)
        return None


def members_only(
    identity: Identity, colleagues: Colleagues, client: AsyncWebClient, opening: Opening
) -> Callable[..., Awaitable[BoltResponse]]:
    """A middleware that turns away people of other workspaces who share a channel with this one.

    It comes before Bolt's authorization, which would have strangers told before it acknowledges.
    """

    async def turn_away(
        body: dict[str, Any], context: AsyncBoltContext, next_: Next
    ) -> BoltResponse:
        objection = await _objection(identity, colleagues, body, context)
        if objection is None:
            context["team_id"] = identity.team_id  # a colleague's click may name their own
            return await next_()
        log.warning("stranger_refused", home=_home(body) or context.team_id)
        if body.get("type") in {"block_actions", "message_action"}:
            respond: Tell = context["respond"]  # Bolt puts one there, as does our wiring
            opening.say(tell_by(client, body, respond), objection)
        return _refusal(body, objection)

    return turn_away


async def _objection(
    identity: Identity, colleagues: Colleagues, body: dict[str, Any], context: AsyncBoltContext
) -> str | None:
    """Why this request is not for us; None when it is.

    Whoever clicks in a shared channel does so in our name: `team` and `enterprise` are those of
    the app (slackapi/java-slack-sdk#1041), and only `user.team_id` tells of a stranger. But a
    colleague of our Enterprise organisation has one home, whichever of its workspaces they are in
    (slackapi/bolt-js#1875): of them Slack has to be asked.
    """
    home = _home(body)
    if body.get("type") == "url_verification" or home == identity.team_id:
        return None
    if home is None:
        return None if context.team_id == identity.team_id else ELSEWHERE
    if identity.enterprise_id is None or _organisation(body) != identity.enterprise_id:
        return ELSEWHERE
    return await colleagues.objection(body["user"]["id"])


def _home(body: dict[str, Any]) -> str | None:
    """The workspace somebody who clicked belongs to; None where that is not said."""
    user = body.get("user")
    return user.get("team_id") if isinstance(user, dict) else None


def _organisation(body: dict[str, Any]) -> str | None:
    named = (body.get("enterprise") or {}).get("id")
    return named or (body.get("team") or {}).get("enterprise_id")


def _refusal(body: dict[str, Any], objection: str) -> BoltResponse:
    """The acknowledgement, which says why wherever it can."""
    if body.get("type") == "view_submission":
        sorry = sorry_modal("For members only", objection)
        return BoltResponse(status=200, body={"response_action": "update", "view": sorry})
    if "command" in body:
        return BoltResponse(status=200, body={"response_type": "ephemeral", "text": objection})
    return BoltResponse(status=200, body="")
