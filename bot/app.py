"""The wiring: a Bolt app with every handler registered and every dependency injected by name."""

import logging
import uuid
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import structlog
from slack_bolt.async_app import AsyncApp
from slack_bolt.context.async_context import AsyncBoltContext
from slack_bolt.response import BoltResponse
from slack_sdk.web.async_client import AsyncWebClient

from blocks.forms import refusals
from bot.identity import Colleagues, Identity, authorizer, members_only
from bot.rooms import HANDLERS
from domain.errors import RuleBroken
from handlers.opening import Opening, Tell, beside, sorry, tell_by
from handlers.reading import reads
from integrations.trackers import Trackers
from storage.engine import Sessions

log = structlog.get_logger(__name__)


@dataclass(frozen=True, kw_only=True)
class Wiring:
    """What listeners may ask for by name, beside what Bolt itself injects."""

    sessions: Sessions
    now: Callable[[], datetime]
    trackers: Trackers
    opening: Opening = field(default_factory=Opening)

    def injected(self) -> dict[str, Any]:
        """Name → dependency, as listeners name them."""
        return {
            "sessions": self.sessions,
            "now": self.now,
            "opening": self.opening,
            "trackers": self.trackers,
        }


def build(
    client: AsyncWebClient, identity: Identity, wiring: Wiring, signing_secret: str = ""
) -> AsyncApp:
    """Make the app; without a signing secret only Socket Mode can reach it."""
    colleagues = Colleagues(reads(client), identity)
    guard = members_only(identity, colleagues, client, wiring.opening)
    app = AsyncApp(
        name="closedloop",
        logger=logging.getLogger("slack_bolt"),
        client=_without_token(client),
        signing_secret=signing_secret,
        authorize=authorizer(identity, client.token or ""),
        before_authorize=_begin(wiring, guard),
        # Else Bolt looks for the acknowledgement every 10 ms only; our listeners acknowledge
        # first and open forms in tasks of their own.
        process_before_response=True,
    )
    app.error(explain_error)
    for module in HANDLERS:
        module.register(app)
    return app


def _without_token(client: AsyncWebClient) -> AsyncWebClient:
    # With a token Bolt would ask auth.test before the first acknowledgement; we asked at the start.
    return AsyncWebClient(
        base_url=client.base_url,
        session=client.session,
        timeout=client.timeout,
        retry_handlers=client.retry_handlers,
        logger=client.logger,
    )


def _begin(
    wiring: Wiring, guard: Callable[..., Awaitable[BoltResponse]]
) -> Callable[..., Awaitable[BoltResponse]]:
    injected = wiring.injected()

    async def begin(
        context: AsyncBoltContext,
        body: dict[str, Any],
        client: AsyncWebClient,
        next_: Callable[[], Awaitable[BoltResponse]],
    ) -> BoltResponse:
        context.update(injected)
        if context.response_url:
            context["respond"] = beside(client, context.response_url)
        structlog.contextvars.clear_contextvars()
        structlog.contextvars.bind_contextvars(
            request_id=uuid.uuid4().hex[:12],
            team=context.team_id,
            user=context.user_id,
            channel=context.channel_id,
            asked=_asked(body),
        )
        return await guard(body, context, next_)

    return begin


def _asked(body: dict[str, Any]) -> str:
    """What a person did, for the log line: the command, the view or the button."""
    if "command" in body:
        return f"{body['command']} {body.get('text', '')[:40]}".strip()
    if "view" in body and body.get("type") == "view_submission":
        return str(body["view"].get("callback_id", ""))
    if body.get("actions"):
        return str(body["actions"][0].get("action_id", ""))
    return str(body.get("event", {}).get("type", body.get("type", "")))


async def explain_error(
    error: Exception,
    body: dict[str, Any],
    client: AsyncWebClient,
    opening: Opening,
    respond: Tell,
) -> BoltResponse:
    """Log what nobody foresaw, and tell the person who clicked, where they are looking."""
    log.error("request_failed", exc_info=error)
    if body.get("type") == "view_submission":
        errors = refusals(body["view"], RuleBroken("", sorry()))
        return BoltResponse(status=200, body={"response_action": "errors", "errors": errors})
    if "command" in body:
        return BoltResponse(status=200, body={"response_type": "ephemeral", "text": sorry()})
    if body.get("type") in {"block_actions", "message_action"}:
        opening.say(tell_by(client, body, respond), sorry())
        return BoltResponse(status=200, body="")
    return BoltResponse(status=500, body="")
