"""Whose account in Jira somebody is.

Only who can be assigned in the project is looked for
(api-group-user-search/#api-rest-api-3-user-assignable-search-get; Data Center has the same).
"""

import re
from collections.abc import Sequence

from domain.tickets import Account, Place
from integrations.trackers.jira.asking import Asking, Found
from integrations.trackers.jira.flavours import Cloud, Flavour

#: An account's id in Cloud, as 5b10ac8d82e05b22cc7d4ef5 or 712020:uuid.
_ACCOUNT_ID = re.compile(r"[0-9A-Za-z:_-]{10,128}")
#: Cloud takes so many users at most and leaves those out then who cannot be assigned.
MOST = 1000


async def account(asking: Asking, flavour: Flavour, place: Place, said: str) -> Account | None:
    """The one person whom these words mean, and nobody where they may mean two."""
    said = said.strip()
    if not said:
        return None
    where: dict[str, str | int] = {"project": place.project, "maxResults": MOST}
    path = f"{flavour.api}/user/assignable/search"
    if isinstance(flavour, Cloud) and _ACCOUNT_ID.fullmatch(said):
        itself: list[Found] = await asking.get(path, params={**where, "accountId": said})
        if itself:
            return flavour.account(itself[0])
    asked = {**where, **flavour.asked_for(said)}
    found: list[Found] = await asking.get(path, params=asked)
    people = [one for one in found if one.get("active", True)]
    meant = _exactly(people, said) or people
    return flavour.account(meant[0]) if len(meant) == 1 else None


def _exactly(people: Sequence[Found], said: str) -> list[Found]:
    words = ("emailAddress", "displayName", "name")
    return [one for one in people if said.casefold() in {str(one.get(w)).casefold() for w in words}]
