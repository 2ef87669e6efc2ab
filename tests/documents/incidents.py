"""Documents as nobody would write them, and as somebody might."""

from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

from hypothesis import strategies as st

from documents.document import Document
from domain.accepted_risks import AcceptedRisk
from domain.action_items import ActionItem, ItemKind, ItemState
from domain.contributing_factors import ContributingFactor, FactorKind
from domain.inherited import InheritedLine, LineState
from domain.passages import Passage
from domain.postmortems import Facts, Severity, Tier
from domain.programme import Priority
from domain.timeline import Milestone, Source, SourceState, TimelineEntry

STARTED = datetime(2026, 11, 21, 13, 40, tzinfo=UTC)

#: What Markdown, YAML, HTML, Slack and this layout make something of.
PIECES = (
    *(
        "\n",
        "\n\n",
        "  \n",
        "\\\n",
        "\r\n",
        "\r",
        "\0",
        "\t",
        "    ",
        "\u2028",
        "\x85",
        "\x0b",
        "\xa0",
    ),
    *(
        "# a",
        "## Timeline\n",
        "### 1. a",
        "#",
        "##",
        "====",
        "----",
        "---",
        "- ",
        "1. ",
        "> ",
        "***",
    ),
    *("```\n", "```python\n", "~~~~\n", "`", "``", "`<b>`", "`|`", "|", "| a | b |\n|---|---|\n"),
    *(
        "\\",
        "\\\\",
        "\\#",
        "\\|",
        "\\<",
        "<",
        "<br>",
        "\\<br>",
        "<!--",
        "-->",
        "<script>",
        "</p>",
        "<?",
    ),
    *(
        "&",
        "&amp;",
        "&#13;",
        "[a](https://b.c)",
        "![a](b)",
        "[a]: b",
        "[a]",
        "](",
        "]:",
        "*",
        "_",
        "~",
    ),
    *(
        "<@U123>",
        "<!channel>",
        "<https://a.b|c>",
        ":fire:",
        "😀",
        "👩‍🚒",
        "שלום",
        "مرحبا",
        "\u202e",
        "é",
    ),
    *(
        "PM-1 · ",
        "**Owner:** ",
        "factor 1: ",
        "(U1)",
        "closedloop: 1",
        "null",
        "2026-11-20",
        "",
        "a b",
    ),
)

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
    position=_maybe(st.integers(1, 3)),
    id=stored,
)
risks = st.builds(AcceptedRisk, risk=texts, accepter=ids, reason=texts, until=days, id=stored)
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


def incident(**other: Any) -> Document:
    """Somebody's incident, with something in every section."""
    said: dict[str, Any] = {
        "key": "PM-12",
        "facts": Facts(
            title="Checkout latency",
            service="checkout",
            severity=Severity.P2,
            started_at=STARTED,
            detected_at=STARTED + timedelta(minutes=4),
            recovered_at=STARTED + timedelta(minutes=40),
            impact="One in five payments failed.\nNobody was told.",
            responders=("U012ABC", "U2"),
            hurt_customers=True,
            tier_override=Tier.STANDARD,
            tier_reason="Seen before",
            users_affected=1200,
            revenue_lost="12,000 EUR",
            budget_burned=35.0,
        ),
        "names": {"U012ABC": "Ana", "U2": "Ben (on call)", "U3": "Chi"},
        "root_cause": "A pool of 10 connections, and nobody watched it.",
        "passages": {
            Passage.WHYS: "The pool was full.\nA query held it.\nNothing limits queries.",
            Passage.WENT_WELL: "- The runbook was right",
            Passage.WENT_WRONG: "The alert came late",
            Passage.LESSONS: "Pools are capacity.",
            Passage.HAD_TO_BE_TRUE: "A limit for queries",
            Passage.VERIFIABLE: "Yes",
            Passage.MORE_LIKELY: "The same in search",
            Passage.NOTES: "#### Query\n\n```sql\n# seen <here>\nSELECT 1;\n```",
        },
        "classes": ("dependency exhaustion", "missing alert"),
        "entries": (
            TimelineEntry(at=STARTED, text="Deploy 42 | canary", milestone=Milestone.STARTED),
            TimelineEntry(
                at=STARTED + timedelta(minutes=4),
                text="p99 > 2 s\n<!channel> look",
                milestone=Milestone.DETECTED,
                source=Source.ALERT,
                permalink="https://acme.slack.com/archives/C1/p1795268640000100",
                message_channel="C1",
                message_ts="1795268640.000100",
                source_state=SourceState.EDITED,
            ),
            TimelineEntry(
                at=STARTED + timedelta(minutes=40, seconds=5),
                text="Back to normal",
                milestone=Milestone.RECOVERED,
            ),
        ),
        "factors": (
            ContributingFactor(kind=FactorKind.MADE_POSSIBLE, text="No limit for queries"),
            ContributingFactor(kind=FactorKind.SLOWED_DETECTION, text="No alert on the pool"),
        ),
        "items": (
            ActionItem(
                what="Limit queries to 2 s",
                done_when="A query of 3 s is cancelled in staging",
                owner="U012ABC",
                priority=Priority.P1,
                due_on=date(2026, 12, 4),
                kind=ItemKind.GUARDRAIL,
                factor_id=1,
                reschedules=1,
                reviews_seen=1,
                position=1,
            ),
        ),
        "risks": (
            AcceptedRisk(
                risk="Search has the same pool",
                accepter="U3",
                reason="It is replaced in March",
                until=date(2027, 3, 31),
            ),
        ),
        "inherited": (
            InheritedLine(text="Improve monitoring of pools"),
            InheritedLine(
                text="Look into queries",
                state=LineState.DROPPED,
                reason="Done by item 1",
                decided_by="U3",
                decided_at=STARTED + timedelta(days=3),
            ),
        ),
        "facilitator": "U3",
        "published": "2026-11-24 09:00 UTC",
    }
    return Document(**(said | other))
