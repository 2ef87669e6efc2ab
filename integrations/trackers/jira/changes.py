"""Who changed what of a Jira ticket, as its history tells."""

from collections.abc import Mapping
from typing import Any

from domain.tickets import Aspect, Change
from integrations.trackers.jira.asking import Found
from integrations.trackers.jira.flavours import Flavour
from integrations.trackers.jira.states import moment

#: What a history calls the fields
#: (api-group-issues/#api-rest-api-3-issue-issueidorkey-changelog-get).
NAMES = {
    Aspect.OWNER: frozenset({"assignee"}),
    Aspect.DUE: frozenset({"duedate"}),
    Aspect.STATE: frozenset({"status", "resolution"}),
}


async def newest(flavour: Flavour, ref: str, aspect: Aspect) -> Change | None:
    """The last change; of two in one moment the later told, as Jira gives them in order."""
    last: Change | None = None
    async for found in flavour.history(ref):
        if _is_of(found, aspect):
            change = _change(found, flavour)
            last = change if last is None or change.at >= last.at else last
    return last


def _is_of(found: Mapping[str, Any], aspect: Aspect) -> bool:
    return any(item.get("field") in NAMES[aspect] for item in found.get("items", ()))


def _change(found: Found, flavour: Flavour) -> Change:
    # What an automation or somebody who is gone did has no author.
    account = flavour.account(found.get("author") or {})
    return Change(at=moment(found["created"]), name=account.name, account=account.id)
