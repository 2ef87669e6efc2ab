"""Trackers as the settings name them, and who reads their webhooks."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import datetime

from pydantic import SecretStr

from bot.settings import Settings
from bot.tracker_settings import TrackerSettings
from domain.tickets import TrackerKind
from integrations.trackers import HookReader, Tracker, Trackers
from integrations.trackers.nowhere import Nowhere

Now = Callable[[], datetime]


@asynccontextmanager
async def trackers_of(settings: Settings, now: Now) -> AsyncIterator[Trackers]:
    """Every tracker there is, until the block ends; one that is not set up says so."""
    there = {
        TrackerKind.GITHUB: _github(settings, now),
        TrackerKind.JIRA: _jira(settings, now),
        TrackerKind.LINEAR: _linear(settings, now),
    }
    trackers: Trackers = {kind: each or Nowhere(kind) for kind, each in there.items()}
    try:
        yield trackers
    finally:
        for each in trackers.values():
            await each.close()


def hook_readers(settings: TrackerSettings) -> dict[TrackerKind, HookReader]:
    """Who reads the webhooks of each tracker whose secret is known."""
    readers = {
        TrackerKind.GITHUB: (settings.github_webhook_secret, _github_hooks),
        TrackerKind.JIRA: (settings.jira_webhook_secret, _jira_hooks),
        TrackerKind.LINEAR: (settings.linear_webhook_secret, _linear_hooks),
    }
    return {kind: made(_shown(secret)) for kind, (secret, made) in readers.items() if secret}


def _github(settings: TrackerSettings, now: Now) -> Tracker | None:
    app, key, token = settings.github_app_id, settings.github_app_private_key, settings.github_token
    if not (token or (app and key)):
        return None
    from integrations.trackers.github import GitHub  # noqa: PLC0415 - loaded where it is set up
    from integrations.trackers.github.app import App, Token  # noqa: PLC0415 - same

    known = App(str(app), _shown(key)) if key else Token(_shown(token))
    return GitHub(settings.github_url, known, now)


def _jira(settings: TrackerSettings, now: Now) -> Tracker | None:
    if not (settings.jira_url and settings.jira_token):
        return None
    from integrations.trackers.jira import Jira  # noqa: PLC0415 - same

    return Jira(settings.jira_url, settings.jira_user, _shown(settings.jira_token), now)


def _linear(settings: TrackerSettings, now: Now) -> Tracker | None:
    if not settings.linear_api_key:
        return None
    from integrations.trackers.linear import Linear  # noqa: PLC0415 - same

    return Linear(_shown(settings.linear_api_key), settings.linear_url, now=now)


def _github_hooks(secret: str) -> HookReader:
    from integrations.trackers.github.hooks import GitHubHooks  # noqa: PLC0415 - same

    return GitHubHooks(secret)


def _jira_hooks(secret: str) -> HookReader:
    from integrations.trackers.jira.hooks import JiraHooks  # noqa: PLC0415 - same

    return JiraHooks(secret)


def _linear_hooks(secret: str) -> HookReader:
    from integrations.trackers.linear.hooks import LinearHooks  # noqa: PLC0415 - same

    return LinearHooks(secret)


def _shown(secret: SecretStr | None) -> str:
    return secret.get_secret_value() if secret else ""
