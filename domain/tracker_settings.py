"""Where a service's tickets are made, as somebody writes it into a form."""

import re
from collections.abc import Mapping
from dataclasses import replace

from domain.errors import RuleBroken
from domain.postmortems import check_length
from domain.tickets import LABEL, Place, TrackerKind
from domain.tracker_fields import read_fields

#: GitHub takes fifty characters for the name of a label, the least of the three
#: (docs.github.com/en/rest/issues/labels); more than ten tell nobody anything.
LABEL_MAX, LABELS_MAX = 50, 10
ISSUE_TYPE_MAX, ACCOUNT_MAX, PROJECT_MAX = 60, 200, 300
MILESTONES, CYCLES = "milestones", "cycles"
#: What names a project, also at the end of its address in the browser.
_PROJECTS: Mapping[TrackerKind, re.Pattern[str]] = {
    TrackerKind.GITHUB: re.compile(
        # No repository is called by dots alone: they would lead elsewhere in an address.
        r"(?:https?://[^/\s]+/)?([A-Za-z0-9][\w-]*/(?!\.+(?:git)?(?:/|$))[\w.-]+?)(?:\.git)?(?:/.*)?",
        re.ASCII,
    ),
    TrackerKind.JIRA: re.compile(
        r"(?:https?://\S+/(?:projects|browse)/)?([A-Za-z][A-Za-z0-9_]*)(?:[-/?].*)?", re.ASCII
    ),
    TrackerKind.LINEAR: re.compile(
        r"(?:https?://\S+/(?:team|issue)/)?([A-Za-z0-9]+)(?:[-/].*)?", re.ASCII
    ),
}
_NO_PROJECT: Mapping[TrackerKind, str] = {
    TrackerKind.GITHUB: "Write the repository's owner and its name, like acme/shop.",
    TrackerKind.JIRA: "Write the project's key, as it stands before the number of every issue, "
    "like SHOP.",
    TrackerKind.LINEAR: "Write the team's key, as it stands before the number of every issue, "
    "like SHOP.",
}
_BOARDS: Mapping[TrackerKind, re.Pattern[str]] = {
    TrackerKind.GITHUB: re.compile(r"milestones|project\s*#?([1-9][0-9]{0,8})", re.IGNORECASE),
    TrackerKind.JIRA: re.compile(
        r"(?:https?://\S+(?:/boards/|rapidView=))?([1-9][0-9]{0,11})(?:[/?&].*)?"
    ),
    TrackerKind.LINEAR: re.compile(r"cycles", re.IGNORECASE),
}
_NO_BOARD: Mapping[TrackerKind, str] = {
    TrackerKind.GITHUB: "Write milestones, or the number of a project that has iterations, like "
    "project 7. Left empty, tickets are placed in no sprint.",
    TrackerKind.JIRA: "Write the number of the board, as it stands at the end of its address, like "
    "12. Left empty, tickets are placed in no sprint.",
    TrackerKind.LINEAR: "Write cycles, for the next cycle of the team. Left empty, tickets are "
    "placed in none.",
}


def read_kind(said: str) -> TrackerKind:
    """Which tracker is chosen; RuleBroken where none is."""
    try:
        return TrackerKind(said)
    except ValueError:
        raise RuleBroken("kind", "Choose the tracker that the team works with.") from None


def read_place(kind: TrackerKind, service: str, typed: Mapping[str, str]) -> Place:
    """The place that somebody wrote, of a service or of all; RuleBroken on what cannot be.

    `typed` has the texts of `project`, `board`, `labels`, `issue_type` and `fields`.
    """
    return Place(
        kind=kind,
        service=service,
        project=read_project(kind, typed["project"]),
        board=read_board(kind, typed["board"]),
        labels=read_labels(kind, typed["labels"]),
        issue_type=_read_issue_type(kind, typed["issue_type"]),
        fields=read_fields(kind, typed["fields"]),
    )


def read_project(kind: TrackerKind, text: str) -> str:
    """The project, as the tracker spells it, of its name or its address."""
    check_length("project", text.strip(), PROJECT_MAX)
    found = _PROJECTS[kind].fullmatch(text.strip())
    if found is None:
        raise RuleBroken("project", _NO_PROJECT[kind])
    return found[1] if kind is TrackerKind.GITHUB else found[1].upper()


def read_board(kind: TrackerKind, text: str) -> str:
    """Where the next sprint is looked for, as `Place.board` has it; nowhere where it is empty."""
    if not text.strip():
        return ""
    found = _BOARDS[kind].fullmatch(text.strip())
    if found is None:
        raise RuleBroken("board", _NO_BOARD[kind])
    if kind is TrackerKind.LINEAR:
        return CYCLES
    if kind is TrackerKind.JIRA:
        return found[1]
    return f"project {found[1]}" if found[1] else MILESTONES


def read_labels(kind: TrackerKind, text: str) -> tuple[str, ...]:
    """The labels between commas, each once; ours every ticket has anyway."""
    once = {LABEL: LABEL}
    for each in re.split(r"[,\n]", text):
        name = " ".join(each.split())
        once.setdefault(name.casefold(), name)
    found = tuple(each for low, each in once.items() if low not in {"", LABEL})
    if len(found) > LABELS_MAX:
        raise RuleBroken("labels", f"Write {LABELS_MAX} labels or fewer: more tell nobody much.")
    for each in found:
        _check_label(kind, each)
    return found


def _check_label(kind: TrackerKind, label: str) -> None:
    if len(label) > LABEL_MAX or not label.isprintable():
        raise RuleBroken(
            "labels",
            f"“{label[:LABEL_MAX]}…” is too long for a label. Write commas between labels, and "
            f"{LABEL_MAX} characters or fewer for each.",
        )
    if kind is TrackerKind.JIRA and " " in label:
        like = label.replace(" ", "-")
        raise RuleBroken("labels", f"A label in Jira has no blanks: write {like}, or a comma.")


def _read_issue_type(kind: TrackerKind, text: str) -> str:
    said = " ".join(text.split())
    if said and kind is not TrackerKind.JIRA:
        raise RuleBroken("issue_type", f"{kind.called} is told no issue type: leave this empty.")
    check_length("issue_type", said, ISSUE_TYPE_MAX)
    return said


def spelt_as(before: Place | None, place: Place) -> Place:
    """The place with its project as it was spelt before, where that is the same one.

    GitHub takes a repository's name in capital letters or small ones.
    """
    if before is None or before.kind is not place.kind:
        return place
    is_same = before.project.casefold() == place.project.casefold()
    return replace(place, project=before.project) if is_same else place


def read_account(text: str) -> str:
    """What somebody writes of a person's account; empty where it is looked for by its address."""
    said = " ".join(text.split())
    check_length("account", said, ACCOUNT_MAX)
    if not said.isprintable():
        raise RuleBroken(
            "account", "Write the e-mail address, the login or the id of their account."
        )
    return said
