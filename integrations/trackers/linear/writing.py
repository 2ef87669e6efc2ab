"""What Linear is told of a ticket: the inputs of its documents, and the labels, made if missing."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from domain.programme import Priority
from domain.tickets import LABEL, Wanted
from integrations.trackers import TrackerRefused
from integrations.trackers.linear import documents, wording
from integrations.trackers.linear.asking import Asker, InputRefused
from integrations.trackers.linear.reading import Said, label_ids

#: 1 is urgent, 2 high, 3 medium (`priority` of IssueCreateInput).
_PRIORITIES = {Priority.P1: 1, Priority.P2: 2, Priority.P3: 3}


def uuid4(key: str) -> str:
    """A key of ours in the form that Linear wants ids in (`id` of IssueCreateInput: UUID v4)."""
    return str(UUID(int=UUID(key).int, version=4))


def new_issue(wanted: Wanted) -> dict[str, Any]:
    """All that a ticket is to say."""
    owner = {"assigneeId": wanted.account} if wanted.account else {}
    return {
        "title": wording.title(wanted.title),
        "description": wording.description(wanted.lines),
        "priority": _PRIORITIES[wanted.priority],
        "dueDate": wanted.due_on.isoformat(),
        **owner,
    }


def changed_issue(old: Wanted | None, new: Wanted, description: str) -> dict[str, Any]:
    """What of a ticket is to say something else; all that we know without `old`.

    An owner without an account takes it from whoever owned it before.
    """
    asked = new_issue(new)
    if new.lines != (old and old.lines):
        asked["description"] = wording.reworded(description, new.lines)
    if old is None:
        return asked
    before = {"assigneeId": None, **new_issue(old)}
    return {
        field: value
        for field, value in {"assigneeId": None, **asked}.items()
        if value != before[field]
    }


def labels_filter(names: Iterable[str]) -> Mapping[str, object]:
    """Asks for labels by these names, however they are capitalised."""
    return {"or": [{"name": {"eqIgnoreCase": name}} for name in names]}


async def labels(asker: Asker, names: Sequence[str], team: Said, answer: Said) -> list[str]:
    """The ids of a ticket's labels; what `answer` does not have is made, as the team's."""
    found = label_ids(names, team, answer)
    for name in names:
        if name not in found:
            found[name] = await _made(asker, name, team)
    return [found[name] for name in names]


async def _made(asker: Asker, name: str, team: Said) -> str:
    """A label that was missing; somebody else may have made it meanwhile, which is as good."""
    asked = {"name": name, "teamId": team["id"]}
    if name == LABEL:
        asked["description"] = "Action items of postmortems"
    try:
        answer = await asker.ask(documents.LABEL, input=asked)
    except InputRefused as refused:
        again = await asker.ask(documents.LABELS, labels=labels_filter([name]))
        if found := label_ids([name], team, again):
            return found[name]
        raise TrackerRefused(
            f"{refused} It was about the label “{name}”, which is missing: make it by hand in "
            f"Linear, in the settings of the team {team['key']}."
        ) from refused
    return str(answer["issueLabelCreate"]["issueLabel"]["id"])
