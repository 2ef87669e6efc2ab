"""A workspace and a database that nobody serves, for the doctor to look at."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from pydantic import SecretStr
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.demo import MANIFEST
from bot.doctor import examined
from bot.findings import Finding, State
from bot.settings import Settings
from domain.programme import Programme
from sandbox import Sandbox
from storage import workspaces
from storage.engine import open_database
from tests.scenarios.reviewing import TEAM

NOW = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)


@dataclass
class Clinic:
    """What the doctor is given."""

    slack: Sandbox
    url: str

    def settings(self, **more: Any) -> Settings:
        """The settings that point at both."""
        known: dict[str, Any] = {
            "slack_bot_token": SecretStr(self.slack.bot_token),
            "slack_app_token": SecretStr(self.slack.app_token),
            "slack_api_url": self.slack.api_url,
            "database_url": self.url,
        }
        return Settings(_env_file=None, **{**known, **more})

    async def looked(self, **more: Any) -> dict[str, Finding]:
        """What is found, by what it is about."""
        found = await examined(self.settings(**more), lambda: NOW)
        assert len({each.about for each in found}) == len(found)
        return {each.about: each for each in found}

    async def wrong(self, **more: Any) -> dict[str, str]:
        """What is wrong, and how it is mended."""
        found = await self.looked(**more)
        return {about: each.says for about, each in found.items() if each.state is State.WRONG}

    def app_with(self, **changed: Any) -> None:
        """Let Slack know another app than the settings name."""
        self.slack.workspace.app = replace(self.slack.workspace.app, **changed)

    @asynccontextmanager
    async def stored(self) -> AsyncIterator[AsyncSession]:
        """Change what the workspace has stored."""
        database = open_database(self.url)
        async with database.sessions.begin() as session:
            await workspaces.ensure(session, TEAM)
            yield session
        await database.close()

    async def set_up(self, **programme: Any) -> None:
        """Let people have chosen this in Slack."""
        async with self.stored() as session:
            await workspaces.change_programme(session, TEAM, Programme(**programme))

    def channel(self, name: str) -> str:
        """The id of a channel."""
        return self.slack.workspace.channel(name).id


@asynccontextmanager
async def clinic_at(url: str) -> AsyncIterator[Clinic]:
    """Open the workspace until the block ends."""
    async with Sandbox.open(manifest=MANIFEST) as slack:
        yield Clinic(slack, url)
