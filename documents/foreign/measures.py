"""What a document says in figures and words: severity, service, people, losses."""

import re
from collections.abc import Iterator, Sequence
from typing import Any

from documents.foreign.labels import Label, Said, people_in
from documents.foreign.page import Page
from domain.postmortems import BUDGET_MAX, REVENUE_MAX, SERVICE_MAX, USERS_MAX, Severity
from domain.prefill import guess

UNKNOWN_SERVICE = "unknown"

_WORDS = {
    Severity.P1: "critical|blocker|urgent|highest",
    Severity.P2: "high|major|significant",
    Severity.P3: "medium|moderate|minor|low|lowest|trivial",
}
_LEVEL = re.compile(
    r"(?:p|s|sev(?:erity)?|prio(?:rity)?|level)?[\s_-]?([0-5])(?![0-9])", re.IGNORECASE
)
_SEVERITY_ALONE = re.compile(
    r"\W*(?:(?:p|s|sev|severity|prio|priority|level)?[\s_-]?[0-5])?"
    rf"\W*(?:{'|'.join(_WORDS.values())})?\W*",
    re.IGNORECASE,
)
_COUNT = re.compile(
    r"([0-9]{1,3}(?:[,.' ][0-9]{3})+|[0-9]+)(?:\s+(?:users|customers|people|accounts|clients))?\.?",
    re.IGNORECASE,
)
_MOST = {Label.SERVICE: SERVICE_MAX, Label.REVENUE: REVENUE_MAX}
_FIELDS = {Label.SERVICE: "service", Label.REVENUE: "revenue_lost"}
_PERCENT = re.compile(r"([0-9]{1,6}(?:\.[0-9]+)?)\s*%\.?")


def severity_of(text: str) -> Severity | None:
    """How bad a text says it was: `SEV-1`, `P2`, `3`, `critical`."""
    if found := _LEVEL.match(text.strip(" ~*`").replace("::", "-")):
        return Severity(f"P{min(max(int(found[1]), 1), 3)}")
    first = re.match(r"\W*(\w+)", text.lower())
    return next(
        (kind for kind, names in _WORDS.items() if first and first[1] in names.split("|")), None
    )


def measures(page: Page, said: Sequence[Said], title: str) -> tuple[dict[str, Any], list[str]]:
    """The facts beside the instants, and what had to be assumed; lines understood are taken."""
    found: dict[str, Any] = {}
    for each in said:
        for field, value in _read(each.label, page.plain(each.value)):
            if field in found:
                continue
            found[field] = value
            if field != "severity" or _SEVERITY_ALONE.fullmatch(page.plain(each.value)):
                page.take(each.first, each.end)
    warnings = list(_assumed(found, page, said, title))
    return found, warnings


def _read(label: Label, value: str) -> Iterator[tuple[str, Any]]:
    if label in _MOST and len(value) <= _MOST[label]:
        yield _FIELDS[label], value
    elif label is Label.SEVERITY and (severity := severity_of(value)):
        yield "severity", severity
    elif label is Label.RESPONDERS and people_in(value):
        yield from _people(value)
    else:
        yield from _count(label, value)


def _count(label: Label, value: str) -> Iterator[tuple[str, float]]:
    if label is Label.USERS and (count := _COUNT.fullmatch(value)):
        digits = re.sub(r"\D", "", count[1])
        if len(digits) <= len(str(USERS_MAX)) and int(digits) <= USERS_MAX:
            yield "users_affected", int(digits)
    part = _PERCENT.fullmatch(value)
    if label is Label.BUDGET and part and float(part[1]) <= BUDGET_MAX:
        yield "budget_burned", float(part[1])


def _people(value: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """People by their ids; names beside them would be lost, and keep the line in the notes."""
    if not re.sub(r"<@[^>]*>|[\s,;&]|\band\b", "", value):
        yield "responders", tuple(dict.fromkeys(people_in(value)))


def _assumed(found: dict[str, Any], page: Page, said: Sequence[Said], title: str) -> Iterator[str]:
    if "severity" not in found:
        named = guess(title).severity
        found["severity"] = named or Severity.P2
        if named is None:
            yield "It names no severity: P2 was taken."
    if "service" not in found:
        values = [page.plain(each.value) for each in said if each.label is Label.CATEGORY]
        category = next((each for each in values if 0 < len(each) <= SERVICE_MAX), "")
        found["service"] = category or UNKNOWN_SERVICE
        yield (
            f"It names no service: its category “{category}” was taken."
            if category
            else f"It names no service: it is kept as “{UNKNOWN_SERVICE}”."
        )
