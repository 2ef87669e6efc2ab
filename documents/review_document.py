"""A closed monthly review as Markdown: the file whole, the canvas as far as Slack may take it.

Neither holds a table nor a quotation: a canvas takes small tables only, and no list in a quotation
(docs.slack.dev/surfaces/canvases). Times are UTC.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime

from documents.own.chapters import trimmed
from documents.own.phrases import write_phrase, write_title
from domain.review_summary import Called, Line, OfService, Summary, outcome, standing

Names = Mapping[str, str]
#: Writes a review from its summary, the lines of its table, and the names of people.
Write = Callable[[Summary, Sequence[str], Sequence[str], Names], str]
#: A canvas of more characters than this goes on in the file. No page of Slack's names a limit:
#: this is about a thousand decisions, and more than anybody reads beside a channel.
CANVAS_MOST = 100_000
_NOTHING = "Nothing was on the table. The review was closed at once."


def review_markdown(
    summary: Summary, decided: Sequence[str], left: Sequence[str], names: Names
) -> str:
    """The whole review; `decided` and `left` are the lines of its table, as they are written."""
    parts = [*_head(summary, names), *_chapter("What was decided", decided)]
    parts += [*_chapter("What nobody decided", left), *_programme(summary, names)]
    return "\n".join(trimmed([*parts, *_taught(summary)])) + "\n"


def review_canvas(
    summary: Summary, decided: Sequence[str], left: Sequence[str], names: Names
) -> str:
    """The same, what the programme learns first, and of the lines as many as a canvas holds."""
    head = [*_head(summary, names), *_programme(summary, names), *_taught(summary)]
    room = CANVAS_MOST - sum(len(line) + 1 for line in head)
    shown = list(_fitting(decided, room))
    room -= sum(len(line) + 1 for line in shown)
    rest = [*_chapter("What was decided", _cut(shown, len(decided)))]
    rest += _chapter("What nobody decided", _cut(list(_fitting(left, room)), len(left)))
    return "\n".join(trimmed([*head, *rest])) + "\n"


def _fitting(lines: Sequence[str], room: int) -> Iterator[str]:
    for line in lines:
        room -= len(line) + 1
        if room < 0:
            return
        yield line


def _cut(shown: Sequence[str], total: int) -> list[str]:
    more = total - len(shown)
    file = f"- … and {more} more: the file that the summary's button sends holds them all."
    return [*shown, *([file] if more else [])]


def decision_line(line: Line, names: Names) -> str:
    """Which it was, what became of it, by whom, and why."""
    called = _caller(names)
    reason = f": {_phrase(line.reason)}" if line.reason.strip() else ""
    risk = f" · risk “{_phrase(line.risk)}”" if line.risk.strip() else ""
    link = f" ({_phrase(line.link)})" if line.link.strip() else ""
    return f"{_bullet(line)}: {_phrase(outcome(line, called))}{risk}{reason}{link}{_ticket(line)}"


def left_line(line: Line, names: Names) -> str:
    """Which it is, whose, and how it stands."""
    said = _phrase(", ".join(standing(line, _caller(names))))
    return (f"{_bullet(line)}: {said}" if said else _bullet(line)) + _ticket(line)


def _ticket(line: Line) -> str:
    """Where the work on it is, in the tracker of its team."""
    address = f" ({_phrase(line.ticket_url)})" if line.ticket_url else ""
    return f" · ticket {_phrase(line.ticket)}{address}" if line.ticket else ""


def _bullet(line: Line) -> str:
    words = f" {_phrase(line.words)}" if line.words.strip() else ""
    if line.was.strip():
        words = f" “{_phrase(line.was)}” → “{_phrase(line.words)}”"
    return f"- **{line.key}**{' private' if line.is_private else ''}{words}"


def _head(summary: Summary, names: Names) -> Iterator[str]:
    yield f"# {write_title(summary.review.name)}"
    yield ""
    if summary.was_empty:
        yield _NOTHING
        return
    for name, value in _facts(summary, _caller(names)):
        if value:
            yield f"- **{name}:** {_phrase(value)}"


def _facts(summary: Summary, called: Called) -> Iterator[tuple[str, str]]:
    review, tally = summary.review, summary.tally
    yield "Chair", called(review.facilitator)
    yield "Begun", _instant(review.started_at)
    by = f" by {called(review.closed_by)}" if review.closed_by else ""
    yield "Closed", f"{_instant(review.closed_at)}{by}"
    yield "On the table", str(tally.total)
    counted = ", ".join(f"{number} {words}" for words, number in tally.in_order())
    yield "Decided", f"{tally.decided}{f' ({counted})' if counted else ''}"
    yield "Still open", str(tally.still_open)
    more = tally.expired - len(summary.expired)
    named = ", ".join(summary.expired) + (f" and {more} more" if more > 0 else "")
    yield "Expired now", f"{tally.expired}: {named}" if tally.expired else ""
    yield "Not here", ", ".join(map(called, summary.absent))


def _programme(summary: Summary, names: Names) -> Iterator[str]:
    called = _caller(names)
    if not summary.teaches:
        return
    yield from ("", "## What it says about the programme")
    moved = [
        f"{_item(each.key, each.words)} ({_phrase(called(each.owner))}), "
        f"{each.moved} time{'' if each.moved == 1 else 's'}"
        for each in summary.often
    ]
    oldest = [
        f"{_item(each.key, each.words)} ({_phrase(called(each.owner))}), "
        f"from an incident of {_day(each.since)}"
        for each in summary.oldest
    ]
    for title, lines in (
        ("Moved most often", moved),
        ("Open longest", oldest),
        ("By service", [_service(each) for each in summary.services]),
    ):
        if lines:
            yield from ("", f"### {title}", "", *lines)


def _item(key: str, words: str) -> str:
    return f"- **{key}**{f' {_phrase(words)}' if words.strip() else ' private'}"


def _service(each: OfService) -> str:
    name = _phrase(each.name) if each.name.strip() else "private incidents"
    late = f", {each.late} of them overdue or expired" if each.late else ""
    return f"- {name}: {each.still_open} of {each.total} open{late}"


def _taught(summary: Summary) -> list[str]:
    """What the chair wrote, each line a paragraph: nothing in it is Markdown."""
    paragraphs = [_phrase(line) for line in summary.review.learnt.splitlines() if line.strip()]
    lines = [part for paragraph in paragraphs for part in ("", paragraph)]
    return ["", "## What it taught, in the chair's words", *lines] if lines else []


def _chapter(title: str, lines: Sequence[str]) -> list[str]:
    return ["", f"## {title}", "", *lines] if lines else []


def _caller(names: Names) -> Called:
    return lambda person: " ".join(names.get(person, "").split()) or person


def _phrase(text: str) -> str:
    return write_phrase(" ".join(text.split()))


def _instant(at: datetime | None) -> str:
    return f"{at.astimezone(UTC):%Y-%m-%d %H:%M} UTC" if at else ""


def _day(on: date) -> str:
    return f"{on.day} {on:%b %Y}"
