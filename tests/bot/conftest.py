"""The process as it is started by hand, and the workspace of the scenarios."""

import asyncio
import os
import sys
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path

import aiohttp
import pytest

from sandbox import Sandbox
from tests.scenarios.conftest import also_set, clock, mode, slack

__all__ = ["also_set", "clock", "mode", "slack"]

ROOT = Path(__file__).parent.parent.parent


@pytest.fixture
async def http() -> AsyncIterator[aiohttp.ClientSession]:
    """Somebody out there with an HTTP client."""
    async with aiohttp.ClientSession() as session:
        yield session


def settings_of(sandbox: Sandbox, database: Path) -> dict[str, str]:
    """The environment that points at a local workspace."""
    return {
        "SLACK_BOT_TOKEN": sandbox.bot_token,
        "SLACK_APP_TOKEN": sandbox.app_token,
        "SLACK_SIGNING_SECRET": sandbox.signing_secret,
        "SLACK_API_URL": sandbox.api_url,
        "DATABASE_URL": f"sqlite:///{database}",
        "PORT": "0",
    }


@asynccontextmanager
async def serving(
    folder: Path, environment: Mapping[str, str]
) -> AsyncIterator[asyncio.subprocess.Process]:
    """Run `closedloop serve` in a folder, with these settings and no others."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot", "serve"),
        cwd=folder,
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), **environment},
        stderr=asyncio.subprocess.PIPE,
    )
    try:
        yield process
    finally:
        if process.returncode is None:
            process.kill()
        await process.wait()
