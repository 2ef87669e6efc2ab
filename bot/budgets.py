"""Error budgets from outside: who is asked, and `PUT /api/budgets/{service}` for who tells."""

import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import datetime
from http import HTTPStatus

import structlog
from aiohttp import web
from sqlalchemy.exc import SQLAlchemyError

from bot.bodies import Refused, body_of
from bot.settings import Settings
from bot.web import Answer
from domain.errors import RuleBroken
from domain.services import percent
from handlers.budgets import Heard, TokenRefused, told, workspace_of
from integrations.budgets import BudgetSource, Nobody
from integrations.budgets.prometheus import Prometheus
from storage.engine import Sessions

log = structlog.get_logger(__name__)

#: One number needs some twenty bytes.
BODY_MAX = 1024
_JSON = "application/json"
_LIKE = 'Send {"burned": 82.5}: how many percent of the error budget are spent.'
_SHOW_ONE = (
    "Show a token in the header Authorization, as “Bearer clb_…”. The programme lead makes one in "
    "Slack: /postmortem settings services."
)
_REFUSED = (
    "Nobody knows this token: another one may have been made since. The programme lead makes one "
    "in Slack: /postmortem settings services."
)
_NO_DATABASE = "The database does not answer, so nothing is kept. Send it again in a minute."


@asynccontextmanager
async def budget_source(settings: Settings) -> AsyncIterator[BudgetSource]:
    """Who is asked how much of a budget is spent, until the block ends."""
    if not settings.prometheus_url:
        yield Nobody()
        return
    token = settings.prometheus_token
    source = Prometheus(settings.prometheus_url, token.get_secret_value() if token else "")
    try:
        yield source
    finally:
        await source.close()


def putting(sessions: Sessions, now: Callable[[], datetime]) -> Answer:
    """The endpoint that is told how much of a service's budget is spent."""

    async def put(request: web.Request) -> web.StreamResponse:
        service = request.match_info["service"]
        try:
            token = _token(request)
            await workspace_of(sessions, token)  # a stranger is not listened to at all
            burned = _burned(await _body(request))
            heard = await told(sessions, token, service, burned, now())
        except TokenRefused:
            return _refusal(service, HTTPStatus.UNAUTHORIZED, _REFUSED)
        except Refused as refused:
            return _refusal(service, refused.status, str(refused))
        except RuleBroken as broken:
            return _refusal(service, HTTPStatus.UNPROCESSABLE_ENTITY, str(broken))
        except (OSError, SQLAlchemyError):
            log.exception("budget_not_kept", service=service)
            return _refusal(service, HTTPStatus.SERVICE_UNAVAILABLE, _NO_DATABASE)
        return web.json_response(_answer(heard))

    return put


def _token(request: web.Request) -> str:
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not token.strip():
        raise Refused(HTTPStatus.UNAUTHORIZED, _SHOW_ONE)
    return token.strip()


async def _body(request: web.Request) -> bytes:
    if request.content_type != _JSON:
        raise Refused(
            HTTPStatus.UNSUPPORTED_MEDIA_TYPE, f"Send it with Content-Type: {_JSON}. {_LIKE}"
        )
    return await body_of(request, BODY_MAX, _LIKE)


def _burned(body: bytes) -> object:
    try:
        said = json.loads(body)
    except (ValueError, RecursionError):
        raise Refused(HTTPStatus.BAD_REQUEST, f"This is no JSON. {_LIKE}") from None
    if not isinstance(said, dict) or "burned" not in said:
        raise Refused(HTTPStatus.UNPROCESSABLE_ENTITY, _LIKE)
    return said["burned"]


def _answer(heard: Heard) -> dict[str, object]:
    service = heard.service
    spent = f"{percent(service.burned or 0)} of its error budget is spent"
    burns = f"{service.name} burns its error budget: {spent}. Its open items go up one priority."
    says = burns if heard.burns else f"{service.name} does not burn its error budget: {spent}."
    return {"service": service.name, "burned": service.burned, "burns": heard.burns, "says": says}


def _refusal(service: str, status: HTTPStatus, sentence: str) -> web.Response:
    log.info("budget_refused", service=service, status=int(status), why=sentence)
    headers = {"WWW-Authenticate": "Bearer"} if status is HTTPStatus.UNAUTHORIZED else {}
    return web.json_response({"error": sentence}, status=status, headers=headers)
