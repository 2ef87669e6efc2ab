"""Documents as nobody would write them: every field, filled with what could break a file."""

from datetime import UTC, datetime, timedelta, timezone
from typing import Any

from hypothesis import strategies as st

from documents.document import Document
from domain.accepted_risks import AcceptedRisk
from domain.action_items import ActionItem, ItemKind, ItemState, Progress
from domain.contributing_factors import ContributingFactor, FactorKind
from domain.inherited import InheritedLine, LineState
from domain.passages import Passage
from domain.postmortems import Facts, Severity, Tier
from domain.programme import Priority
from domain.timeline import Milestone, Source, SourceState, TimelineEntry
from tests.documents.pieces import PIECES

texts = st.one_of(
    st.lists(st.sampled_from(PIECES), max_size=12).map("".join),
    st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=5)), max_size=8).map("".join),
    st.text(max_size=40),
)
lines = texts.map(lambda text: " ".join(text.split()))
ids = st.one_of(st.sampled_from(["U1", "U2", "U012ABC"]), st.text(max_size=5))
offsets = st.sampled_from(
    [UTC, timezone(timedelta(hours=5, minutes=45)), timezone(timedelta(hours=-9))]
)
instants = st.datetimes(
    datetime(2000, 1, 1),  # noqa: DTZ001 - hypothesis adds the zone
    datetime(2100, 1, 1),  # noqa: DTZ001 - same
    timezones=offsets,
)
days = st.dates()
counts = st.integers(0, 10**10)
numbers = st.floats(0, 1e9)
stored = st.none() | st.integers(1, 99)


def _maybe(strategy: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.none() | strategy


def _few(strategy: st.SearchStrategy[Any], most: int = 4) -> st.SearchStrategy[tuple[Any, ...]]:
    return st.lists(strategy, max_size=most).map(tuple)


facts = st.builds(
    Facts,
    title=texts,
    service=texts,
    severity=st.sampled_from(Severity),
    started_at=instants,
    detected_at=_maybe(instants),
    recovered_at=_maybe(instants),
    impact=texts,
    responders=_few(ids),
    is_novel=st.booleans(),
    hurt_customers=st.booleans(),
    tier_override=_maybe(st.sampled_from(Tier)),
    tier_reason=texts,
    users_affected=_maybe(counts),
    revenue_lost=texts,
    budget_burned=_maybe(numbers),
)
entries = st.builds(
    TimelineEntry,
    at=instants,
    text=texts,
    milestone=_maybe(st.sampled_from(Milestone)),
    source=st.sampled_from(Source),
    permalink=st.one_of(
        st.just("https://acme.slack.com/archives/C1/p1700000000000100?thread_ts=1.2&cid=C1"), texts
    ),
    message_channel=st.one_of(st.just("C1"), texts),
    message_ts=st.one_of(st.just("1700000000.000100"), texts),
    source_state=st.sampled_from(SourceState),
    id=stored,
)
factors = st.builds(ContributingFactor, kind=st.sampled_from(FactorKind), text=texts, id=stored)
items = st.builds(
    ActionItem,
    what=texts,
    done_when=texts,
    owner=ids,
    priority=st.sampled_from(Priority),
    due_on=days,
    kind=st.sampled_from(ItemKind),
    factor_id=_maybe(st.integers(0, 5)),
    state=st.sampled_from(ItemState),
    reschedules=st.integers(0, 9),
    reviews_seen=st.integers(0, 9),
    original_due_on=_maybe(days),
    progress=st.sampled_from(Progress),
    note=texts,
    implemented_on=_maybe(days),
    soaks_until=_maybe(days),
    shipped=texts,
    verified_at=_maybe(instants),
    evidence=texts,
    link=texts,
    proposed_owner=ids,
    proposed_by=ids,
    ticket=texts,
    ticket_url=texts,
    ticket_closed=st.booleans(),
    ticket_trouble=texts,
    position=_maybe(st.integers(1, 3)),
    id=stored,
)
risks = st.builds(
    AcceptedRisk,
    risk=texts,
    accepter=ids,
    reason=texts,
    until=days,
    item_id=_maybe(st.integers(1, 5)),
    renewals=st.integers(0, 9),
    ended_on=_maybe(days),
    id=stored,
)
inherited = st.builds(
    InheritedLine,
    text=texts,
    state=st.sampled_from(LineState),
    reason=texts,
    decided_by=ids,
    decided_at=_maybe(instants),
    id=stored,
)
documents = st.builds(
    Document,
    facts=facts,
    key=st.sampled_from(["", "PM-1", "PM-12"]),
    is_private=st.booleans(),
    names=st.dictionaries(ids, texts, max_size=3),
    root_cause=texts,
    passages=st.dictionaries(st.sampled_from(Passage), texts),
    classes=_few(texts),
    entries=_few(entries),
    factors=_few(factors),
    items=_few(items),
    risks=_few(risks),
    inherited=_few(inherited),
    facilitator=ids,
    published=texts,
    time_to_detect=_maybe(numbers),
    time_to_recover=_maybe(numbers),
)
