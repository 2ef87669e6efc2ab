"""Numbers with the words that they are chosen by, and what is behind each."""

from collections.abc import Iterable

from blocks.text import one_line, shorten
from blocks.traces import Trace
from domain.behind import Asked, Which
from domain.headlines import amount
from domain.measures import Completion, Repeats, SeverityMix, Times
from domain.postmortems import Severity
from domain.windows import Scope, Window

_NAME_MAX = 40
#: A number, the words it is chosen by, and what is behind it.
Row = tuple[int, str, Which]


def repeats_rows(found: Repeats) -> list[Row]:
    """The incidents of a repeat rate."""
    return [
        (found.repeats, amount(found.repeats, "repeat"), Which.REPEATS),
        (found.tagged, f"{found.tagged} tagged", Which.TAGGED),
        (found.untagged, f"{found.untagged} untagged", Which.UNTAGGED),
    ]


def completion_rows(found: Completion) -> list[Row]:
    """What became of the items that were due."""
    return [
        (found.due, f"{found.due} due", Which.DUE),
        (found.by_date, f"{found.by_date} by the date", Which.BY_DATE),
        (found.later, f"{found.later} later", Which.LATER),
        (found.waits, f"{found.waits} still open", Which.WAITS),
        (found.cancelled, f"{found.cancelled} cancelled", Which.CANCELLED),
        (found.accepted, f"{found.accepted} accepted as a risk", Which.ACCEPTED),
        (found.promoted, f"{found.promoted} promoted", Which.PROMOTED),
    ]


def times_rows(found: Times) -> list[Row]:
    """The incidents that say how long they took."""
    detect, recover = found.detect.known, found.recover.known
    return [
        (detect, amount(detect, "time to detect", "times to detect"), Which.DETECTED),
        (recover, amount(recover, "time to recover", "times to recover"), Which.RECOVERED),
    ]


def untimed_rows(found: Times) -> list[Row]:
    """The incidents that do not say it."""
    detect, recover = found.detect.unknown, found.recover.unknown
    return [
        (detect, f"{detect} without a time to detect", Which.NOT_DETECTED),
        (recover, f"{recover} without a time to recover", Which.NOT_RECOVERED),
    ]


def severity_rows(mix: SeverityMix) -> list[Row]:
    """The incidents of a month by severity."""
    name = f"{mix.month:%b %Y}"
    return [
        (mix.p1, f"{name}: {mix.p1} P1", Which.P1),
        (mix.p2, f"{name}: {mix.p2} P2", Which.P2),
        (mix.p3, f"{name}: {mix.p3} P3", Which.P3),
    ]


def severity_sums(mixes: Iterable[SeverityMix]) -> list[Row]:
    """The incidents of all these months by severity."""
    counted = [(each.p1, each.p2, each.p3) for each in mixes]
    sums = [sum(each) for each in zip(*counted, strict=True)]
    whiches = (Which.P1, Which.P2, Which.P3)
    names = (Severity.P1, Severity.P2, Severity.P3)
    return [
        (number, f"{number} {name}", which)
        for number, name, which in zip(sums, names, whiches, strict=False)  # of no month: none
    ]


def of_window(rows: Iterable[Row], window: Window, scope: Scope) -> list[Trace]:
    """Those of a window that are not nought."""
    return [
        Trace(words=words, asked=Asked(which=which, window=window, scope=scope))
        for number, words, which in rows
        if number
    ]


def short_name(name: str) -> str:
    """A name as it stands before a number."""
    return shorten(one_line(name), _NAME_MAX)
