"""Numbers in words: each with what it is counted from, and no percentage of few (rules 22, 23)."""

from domain.decisions import Decision
from domain.lengths import length
from domain.measures import AGES, FEW, MOVES_MOST, Completion, Durations, Recurrence, Repeats
from domain.report import Report

_TOO_FEW = "too few for a percentage"


def period(months: int) -> str:
    """Over what, within a sentence: `the last 6 months`."""
    return f"the last {months} months"


def amount(number: int, what: str, many: str = "") -> str:
    """`1 incident`, `2 incidents`; `many` where it takes more than an s."""
    return f"{number} {what if number == 1 else many or f'{what}s'}"


def share(part: int, whole: int, rate: int | None) -> str:
    """A part with what it is of: `12 of 41 (29 %)`, `2 of 4`."""
    return f"{part} of {whole}" if rate is None else f"{part} of {whole} ({rate} %)"


def compared(now: int, part: int, whole: int, before: int | None) -> str:
    """Where a rate has gone: `, up from 16 of 40 (40 %)`, `; before: 1 of 4`; nothing from none."""
    if not whole:
        return ""
    if before is None:
        return f"; before: {part} of {whole}"
    if now == before:
        return f", as before ({part} of {whole})"
    return f", {'up' if now > before else 'down'} from {share(part, whole, before)}"


def headline(report: Report) -> str:
    """The one sentence of the programme: how many incidents repeated a known class."""
    found, before = report.repeats, report.repeats_before
    over = period(report.months)
    if not found.incidents:
        return f"No incident in {over}."
    if not found.tagged:
        return f"Nobody can say what repeats: no incident of {over} has a causal class."
    counts = _repeating(found, is_one_class=report.scope.class_id is not None)
    if found.rate is None:
        return f"{counts}, {_TOO_FEW}."
    gone = compared(found.rate, before.repeats, before.tagged, before.rate)
    return f"{counts}: {found.rate} %{gone}."


def _repeating(found: Repeats, *, is_one_class: bool) -> str:
    known = "this class" if is_one_class else "a known class"
    tagged = amount(found.tagged, "tagged incident")
    return f"{found.repeats} of {tagged} repeated {known}"


def beside(report: Report) -> str:
    """What the headline leaves out: of what services, the untagged, and a time before unlike it."""
    found, before = report.repeats, report.repeats_before
    had = _had_before(found, before)
    said = [
        "An earlier incident of any service counts." if report.scope.service else "",
        _untagged(found),
        f"The {report.months} months before had {had}." if had else "",
    ]
    return " ".join(filter(None, said))


def _untagged(found: Repeats) -> str:
    if not found.untagged:
        return ""
    more = amount(found.untagged, "more incident" if found.tagged else "incident")
    said = f"{more} {'is' if found.untagged == 1 else 'are'} untagged"
    return f"{said} and not counted." if found.tagged else f"{said}."


def _had_before(found: Repeats, before: Repeats) -> str:
    """What the time before had, where the headline does not compare with it."""
    if not found.incidents:
        return amount(before.incidents, "incident") if before.incidents else ""
    if found.rate is not None:
        return "" if before.tagged else "no tagged incident to compare with"
    return "" if before.rate is None else share(before.repeats, before.tagged, before.rate)


def recurrence(report: Report) -> str:
    """How many of all incidents older than six months, of any time, came again (rule 23)."""
    found = report.recurrence
    if not found.tagged:
        none = "No tagged incident is older than six months, so nothing can have recurred yet."
        return f"{none} {_old_untagged(found)}".rstrip()
    own = "this class" if report.scope.class_id is not None else "a class of theirs"
    wherever = ", in any service" if report.scope.service else ""
    counts = (
        "Of all incidents older than six months, whatever the period: "
        f"{found.recurred} of {amount(found.tagged, 'tagged incident')} saw {own} come again "
        f"within six months{wherever}"
    )
    told = f"{counts}, {_TOO_FEW}." if found.rate is None else f"{counts}: {found.rate} %."
    return f"{told} {_old_untagged(found)}".rstrip()


