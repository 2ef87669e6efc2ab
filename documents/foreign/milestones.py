"""The many names of milestones, where an old document marks an entry with one."""

import re

from documents.foreign.headings import bare
from domain.timeline import Milestone

_NAMES = {
    Milestone.STARTED: "started|start|began|begin|begins|incident start|incident started|"
    "incident begins|incident began|impact start|impact started|impact begins|problem started|"
    "outage start|outage started|outage begins|outage began|start of incident|start of impact",
    Milestone.DETECTED: "detected|detection|discovery|discovered|first alert|alert|alerted|"
    "issue detected|incident detected|problem detected|time of detection",
    Milestone.ACKNOWLEDGED: "acknowledged|acknowledgement|acked|ack",
    Milestone.CAUSE_IDENTIFIED: "cause identified|root cause identified|cause found|identified|"
    "root cause found|issue identified|diagnosed|diagnosis",
    Milestone.FIX_DEPLOYED: "fix deployed|fix applied|fix released|fixed|deployed fix|mitigated|"
    "mitigation|outage mitigated|incident mitigated|issue mitigated|fix",
    Milestone.RECOVERED: "recovered|recovery|resolved|resolution|restored|service restored|"
    "service recovered|incident resolved|issue resolved|outage resolved|outage ends|impact end|"
    "impact ends|impact ended|end of impact|end of outage|outage ended",
    Milestone.ALL_CLEAR: "all clear|incident closed|closed|incident ends|incident ended|"
    "end of incident|incident end|incident over",
}
_MILESTONES = {name: kind for kind, names in _NAMES.items() for name in names.split("|")}
#: `Detected: …` or `Outage ends, …` before what happened, or `… (resolved)` after it.
_MARKS = (
    re.compile(r"[\W_]*(?P<said>[A-Za-z ]{3,30}?)\s*(?::|[-\u2013\u2014]+\s)"),
    re.compile(r"[\W_]*(?P<said>[A-Za-z]+ [A-Za-z ]{3,30}?),\s"),
    re.compile(r".*\((?P<said>[A-Za-z ]{3,30})\)\W*"),
)


def milestone_named(name: str) -> Milestone | None:
    """The milestone that goes by this name."""
    return _MILESTONES.get(bare(name))


def milestone_in(text: str) -> Milestone | None:
    """The milestone that an entry's own words mark it with, before or after what happened."""
    if found := milestone_named(text):
        return found
    *before, after = _MARKS
    marks = (*(mark.match(text) for mark in before), after.fullmatch(text))
    return next((kind for mark in marks if mark and (kind := milestone_named(mark["said"]))), None)
