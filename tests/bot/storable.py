"""Postmortems that a database can hold, with as much in them as that allows."""

from datetime import timedelta
from typing import Any

from hypothesis import strategies as st

from bot.imported_outcomes import LAST_DAY
from documents.document import Document
from domain.accepted_risks import AcceptedRisk
from domain.action_items import ActionItem, ItemKind, ItemState, Progress
from domain.causal_classes import CLASSES_MAX, DEFAULT_CLASSES
from domain.contributing_factors import ContributingFactor, FactorKind
from domain.inherited import InheritedLine, LineState
from domain.passages import Passage
from domain.postmortems import Facts, Severity, Tier
from domain.programme import Priority
from domain.timeline import Milestone, Source, SourceState, TimelineEntry
from tests.documents.strategies import days, instants, texts

words = texts.map(lambda text: text.strip()[:60].strip() or "words")
responders = st.sampled_from(["U1", "U2", "U012ABC", "W34"])
chairs = st.sampled_from(["", "U9", "W012ABC"])  # no responder chairs (rule 8)
spans = st.none() | st.integers(0, 10**6).map(lambda seconds: timedelta(seconds=seconds))

#: Somebody hears of these days when they come.
followed = st.dates(max_value=LAST_DAY)


def few(strategy: st.SearchStrategy[Any], most: int = 3) -> st.SearchStrategy[tuple[Any, ...]]:
    return st.lists(strategy, max_size=most).map(tuple)


def _message(entry: TimelineEntry) -> tuple[str, str] | TimelineEntry:
    """What only one entry of a timeline is of."""
    return (entry.message_channel, entry.message_ts) if entry.message_ts else entry


@st.composite
def _facts(draw: st.DrawFn) -> Facts:
    started = draw(instants) - timedelta(days=30)
    detected, recovered = draw(spans), draw(spans)
    return Facts(
        title=draw(words),
        service=draw(words),
        severity=draw(st.sampled_from(Severity)),
        started_at=started,
        detected_at=None if detected is None else started + detected,
        recovered_at=None if recovered is None else started + recovered,
        impact=draw(texts),
        responders=draw(few(responders).map(lambda people: tuple(dict.fromkeys(people)))),
        is_novel=draw(st.booleans()),
        tier_override=draw(st.sampled_from([Tier.FULL, Tier.STANDARD])),  # room for three items
        tier_reason="Seen before",
        users_affected=draw(st.none() | st.integers(0, 10**9)),
        budget_burned=draw(st.none() | st.floats(0, 10_000)),
    )


entries = st.builds(
    TimelineEntry,
    at=instants,
    text=words,
    milestone=st.none() | st.sampled_from(Milestone),
    source=st.sampled_from(Source),
    permalink=texts,
    message_channel=st.sampled_from(["", "C1"]),
    message_ts=st.just("") | st.integers(10**9, 2 * 10**9).map(lambda second: f"{second}.000100"),
    source_state=st.sampled_from(SourceState),
)
items = st.builds(
    ActionItem,
    what=words,
    done_when=words,
    owner=responders,
    priority=st.sampled_from(Priority),
    due_on=followed,
    kind=st.sampled_from(ItemKind),
    factor_id=st.none() | st.just(1),
    state=st.sampled_from(ItemState),
    reschedules=st.integers(0, 9),
    reviews_seen=st.integers(0, 9),
    original_due_on=st.none() | days,
    progress=st.sampled_from(Progress),
    note=texts,
    implemented_on=st.none() | days,
    soaks_until=st.none() | followed,
    shipped=texts,
    verified_at=st.none() | instants,
    evidence=texts,
    link=texts,
    position=st.integers(1, 3),
)
risks = st.builds(
    AcceptedRisk,
    risk=words,
    accepter=responders,
    reason=words,
    until=followed,
    item_id=st.none() | st.integers(1, 3),
    renewals=st.integers(0, 9),
    ended_on=st.none() | days,
)
storable = st.builds(
    Document,
    facts=_facts(),
    is_private=st.booleans(),
    root_cause=texts,
    passages=st.dictionaries(st.sampled_from(Passage), texts),
    classes=few(st.sampled_from(DEFAULT_CLASSES), CLASSES_MAX),
    entries=st.lists(entries, max_size=3, unique_by=_message).map(tuple),
    factors=st.lists(
        st.builds(ContributingFactor, kind=st.sampled_from(FactorKind), text=words), min_size=1
    ).map(tuple),
    items=st.lists(items, max_size=3, unique_by=lambda item: item.position).map(tuple),
    risks=few(risks),
    inherited=few(
        st.builds(
            InheritedLine,
            text=words,
            state=st.sampled_from(LineState),
            reason=texts,
            decided_by=st.sampled_from(["", "U1"]),
            decided_at=st.none() | instants,
        )
    ),
    facilitator=chairs,
    published=st.sampled_from(["", "2026-11-24 09:00 UTC"]),
)
