"""The summary of a closed monthly review, for whoever was not there: one message in its channel."""

from collections.abc import Iterator, Mapping, Sequence

from blocks.item_words import times
from blocks.limits import BLOCK_WEIGHT
from blocks.parts import Block, Message, actions, button, context, header, section
from blocks.review_buttons import REVIEW_MARKDOWN
from blocks.review_lines import by_name, quietly
from blocks.text import day, escape, mention, moment, one_line, quoted, shown
from domain.review_summary import Line, OfService, Often, Old, Summary, named, outcome

#: So many decisions are told in the message, if they do not weigh more than this together; the
#: canvas and the file tell all.
LINES_MOST, _LINES_WEIGHT = 30, 7_000
_A_SECTION, _ABSENT_SHOWN = 2_500, 20
_WHAT_SHOWN, _REASON_SHOWN, _SERVICE_SHOWN, _LEARNT_SHOWN = 80, 120, 60, 1_500


def review_summary(summary: Summary, lines: Sequence[Line], names: Mapping[str, str]) -> Message:
    """What was decided, by whom and why, what is left, and what that says about the programme.

    `lines` are the first decisions. Everybody is said by name, so that nobody is called who was
    there; whose name is not known is mentioned.
    """
    review, tally = summary.review, summary.tally
    title = f"{review.name}: closed"
    counted = f"{tally.decided} of {tally.total} decided"
    blocks = [
        header(title),
        section("\n".join([_who(summary), f"*{counted}.* {_by_event(summary)}", *_left(summary)])),
        *_decisions([by_name(decision_line(each), names) for each in lines], tally.decided),
        *_programme(summary),
        *_taught(review.learnt),
        actions([_file_button(summary)]),
    ]
    left = f", {tally.still_open} still open" if tally.still_open else ""
    text = f"{review.name} is closed: {counted}{left}."
    return quietly({"text": text, "blocks": blocks}, names)


def _file_button(summary: Summary) -> Block:
    name = summary.review.name
    spoken = f"Send me the {name[0].lower()}{name[1:]} as a Markdown file"
    return button("Send me the file", REVIEW_MARKDOWN, str(summary.review.id), spoken=spoken)


def _who(summary: Summary) -> str:
    review = summary.review
    said = [f"Chaired by {mention(review.facilitator)}"]
    if review.started_at:
        said.append(f"begun {moment(review.started_at)}")
    if review.closed_at:
        by = review.closed_by
        other = f" by {mention(by)}" if by not in {"", review.facilitator} else ""
        said.append(f"closed {moment(review.closed_at)}{other}")
    return " · ".join(said)


def _by_event(summary: Summary) -> str:
    return " · ".join(f"{number} {words}" for words, number in summary.tally.in_order())


def _left(summary: Summary) -> Iterator[str]:
    """What is open still, what of that has expired, and who was not here."""
    tally = summary.tally
    if tally.still_open:
        are = "item is" if tally.still_open == 1 else "items are"
        yield f"{tally.still_open} {are} still open.{_expired(summary)}"
    else:
        yield "No item is open any more."
    if summary.undecided:
        yield f"Left undecided: {named(summary.undecided, tally.undecided)}."
    if summary.absent:
        yield f"Not here: {_some(summary.absent)}."


def _some(people: Sequence[str]) -> str:
    named, more = ", ".join(map(mention, people[:_ABSENT_SHOWN])), len(people) - _ABSENT_SHOWN
    return f"{named} and {more} more" if more > 0 else named


def _expired(summary: Summary) -> str:
    number = summary.tally.expired
    if not number:
        return ""
    named, more = ", ".join(summary.expired), number - len(summary.expired)
    rest = f" and {more} more" if more > 0 else ""
    they = "it" if number == 1 else "they"
    return f" :hourglass: Expired now: {named}{rest}; {they} cannot be moved any more."


def _decisions(lines: Sequence[str], total: int) -> list[Block]:
    """The first decisions, a line each, in as many paragraphs as Slack's limit needs."""
    said = list(_fitting(lines[:LINES_MOST]))
    if not said:
        return []
    parts: list[str] = ["*What was decided*"]
    for line in said:
        if len(parts[-1]) + len(line) > _A_SECTION:
            parts.append(line)
        else:
            parts[-1] += f"\n{line}"
    more = total - len(said)
    rest = [context(f"… and {more} more: the canvas and the file tell them all.")] if more else []
    return [*map(section, parts), *rest]


def _fitting(lines: Sequence[str]) -> Iterator[str]:
    room = _LINES_WEIGHT - 3 * BLOCK_WEIGHT
    for line in lines:
        room -= len(line) + 1
        if room < 0:
            return
        yield line


def decision_line(line: Line) -> str:
    """Which it was, what became of it, by whom, and why."""
    words = "private item" if line.is_private else _worded(line)
    reason = one_line(line.reason)
    why = f": {shown(reason, _REASON_SHOWN)}" if reason and not line.is_private else ""
    return f"• *{line.key}* {words} · {outcome(line, mention)}{_risk(line)}{why}"


def _worded(line: Line) -> str:
    """What it says; where it was worded anew, what it said before, too."""
    words = shown(one_line(line.words), _WHAT_SHOWN)
    return f"“{shown(one_line(line.was), _WHAT_SHOWN)}” → “{words}”" if line.was else words


def _risk(line: Line) -> str:
    return f" · risk “{shown(one_line(line.risk), _WHAT_SHOWN)}”" if line.risk else ""


def _programme(summary: Summary) -> list[Block]:
    """What the table says about the programme as a whole."""
    if not summary.teaches:
        return []
    said = [
        *_named("Moved most often", [_often(each) for each in summary.often]),
        *_named("Open longest", [_old(each) for each in summary.oldest]),
        *_named("By service", [_service(each) for each in summary.services]),
    ]
    return [section("\n".join(["*What it says about the programme*", *said]))]


def _named(what: str, named: Sequence[str]) -> list[str]:
    return [f"_{what}:_ {'; '.join(named)}"] if named else []


def _often(each: Often) -> str:
    return f"{_which(each)}, {times(each.moved)}"


def _old(each: Old) -> str:
    return f"{_which(each)}, from an incident of {day(each.since)}"


def _which(each: Often | Old) -> str:
    words = f" {shown(one_line(each.words), _WHAT_SHOWN)}" if each.words else " private item"
    return f"*{each.key}*{words} ({mention(each.owner)})"


def _service(each: OfService) -> str:
    name = shown(one_line(each.name), _SERVICE_SHOWN) if each.name else escape("private incidents")
    late = f", {each.late} of them overdue or expired" if each.late else ""
    return f"{name} {each.still_open} of {each.total} open{late}"


def _taught(learnt: str) -> list[Block]:
    said = quoted(learnt, _LEARNT_SHOWN) if learnt.strip() else ""
    return [section(f"*What it taught, in the chair's words*\n{said}")] if said else []
