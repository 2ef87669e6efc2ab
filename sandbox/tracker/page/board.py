"""The board: what is in which sprint, and what is closed."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from html import escape

from sandbox.tracker.backlog import Backlog
from sandbox.tracker.page.writing import day, face, name
from sandbox.tracker.tickets import Issue

#: Of what is closed, the newest so many are shown.
CLOSED_MOST = 30
_DUE = re.compile(r"^\*\*Due:\*\* (\d{1,2} \w+ \d{4})[ \r]*$", re.MULTILINE)


@dataclass(frozen=True)
class Column:
    """A column of the board."""

    title: str
    about: str
    issues: Sequence[Issue]
    more: int = 0


def board(backlog: Backlog, issues: Sequence[Issue], called: str) -> str:
    """The board of these issues."""
    still = [one for one in issues if one.state == "open"]
    shown = "".join(_column(backlog, one) for one in columns(backlog, issues))
    count = f"{len(still)} open, {len(issues) - len(still)} closed"
    return f"""<h1>{escape(called)} <span class="count" data-live="count">{count}</span></h1>
<div class="board" data-live="board">{shown}</div>"""


def columns(backlog: Backlog, issues: Sequence[Issue]) -> list[Column]:
    """The sprint that runs, the next, what is planned later or not at all, and what is closed."""
    still = [one for one in issues if one.state == "open"]
    rest = [one for one in still if one.iteration is None and one.milestone is None]
    closed = sorted((one for one in issues if one.state != "open"), key=_closed_at, reverse=True)
    more = max(0, len(closed) - CLOSED_MOST)
    return [
        *_sprints(backlog, [one for one in still if one.iteration is not None]),
        *_milestones(backlog, [one for one in still if one.iteration is None]),
        Column("No sprint", "Not planned yet", rest),
        Column("Closed", "Newest first", closed[:CLOSED_MOST], more),
    ]


def _sprints(backlog: Backlog, issues: Sequence[Issue]) -> list[Column]:
    """The columns of the project; what no earlier sprint finished is still to be done now."""
    found = []
    today = backlog.now().date()
    for project in backlog.projects.values():
        first, *later = project.planned(today)
        names = ["Now", *(["Next sprint", *["Later"] * (len(later) - 1)] if later else [])]
        for called, sprint in zip(names, [first, *later], strict=True):
            there = [
                one for one in issues if max(one.iteration or 0, first.number) == sprint.number
            ]
            if there or called != "Later":
                until = f"{day(sprint.start)} to {day(sprint.last)}"
                found.append(Column(f"{called}: {sprint.title}", until, there))
    return found


def _milestones(backlog: Backlog, issues: Sequence[Issue]) -> list[Column]:
    """The columns of the milestones that something is planned for, by when they are due."""
    found = []
    for home in backlog.repositories.values():
        for one in sorted(home.milestones.values(), key=lambda one: one.due_on or one.created_at):
            there = [
                each
                for each in issues
                if (each.repository, each.milestone) == (home.id, one.number)
            ]
            if there:
                due = f"Due {day(one.due_on)}" if one.due_on else "No due date"
                found.append(Column(one.title, due, there))
    return found


def _closed_at(issue: Issue) -> tuple[datetime, int]:
    return issue.closed_at or issue.updated_at, issue.number


def _column(backlog: Backlog, column: Column) -> str:
    cards = "".join(f"<li>{_card(backlog, one)}</li>" for one in column.issues)
    inside = f"<ul>{cards}</ul>" if cards else '<p class="none">Nothing here.</p>'
    more = f'<p class="none">And {column.more} more.</p>' if column.more else ""
    return f"""<section>
<h2>{escape(column.title)} <span class="count">{len(column.issues) + column.more}</span></h2>
<p class="about">{escape(column.about)}</p>
{inside}{more}
</section>"""


def _card(backlog: Backlog, issue: Issue) -> str:
    home = backlog.home(issue)
    labels = "".join(label(one) for one in issue.labels)
    whose = "".join(
        f'<span class="who">{face(backlog, one)}{name(backlog, one)}</span>'
        for one in issue.assignees
    )
    at = f"/{home.full_name}/issues/{issue.number}"
    return f"""<article class="card">
<h3><a href="{escape(at)}">{escape(issue.title)}</a></h3>
<p class="key">{state(issue)} {escape(home.name)}#{issue.number}</p>
<p class="labels">{labels}</p>
<p class="about">{_due(issue)}</p>
<p class="whose">{whose or "Nobody has it"}</p>
</article>"""


def _due(issue: Issue) -> str:
    """When it is due, where its description has a line that says so: GitHub knows no due dates."""
    found = _DUE.search(issue.body)
    return f"Due {escape(found[1])}" if found else ""


def label(called: str) -> str:
    """A label."""
    return f'<span class="label">{escape(called)}</span>'


def state(issue: Issue) -> str:
    """Whether it is open, and how it was closed."""
    if issue.state == "open":
        return '<span class="state open">Open</span>'
    if issue.state_reason == "completed":
        return '<span class="state done">Completed</span>'
    said = "Duplicate" if issue.state_reason == "duplicate" else "Not planned"
    return f'<span class="state dropped">{said}</span>'
