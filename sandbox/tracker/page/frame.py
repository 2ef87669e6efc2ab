"""What is around every page: who one is, the repositories, and what keeps the page alive."""

from collections.abc import Sequence
from html import escape

from sandbox.tracker.backlog import Backlog
from sandbox.tracker.page.writing import face
from sandbox.tracker.tickets import Account, Repository


def frame(backlog: Backlog, title: str, main: str, *, me: Account, path: str, version: str) -> str:
    """The page, as HTML."""
    return f"""<!doctype html>
<html lang="en"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>{escape(title)}</title>
<link rel="icon" href="/assets/icon.svg" type="image/svg+xml">
<link rel="stylesheet" href="/assets/style.css">
<script src="/assets/script.js" defer></script>
</head>
<body data-version="{version}">
<a class="skip" href="#main">Skip to the content</a>
<header class="top">
<a class="home" href="/"><img src="/assets/icon.svg" alt="" width="24" height="24">Tracker</a>
{_repositories(backlog, path)}
{_seat(backlog, me, path)}
</header>
<main id="main">
{main}
</main>
</body>
</html>
"""


def _repositories(backlog: Backlog, path: str) -> str:
    links = [("/", "All"), *((f"/{one.full_name}/issues", one.name) for one in _shown(backlog))]
    items = (
        f'<li><a href="{escape(at)}"{_current(at, path)}>{escape(called)}</a></li>'
        for at, called in links
    )
    return f'<nav aria-label="Repositories"><ul>{"".join(items)}</ul></nav>'


def _shown(backlog: Backlog) -> list[Repository]:
    return [*backlog.repositories.values()]


def _current(at: str, path: str) -> str:
    if at == path:
        return ' aria-current="page"'
    return ' aria-current="true"' if at != "/" and path.startswith(f"{at}/") else ""


def _seat(backlog: Backlog, me: Account, path: str) -> str:
    options = chosen([(one.login, one.shown) for one in people(backlog)], me.login)
    return f"""<form class="seat" method="post" action="/as">
{face(backlog, me.login)}
<label for="seat">You are</label>
<select id="seat" name="login" data-at-once>{options}</select>
<input type="hidden" name="back" value="{escape(path)}">
<button class="plain" data-without-script>Change</button>
</form>"""


def people(backlog: Backlog) -> list[Account]:
    """Whom one can be: everybody of any repository."""
    logins = dict.fromkeys(one for home in backlog.repositories.values() for one in home.people)
    return [account for one in logins if (account := backlog.account(one))]


def chosen(options: Sequence[tuple[str, str]], value: str) -> str:
    """The options of a select, with the one that is chosen."""
    return "".join(
        f'<option value="{escape(one)}"{" selected" if one == value else ""}>{escape(shown)}'
        "</option>"
        for one, shown in options
    )
