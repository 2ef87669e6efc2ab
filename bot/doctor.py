"""`closedloop doctor`: tries everything that the app needs, and changes nothing."""

from collections.abc import Callable
from contextlib import AsyncExitStack
from datetime import datetime

from bot import doctor_database, doctor_slack, doctor_trackers, slack
from bot.findings import Finding, note, ok, wrong
from bot.outside import outside_of
from bot.settings import Settings
from integrations.budgets import BudgetSource, NoAnswer

_PROMETHEUS = "Prometheus"
#: A query that every Prometheus answers with one number, whatever it collects.
_ANYTHING = "vector(1)"


async def examined(settings: Settings, now: Callable[[], datetime]) -> list[Finding]:
    """All that was found, in the order in which it is to be mended."""
    async with AsyncExitStack() as stack:
        token = settings.slack_bot_token.get_secret_value()
        clients = slack.connect(token, settings.slack_api_url)
        stack.push_async_callback(clients.close)
        outside = await stack.enter_async_context(outside_of(settings, now))
        workspace_id, found = await doctor_slack.tokens(settings, clients.reads)
        known, stored = await doctor_database.look(settings.database_url, workspace_id, now())
        found += stored
        if workspace_id and known:
            found += await doctor_slack.places(clients.reads, known.programme, known.services)
        places = known.places if known else None
        found += await doctor_trackers.examine(settings, outside.trackers, places)
        return [*found, await _prometheus(settings, outside.budgets)]


async def _prometheus(settings: Settings, budgets: BudgetSource) -> Finding:
    if not settings.prometheus_url:
        return note(_PROMETHEUS, "Set PROMETHEUS_URL to have error budgets asked for there.")
    try:
        await budgets.burned(_ANYTHING)
    except NoAnswer as silent:
        return wrong(_PROMETHEUS, str(silent))
    return ok(_PROMETHEUS, "It answers.")
