"""Whom people mean: accounts of Linear by e-mail address, name, display name or id."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from domain.tickets import Account
from integrations.trackers.linear.reading import Said


def who(said: str) -> Mapping[str, Any]:
    """Asks for everybody whom this may mean; display names may be typed with an @."""
    name = {"eqIgnoreCase": said.strip().removeprefix("@")}
    fits: list[Mapping[str, Any]] = [{"email": name}, {"displayName": name}, {"name": name}]
    if is_id(said.strip()):
        fits.append({"id": {"eq": said.strip()}})
    return {"active": {"eq": True}, "or": fits}


def account_of(said: str, answer: Said) -> Account | None:
    """The one who is meant and can be assigned in the team; None where that may be several.

    Everybody can be in a team that everybody sees, else its members. Whose address it is comes
    before whoever only is called so.
    """
    people = [person for person in _assignable(answer) if person["isAssignable"]]
    known = said.strip().removeprefix("@").casefold()
    exact = [p for p in people if known in {p["email"].casefold(), p["id"].casefold()}]
    found = exact or people
    if len(found) != 1:
        return None
    return Account(id=found[0]["id"], name=found[0]["displayName"] or found[0]["name"])


def _assignable(answer: Said) -> list[Said]:
    teams = answer["teams"]["nodes"]
    of_all = not teams or teams[0]["visibility"] == "public"
    people: list[Said] = (answer["users"] if of_all else teams[0]["members"])["nodes"]
    return people


def is_id(said: str) -> bool:
    """Whether this may be an id: Linear refuses to compare ids with anything else."""
    try:
        UUID(said)
    except ValueError:
        return False
    return True
