"""What Linear answers, in our words: tickets, statuses, labels, cycles, people and history."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from domain.tickets import LABEL, Aspect, Change, Place, Seen, TicketState
from integrations.trackers import TrackerRefused

Said = Mapping[str, Any]

#: The kinds of statuses (WorkflowState.type of the schema); all others are of open tickets.
_STATES = {
    "completed": TicketState.DONE,
    "canceled": TicketState.DROPPED,
    "duplicate": TicketState.DROPPED,
}
#: Where a ticket goes that is to be so: the first kind that the team has a status of.
_KINDS: Mapping[TicketState, Sequence[str]] = {
    TicketState.DONE: ("completed",),
    TicketState.DROPPED: ("canceled",),
    TicketState.OPEN: ("unstarted", "backlog", "started"),
}


def seen(issue: Said) -> Seen:
    """A ticket as it stands."""
    due = issue["dueDate"]
    return Seen(
        ref=issue["id"],
        key=issue["identifier"],
        url=issue["url"],
        state=state_of(issue["state"]),
        updated_at=datetime.fromisoformat(issue["updatedAt"]),
        account=(issue["assignee"] or {}).get("id", ""),
        due_on=date.fromisoformat(due) if due else None,
    )


def state_of(status: Said) -> TicketState:
    """What a status of a team means."""
    return _STATES.get(status["type"], TicketState.OPEN)


def status_for(team: Said, state: TicketState) -> str:
    """The team's first status for tickets that are so; raises TrackerRefused where it has none."""
    statuses = sorted(team["states"]["nodes"], key=lambda status: float(status["position"]))
    for kind in _KINDS[state]:
        for status in statuses:
            if status["type"] == kind:
                return str(status["id"])
    raise TrackerRefused(
        f"Linear's team {team['key']} has no status of the kind {_KINDS[state][0]}. Whoever runs "
        "the team adds one in Linear, in the team's settings under Issue statuses."
    )


def team_of(place: Place, answer: Said) -> Said:
    """The team that a place names; raises TrackerRefused where tickets cannot be made there."""
    teams = answer["teams"]["nodes"]
    if not teams:
        raise TrackerRefused(
            f"Linear has no team {place.project}, or our key may not see it. Write the key of a "
            "team, which its tickets begin with, in /postmortem settings trackers; or whoever runs "
            "Closed Loop lets the key see the team."
        )
    team: Said = teams[0]
    if team["archivedAt"] or team["retiredAt"]:
        raise TrackerRefused(
            f"Linear's team {team['key']} is retired and takes no tickets. Name another one in "
            "/postmortem settings trackers, or have the team restored in Linear."
        )
    return team


def labels_of(place: Place) -> list[str]:
    """The names of the labels of a ticket, each once: Linear knows no capitals in them."""
    return list({name.casefold(): name for name in (LABEL, *place.labels)}.values())


def label_ids(names: Iterable[str], team: Said, answer: Said) -> dict[str, str]:
    """The labels by these names that a team's tickets can have; raises TrackerRefused for a group.

    A label is the workspace's, of no team, or one team's.
    """
    found: dict[str, str] = {}
    wanted = {name.casefold(): name for name in names}
    for label in answer["issueLabels"]["nodes"]:
        name = wanted.get(label["name"].casefold())
        if name is None or (label["team"] or team)["id"] != team["id"]:
            continue
        if label["isGroup"]:
            raise TrackerRefused(
                f"“{name}” is a group of labels in Linear, which no ticket can have. Name one of "
                "its labels in /postmortem settings trackers."
            )
        found[name] = label["id"]
    return found


def cycle_name(cycle: Said) -> str:
    """What people call a cycle."""
    return cycle["name"] or f"Cycle {cycle['number']:g}"


def changes(entries: Iterable[Said], aspect: Aspect) -> list[Change]:
    """What of a ticket's history changed this; what nobody did as somebody is left out."""
    return [_change(entry) for entry in entries if _is_of(entry, aspect)]


def _is_of(entry: Said, aspect: Aspect) -> bool:
    if aspect is Aspect.OWNER:
        return bool(entry["fromAssigneeId"] != entry["toAssigneeId"])
    if aspect is Aspect.DUE:
        return bool(entry["fromDueDate"] != entry["toDueDate"])
    if not entry["toState"]:
        return False
    before = entry["fromState"]
    return before is None or state_of(before) is not state_of(entry["toState"])


def _change(entry: Said) -> Change:
    """Who did it: entries of one person within minutes are one, which is updated."""
    at = datetime.fromisoformat(entry["updatedAt"])
    if actor := entry["actor"]:
        return Change(at=at, name=actor["displayName"], account=actor["id"])
    bot = entry["botActor"] or {}
    return Change(at=at, name=bot.get("userDisplayName") or bot.get("name") or "Linear")
