"""Who the app is in its workspace, and whom it works for: that workspace's own members."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

import structlog
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.context.async_context import AsyncBoltContext
from slack_bolt.response import BoltResponse

from blocks.notices import sorry_modal

log = structlog.get_logger(__name__)

ELSEWHERE = (
    "Closed Loop can be used by this workspace's own members only. Ask one of them to do this, "
    "or ask the people who run it to install it in your workspace too."
)


@dataclass(frozen=True, kw_only=True)
class Identity:
    """Who the app is in its workspace, as `auth.test` said at the start."""

    team_id: str
    team: str
    bot_user_id: str
    bot_id: str


def authorizer(identity: Identity, token: str) -> Callable[..., Awaitable[Any]]:
    """Bolt's question which token a request may use; none for another workspace."""

    async def authorize(team_id: str | None, user_id: str | None) -> AuthorizeResult | None:
        if team_id != identity.team_id:
            log.warning("stranger_refused", team=team_id, user=user_id)
            return None
        return AuthorizeResult(
            enterprise_id=None,
            team_id=identity.team_id,
            team=identity.team,
            bot_user_id=identity.bot_user_id,
            bot_id=identity.bot_id,
            bot_token=token,
            user_id=user_id,
        )

    return authorize


def members_only(identity: Identity) -> Callable[..., Awaitable[BoltResponse]]:
    """A middleware that turns away people of other workspaces who share a channel with this one.

    Slack sends their clicks and forms in the name of the workspace that installed the app
    (`view.app_installed_team_id`), so Bolt authorizes them; only `user.team_id` tells.
    """

    async def turn_away(
        body: dict[str, Any],
        context: AsyncBoltContext,
        next_: Callable[[], Awaitable[BoltResponse]],
    ) -> BoltResponse:
        home = _home(body)
        if home in (None, identity.team_id):
            return await next_()
        log.warning("stranger_refused", team=home, user=context.user_id)
        if body.get("type") == "view_submission":
            sorry = sorry_modal("For members only", ELSEWHERE)
            return BoltResponse(status=200, body={"response_action": "update", "view": sorry})
        if context.response_url and context.respond:
            await context.respond(ELSEWHERE)
        return BoltResponse(status=200, body="")

    return turn_away


def _home(body: dict[str, Any]) -> str | None:
    """The workspace somebody who clicked belongs to; None where that says nothing.

    In an Enterprise organisation a colleague's home may be any of its workspaces.
    """
    user = body.get("user")
    if not isinstance(user, dict) or body.get("enterprise"):
        return None
    home: str | None = user.get("team_id")
    return home
