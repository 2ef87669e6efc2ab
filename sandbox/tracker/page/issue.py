"""One issue: what it says, what was done with it, and what somebody can do now."""

from collections.abc import Sequence
from html import escape
from itertools import groupby

from sandbox.tracker.backlog import Backlog
from sandbox.tracker.page.board import label, state
from sandbox.tracker.page.frame import chosen
from sandbox.tracker.page.writing import done, face, markdown, moment, name
from sandbox.tracker.tickets import Comment, Event, Issue


def issue_page(backlog: Backlog, issue: Issue) -> str:
    """All of it."""
    home = backlog.home(issue)
    at = escape(f"/{home.full_name}/issues/{issue.number}")
    return f"""<div data-live="head">
<p class="way"><a href="/{escape(home.full_name)}/issues">{escape(home.full_name)}</a></p>
<h1>{escape(issue.title)} <span class="number">#{issue.number}</span></h1>
<p class="key">{state(issue)} <b>{name(backlog, issue.login)}</b> opened this on
{moment(issue.created_at)}</p>
</div>
<div class="issue">
<section aria-label="Description" class="said text" data-live="said">{_text(issue.body)}</section>
<aside aria-label="About this issue" data-live="aside">
{_deeds(issue, at)}
{_whose(backlog, issue, at)}
{_sprint(backlog, issue, at)}
{_labels(issue)}
{_delete(at)}
</aside>
<div class="story">
<section aria-labelledby="history" data-live="story"><h2 id="history">History</h2>
<ol class="history">{_history(backlog, issue)}</ol></section>
{_comment(at)}
</div>
</div>"""


def _text(body: str) -> str:
    return markdown(body) if body.strip() else '<p class="none">No description.</p>'


def _history(backlog: Backlog, issue: Issue) -> str:
    happened: list[Event | Comment] = [*issue.events]
    happened += issue.comments
    happened.sort(key=lambda one: (one.created_at, one.id))
    groups = groupby(happened, key=_alike)
    items = (_happened(backlog, list(group)) for _, group in groups)
    return "".join(f"<li>{one}</li>" for one in items) or '<li class="none">Nothing yet.</li>'


def _alike(one: Event | Comment) -> tuple[object, ...]:
    """Labels that somebody gave at once are told of at once."""
    if isinstance(one, Event) and one.event == "labeled":
        return one.event, one.login, one.created_at
    return (one.id,)


def _happened(backlog: Backlog, those: Sequence[Event | Comment]) -> str:
    first = those[0]
    who = f"{face(backlog, first.login)} <b>{name(backlog, first.login)}</b>"
    if isinstance(first, Comment):
        return f"""<article class="comment" id="issuecomment-{first.id}">
<p class="who">{who} commented on {moment(first.created_at)}</p>
<div class="text">{markdown(first.body)}</div></article>"""
    did = done(backlog, first)
    if len(those) > 1:
        names = (f"<b>{escape(one.about)}</b>" for one in those if isinstance(one, Event))
        did = f"added the labels {', '.join(names)}"
    return f'<p class="event">{who} {did} <span>{moment(first.created_at)}</span></p>'


def _comment(at: str) -> str:
    return f"""<form class="say" method="post" action="{at}/comment">
<label for="comment">Comment</label>
<textarea id="comment" name="body" rows="4" required maxlength="65536"></textarea>
<button>Comment</button>
</form>"""


def _deeds(issue: Issue, at: str) -> str:
    deeds = [("reopen", "Reopen", "")]
    if issue.state == "open":
        deeds = [("close", "Close as completed", "go"), ("drop", "Close as not planned", "")]
    buttons = "".join(
        f'<button class="{kind}" formaction="{at}/{deed}">{said}</button>'
        for deed, said, kind in deeds
    )
    return f'<section><h2>State</h2><form class="deeds" method="post">{buttons}</form></section>'


def _whose(backlog: Backlog, issue: Issue, at: str) -> str:
    people = [
        (one, account.shown)
        for one in backlog.home(issue).people
        if (account := backlog.account(one))
    ]
    options = chosen([("", "Nobody"), *people], next(iter(issue.assignees), ""))
    return _choice("Assignee", "assign", options, at)


def _sprint(backlog: Backlog, issue: Issue, at: str) -> str:
    project = next(iter(backlog.projects.values()), None)
    if project is None or (issue.milestone and issue.iteration is None):
        return f"<section><h2>Milestone</h2><p>{escape(backlog.sprint_of(issue))}</p></section>"
    there = project.planned(backlog.now().date())
    if issue.iteration is not None and issue.iteration not in {one.number for one in there}:
        there.insert(0, project.iteration(issue.iteration))
    options = chosen(
        [("", "No sprint"), *((str(one.number), one.title) for one in there)],
        "" if issue.iteration is None else str(issue.iteration),
    )
    return _choice("Sprint", "sprint", options, at)


def _choice(called: str, deed: str, options: str, at: str) -> str:
    return f"""<section><form method="post" action="{at}/{deed}">
<h2><label for="{deed}">{called}</label></h2>
<select id="{deed}" name="{deed}" data-at-once>{options}</select>
<button class="plain" data-without-script>Save</button></form></section>"""


def _labels(issue: Issue) -> str:
    names = "".join(map(label, issue.labels)) or "None"
    return f'<section><h2>Labels</h2><p class="labels">{names}</p></section>'


def _delete(at: str) -> str:
    return f"""<details><summary>Delete this issue</summary>
<form method="post" action="{at}/delete"><p>It is gone for good, with all that was said.</p>
<button class="stop">Delete for good</button></form></details>"""
