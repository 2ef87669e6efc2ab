"""Services with a query: every five minutes it is asked how much of their budget is spent.

Whoever takes one has it for so long, so two replicas ask once; nothing is locked meanwhile.
"""

import asyncio
from dataclasses import replace
from datetime import datetime, timedelta

import structlog
from slack_sdk.web.async_client import AsyncWebClient

from domain.budgets import Source
from domain.services import Service, Told
from handlers import budgets
from integrations.budgets import BudgetSource, NoAnswer
from storage import services
from storage.engine import Sessions

log = structlog.get_logger(__name__)

EVERY = timedelta(minutes=5)
#: So many are asked at one strike, all at once; the others at the next.
AT_ONCE = 10


class Asking:
    """A duty of the clock: asks a source for the services of one workspace that have a query."""

    def __init__(self, source: BudgetSource, workspace_id: str) -> None:
        self._source = source
        self._workspace_id = workspace_id

    async def __call__(self, sessions: Sessions, _client: AsyncWebClient, now: datetime) -> None:
        """Ask whatever is due; raises what went wrong with some, when all were asked."""
        async with sessions() as session:
            if not await services.has_to_ask(session, self._workspace_id, now):
                return
        async with sessions.begin() as session:
            due = await services.to_ask(session, self._workspace_id, now, EVERY, AT_ONCE)
        asked = (self._ask(sessions, each, now) for each in due)
        became = await asyncio.gather(*asked, return_exceptions=True)
        if broken := [each for each in became if isinstance(each, Exception)]:
            raise ExceptionGroup("budgets not asked", broken)

    async def _ask(self, sessions: Sessions, service: Service, now: datetime) -> None:
        try:
            burned = await self._source.burned(service.query)
        except NoAnswer as silent:
            await self._keep_trouble(sessions, service, str(silent))
            return
        async with sessions.begin() as session:
            held = await services.held(session, self._workspace_id, service.id or 0)
            if held is not None and held.query == service.query:
                said = Told(burned=burned, source=Source.PROMETHEUS, at=now)
                await budgets.keep(session, self._workspace_id, held, said)

    async def _keep_trouble(self, sessions: Sessions, service: Service, why: str) -> None:
        """Show in the form why there is no number; the last one stands."""
        log.warning("budget_not_known", service=service.name, why=why)
        async with sessions.begin() as session:
            held = await services.held(session, self._workspace_id, service.id or 0)
            if held is not None and held.query == service.query:
                await services.change(session, replace(held, trouble=why))
