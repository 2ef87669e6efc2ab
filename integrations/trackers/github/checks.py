"""What keeps tickets from being made in a repository, each with how it is mended."""

import re
from collections.abc import Mapping
from typing import Any

from domain.tickets import Place
from integrations.trackers import TrackerRefused
from integrations.trackers.github.answers import archived, switched_off
from integrations.trackers.github.api import GitHubApi
from integrations.trackers.github.sprints import trouble

_REPOSITORY = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9_-]{0,98})/(?!\.{1,2}$)[A-Za-z0-9._-]{1,100}")
#: What may put labels on issues, by GitHub's roles.
_TRIAGING = ("triage", "push", "maintain", "admin")


def repository_of(place: Place) -> str:
    """The repository of a place; TrackerRefused where that names none."""
    if _REPOSITORY.fullmatch(place.project) is None:
        raise TrackerRefused(
            f"“{place.project}” names no repository of GitHub. Write its owner and its name, as in "
            "acme/shop, in /postmortem settings trackers."
        )
    return place.project


async def check(api: GitHubApi, place: Place) -> list[str]:
    """What is to be mended; nothing is made."""
    try:
        name = repository_of(place)
        repository = await api.repository(name)
        granted = await api.permissions(name)
    except TrackerRefused as refused:
        return [str(refused)]
    found = [*_of_repository(name, repository), *_of_rights(name, repository, granted)]
    try:
        return [*found, *await trouble(api, place)]
    except TrackerRefused as refused:
        return [*found, str(refused)]


def _of_repository(name: str, repository: Mapping[str, Any]) -> list[str]:
    found = []
    if repository["archived"]:
        found.append(archived(name))
    if not repository["has_issues"]:
        found.append(switched_off(name))
    return found


def _of_rights(name: str, repository: Mapping[str, Any], granted: Mapping[str, str]) -> list[str]:
    if granted:
        return [] if granted.get("issues") == "write" else [_app_may_not(name)]
    scopes, enough = repository["scopes"], {"repo"}
    if not repository["private"]:
        enough.add("public_repo")
    if scopes is not None and not scopes & enough:
        return [_token_may_not(name)]
    roles = repository.get("permissions")
    if roles and not any(roles.get(role) for role in _TRIAGING):
        return [_account_may_not(name)]
    return []


def _app_may_not(name: str) -> str:
    return (
        f"Our app may make no issues in {name}. Give it “Issues: Read and write” in its settings "
        "on GitHub, and accept that where it is installed."
    )


def _token_may_not(name: str) -> str:
    return (
        f"Our token may make no issues in {name}: it needs the scope “repo”. Whoever runs Closed "
        "Loop adds that to it, or sets another one in GITHUB_TOKEN."
    )


def _account_may_not(name: str) -> str:
    return (
        f"The account that our token belongs to may not label or assign issues in {name}. Give it "
        "the role “Triage” there."
    )
