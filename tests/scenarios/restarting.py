"""What scenarios about restarts need: one workspace and one database, and the app started anew."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import structlog

from bot.demo import MANIFEST, settings_for
from bot.process import PATIENCE, running
from handlers.patience import slow_machine
from sandbox import Clock, Sandbox
from tests.scenarios.stage import ACK_SECONDS, NOW, SLOWNESS, Stage


@dataclass(frozen=True, kw_only=True)
class Machine:
    """Where the app runs: what stays when it does not."""

    sandbox: Sandbox
    database: Path
    clock: Clock
    logs: list[Any] = field(default_factory=list)

    @asynccontextmanager
    async def app(self, patience: float = PATIENCE) -> AsyncIterator[Stage]:
        """Run the app until the block ends; then it has so many seconds to stop."""
        settings = settings_for(self.sandbox, self.database)
        async with running(settings, now=self.clock.now, patience=patience) as bot:
            forget = self.clock.on_turn(bot.courier.wake)
            stage = Stage(sandbox=self.sandbox, bot=bot, clock=self.clock, logs=self.logs)
            yield stage
            forget()
        stage.check()


@asynccontextmanager
async def switched_on(database: Path) -> AsyncIterator[Machine]:
    """Open a workspace, in which no app runs yet."""
    clock = Clock(NOW)
    told = structlog.testing.capture_logs([structlog.contextvars.merge_contextvars])
    with told as logs, slow_machine(SLOWNESS):
        async with Sandbox.open(manifest=MANIFEST, clock=clock) as sandbox:
            sandbox.faults.ack_seconds = sandbox.faults.trigger_seconds = ACK_SECONDS
            yield Machine(sandbox=sandbox, database=database, clock=clock, logs=logs)
