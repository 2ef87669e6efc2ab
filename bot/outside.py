"""The outside world as the settings name it: who is asked about budgets, where tickets are."""

from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import datetime

from bot.budgets import budget_source
from bot.clock import Scheduled
from bot.rooms import SCHEDULE
from bot.settings import Settings
from bot.trackers import trackers_of
from handlers.budget_asking import Asking
from handlers.budget_items import Settling
from handlers.ticketing import Ticketing
from integrations.budgets import BudgetSource
from integrations.trackers import Trackers


@dataclass(frozen=True, kw_only=True)
class Outside:
    """Whom the process asks outside of Slack."""

    budgets: BudgetSource
    trackers: Trackers


@asynccontextmanager
async def outside_of(settings: Settings, now: Callable[[], datetime]) -> AsyncIterator[Outside]:
    """The outside world, until the block ends."""
    async with AsyncExitStack() as stack:
        budgets = await stack.enter_async_context(budget_source(settings))
        trackers = await stack.enter_async_context(trackers_of(settings, now))
        yield Outside(budgets=budgets, trackers=trackers)


def duties_of(
    workspace_id: str, outside: Outside, now: Callable[[], datetime]
) -> dict[str, Scheduled]:
    """Whatever the clock does of itself, and what it asks the outside world; each tracker alone."""
    tickets = {
        f"tickets_{kind}": Ticketing(tracker, workspace_id, now)
        for kind, tracker in outside.trackers.items()
    }
    asking = Asking(outside.budgets, workspace_id)
    return {**SCHEDULE, "budgets_asked": asking, "budgets": Settling(), **tickets}