def _old_untagged(found: Recurrence) -> str:
    number = found.untagged
    if not number:
        return ""
    who = f"{number} more" if found.tagged else amount(number, "incident")
    return f"{who} of that age {'is' if number == 1 else 'are'} untagged."


def completion(report: Report) -> str:
    """How many items were implemented by the date they were promised for (rule 23)."""
    found, before = report.completion, report.completion_before
    if not found.due:
        return f"No action item was due in {period(report.months)}."
    counts = (
        f"{found.by_date} of {amount(found.due, 'action item')} due in {period(report.months)} "
        f"{'was' if found.by_date == 1 else 'were'} implemented by the original date"
    )
    if found.rate is None:
        return f"{counts}, {_TOO_FEW}."
    gone = compared(found.rate, before.by_date, before.due, before.rate)
    return f"{counts}: {found.rate} %{gone}."


def not_by_date(found: Completion) -> str:
    """What became of the others that were due; nothing where there is none."""
    ways = (
        (found.later, "implemented later"),
        (found.waits, "still open"),
        (found.cancelled, "cancelled"),
        (found.accepted, "accepted as a risk"),
        (found.promoted, "promoted to a project"),
    )
    said = [f"{number} {words}" for number, words in ways if number]
    return f"The others: {', '.join(said)}." if said else ""


def took(name: str, now: Durations, before: Durations) -> str:
    """How long something took: median, mean, of how many, and how long it took before.

    `name` begins the sentence: `Time to detect`.
    """
    if now.median is None or now.mean is None:
        return f"{name}: {_unknown(now)}"
    said = f"{name}: median {length(now.median)}, mean {length(now.mean)}"
    told = f"{said}, of {amount(now.known, 'incident')}{_gone(now, before)}."
    return f"{told} {_unknown(now)}" if now.unknown else told


def _unknown(found: Durations) -> str:
    if not found.unknown:
        return "no incident."
    return f"{found.unknown} {'does' if found.unknown == 1 else 'do'} not say."


def _gone(now: Durations, before: Durations) -> str:
    """How the median moved, where there are enough on both sides to say so."""
    if now.median is None or before.median is None or min(now.known, before.known) < FEW:
        return ""
    if length(now.median) == length(before.median):
        return "; the median is as before"
    way = "up" if now.median > before.median else "down"
    return f"; the median is {way} from {length(before.median)}"


def open_items(report: Report) -> str:
    """How many items are open, and how many of them are old or were moved often."""
    found = report.open_items
    if not found.total:
        return "No action item is open."
    old, moved = found.of_age(len(AGES)), found.moved(MOVES_MOST)
    are = "is" if found.total == 1 else "are"
    said = f"{amount(found.total, 'action item')} {are} open"
    more = [
        *([f"{old} for more than {AGES[-1]} days"] if old else []),
        *([f"{moved} moved {MOVES_MOST} times or more"] if moved else []),
    ]
    return f"{said}, {' and '.join(more)}." if more else f"{said}."


def age(place: int) -> str:
    """What is said of the ages at a place among AGES: `up to 30 days`, `more than 90 days`."""
    if place == 0:
        return f"up to {AGES[0]} days"
    if place == len(AGES):
        return f"more than {AGES[-1]} days"
    return f"{AGES[place - 1] + 1} to {AGES[place]} days"


def moves(times: int) -> str:
    """What is said of items that were moved so often: `never moved`, `moved 3 times or more`."""
    words = {0: "never moved", 1: "moved once", 2: "moved twice"}
    return words.get(times, f"moved {MOVES_MOST} times or more")


def decisions(report: Report) -> list[tuple[str, int]]:
    """What was decided in the window and how often, in the order in which decisions are named."""
    return [(each, number) for each in Decision if (number := report.decisions.get(each, 0))]
