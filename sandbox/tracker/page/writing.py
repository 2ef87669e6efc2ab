"""Texts of the page: Markdown as GitHub shows it, times, and what was done, in words."""

from collections.abc import Sequence
from datetime import date, datetime
from html import escape

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token

from sandbox.tracker.backlog import Backlog
from sandbox.tracker.tickets import Event

REASONS = {"completed": "completed", "not_planned": "not planned", "duplicate": "a duplicate"}


def markdown(text: str) -> str:
    """What somebody wrote, as HTML; comments are not shown, and other HTML is shown as text."""
    return str(_MARKDOWN.render(text))


def _raw(_renderer: RendererHTML, tokens: Sequence[Token], at: int, *_: object) -> str:
    written = tokens[at].content
    return "" if written.strip().startswith("<!--") else escape(written)


def _made() -> MarkdownIt:
    reader = MarkdownIt("commonmark", {"breaks": True}).enable(["table", "strikethrough"])
    reader.add_render_rule("html_block", _raw)
    reader.add_render_rule("html_inline", _raw)
    return reader


_MARKDOWN = _made()


def moment(at: datetime) -> str:
    """A time."""
    return f'<time datetime="{at.isoformat()}">{at.day} {at:%b %Y, %H:%M} UTC</time>'


def day(on: date) -> str:
    """A day."""
    return f"{on.day} {on:%b %Y}"


def face(backlog: Backlog, login: str) -> str:
    """Somebody's initials, for the eye only."""
    account = backlog.account(login)
    words = (account.shown if account else login).split()
    initials = "".join(one[0] for one in words[:2]).upper()
    hue = (account.id if account else 0) % 8
    return f'<span class="face hue{hue}" aria-hidden="true">{escape(initials)}</span>'


def name(backlog: Backlog, login: str) -> str:
    """What somebody is called, to be shown."""
    account = backlog.account(login)
    return escape(account.shown if account else login)


def done(backlog: Backlog, event: Event) -> str:
    """What somebody did, after their name."""
    about = f"<b>{escape(event.about)}</b>"
    if event.event in {"assigned", "unassigned"}:
        return _assigned(backlog, event)
    said = {
        "renamed": f"changed the title from <b>{escape(event.was)}</b> to {about}",
        "labeled": f"added the label {about}",
        "unlabeled": f"removed the label {about}",
        "milestoned": f"planned this for {about}",
        "demilestoned": f"took this out of {about}",
        "closed": f"closed this as {REASONS.get(event.about, escape(event.about))}",
        "reopened": "reopened this",
        "transferred": f"moved this here from {about}",
        "project_v2_item_status_changed": f"planned this for {about}",
    }
    if event.event == "project_v2_item_status_changed" and not event.about:
        return "put this into no sprint"
    return said.get(event.event, escape(event.event))


def _assigned(backlog: Backlog, event: Event) -> str:
    on = event.event == "assigned"
    if event.about == event.login:
        return "took this on" if on else "gave this back"
    whom = f"<b>{name(backlog, event.about)}</b>"
    return f"assigned {whom}" if on else f"took this from {whom}"
