"""The next sprint of a Jira board.

Cloud and Data Center have the same (developer.atlassian.com/cloud/jira/software/rest;
docs.atlassian.com/jira-software/REST/9.12.0).
"""

from collections.abc import Sequence

from domain.tickets import Place
from integrations.trackers import TrackerRefused
from integrations.trackers.jira.asking import Asking, Found
from integrations.trackers.jira.sentences import SETTINGS

AGILE = "rest/agile/1.0"


async def plan(asking: Asking, place: Place, ref: str) -> str:
    """Place the ticket in the next sprint, unless it is in one that runs or comes; its name."""
    found = await asking.get(f"{AGILE}/issue/{ref}", gone=True, params={"fields": "sprint"})
    held = found.get("fields", {}).get("sprint")
    if held and held.get("state") in {"active", "future"}:
        return str(held["name"])
    sprint = await next_sprint(asking, place)
    await asking.send("POST", f"{AGILE}/sprint/{sprint['id']}/issue", {"issues": [ref]})
    return str(sprint["name"])


async def next_sprint(asking: Asking, place: Place) -> Found:
    """The sprint that starts next; raises TrackerRefused where there is none, with what to do."""
    if not place.board.isdecimal():
        raise TrackerRefused(
            f"“{place.board}” is not the number of a Jira board. "
            f"Write its number in {SETTINGS}: it is in the board's address."
        )
    path = f"{AGILE}/board/{place.board}/sprint"
    future = [one async for one in asking.pages(path, ["values"], params={"state": "future"})]
    if not future:
        raise TrackerRefused(
            f"Board {place.board} in Jira has no next sprint. "
            "Make one in its backlog, with Create sprint."
        )
    return _first(future)


def _first(future: Sequence[Found]) -> Found:
    """The one that has the earliest date; those without stand as in the backlog, after them."""
    return min(future, key=lambda one: str(one.get("startDate") or "~"))
