"""Whose account on GitHub an address or a name is."""

import re

from domain.tickets import Account
from integrations.trackers import TicketGone
from integrations.trackers.github.api import GitHubApi

#: What GitHub lets people be called; those whom a company manages have an underscore.
_LOGIN = re.compile(r"@?([A-Za-z0-9][A-Za-z0-9_-]{0,99})")
#: What can stand in a search without ending the word.
_ADDRESS = re.compile(r"[^\s@\"'():]+@[^\s@\"'():]+")


async def account(api: GitHubApi, repository: str, said: str) -> Account | None:
    """The account that issues of the repository can be assigned to; None where there is none.

    By an address GitHub finds only those who show it to everybody.
    """
    said = said.strip()
    login = await _by_address(api, repository, said)
    if found := _LOGIN.fullmatch(said):
        login = found[1]
    if not login:
        return None
    try:
        answer = await api.ask(repository, "GET", f"users/{login}", gone=True)
        user = api.json(answer)
        at = f"repos/{repository}/assignees/{user['login']}"
        await api.ask(repository, "GET", at, gone=True)
    except TicketGone:
        return None
    return Account(id=user["login"], name=user.get("name") or user["login"])


async def _by_address(api: GitHubApi, repository: str, said: str) -> str:
    if not _ADDRESS.fullmatch(said):
        return ""
    asked: dict[str, str | int] = {"q": f"{said} in:email type:user", "per_page": 2}
    found = api.json(await api.ask(repository, "GET", "search/users", params=asked))
    return str(found["items"][0]["login"]) if found["total_count"] == 1 else ""
