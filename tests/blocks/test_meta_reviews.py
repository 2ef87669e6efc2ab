"""The meta-review's message: what repeats, what is proposed, what is promised."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from blocks.limits import check_message
from blocks.meta_patterns import Known, MetaView
from blocks.meta_reviews import OTHERS, meta_message
from blocks.parts import Block, Message
from domain.action_items import ItemState
from domain.meta_reviews import Behind, Fix, Incidents, MetaReview, Trend, facts_of
from domain.quarters import Quarter, compared
from sandbox.checks import messages
from tests.blocks.samples import A_LONG_TICKET, ITEM, POSTMORTEM, RISK, TODAY, marked_up
from tests.blocks.test_meetings import HOSTILE

NOW = datetime(2026, 10, 13, 10, tzinfo=UTC)
Q3 = Quarter(2026, 3)
META = MetaReview(
    postmortem_id=41,
    workspace_id="T1",
    quarter=Q3.key,
    facilitator="U1ADA",
    channel="C9",
    called_at=NOW,
)
INCIDENT = Behind(number=3, title="Certificate ran out", channel="C3OLD", started_at=NOW)
FIX = Fix(class_id=1, fix="A job renews them", proposed_by="U2BEN", proposed_at=NOW)


def trend(which: int, *counts: int, name: str = "") -> Trend:
    """A class with these numbers of incidents in the last quarters."""
    padded = (0, 0, 0, 0, *counts)[-4:]
    return Trend(class_id=which, name=name or f"class {which}", counts=padded, open_items=which)


LONG = "&" * 2000
LONGEST = replace(
    ITEM,
    what=LONG[:300],
    done_when=LONG[:500],
    state=ItemState.PROMOTED,
    link=f"https://projects.example.com/{'x' * 970}",
    **A_LONG_TICKET | {"ticket_url": f"https://tracker.example/{'a' * 76}"},
)
CREDENTIAL = trend(1, 2, 1, 3, name="expired credential")


def seen(*trends: Trend, **other: Any) -> MetaView:
    """A meta-review with these classes."""
    view = MetaView(
        meta=META,
        postmortem=replace(POSTMORTEM, channel=None, facts=facts_of(Q3, NOW)),
        quarters=compared(Q3),
        trends=trends,
        incidents=Incidents(tagged=4, untagged=1),
        fixes={},
        items=(),
        counted_at=NOW,
        today=TODAY,
        behind={1: Known(shown=[INCIDENT], public=3, private=2)},
    )
    return replace(view, **other)


def taken(view: MetaView, *, with_chart: bool = True) -> Message:
    """Its message, after Slack has checked it."""
    message = check_message(meta_message(view, with_chart=with_chart))
    messages.check_message(message["text"], message["blocks"])
    return message


def said(view: MetaView) -> str:
    """All that it says in words."""
    return "\n".join(marked_up(taken(view)["blocks"]))


def labels(view: MetaView) -> list[str]:
    """What stands on its buttons."""
    rows: list[Block] = [each for each in taken(view)["blocks"] if each["type"] == "actions"]
    return [button["text"]["text"] for row in rows for button in row["elements"]]


def test_the_headline_says_how_many_incidents_and_what_repeats_above_all() -> None:
    assert taken(seen(trend(2, 1, 1), CREDENTIAL))["text"] == (
        "Meta-review of 2026 Q3: 4 incidents of 2026 Q3 have a causal class; 1 without one is not "
        "counted. 2 classes repeat within the four quarters, expired credential above all: "
        "3 in 2026 Q3, 1 in 2026 Q2, 6 in four quarters."
    )


def test_of_classes_that_weigh_the_same_or_came_up_once_none_stands_out() -> None:
    for tied in ((trend(2, 4, 3), CREDENTIAL), (trend(2, 1, 1), trend(3, 2, 0))):
        words = taken(seen(*tied))["text"]
        assert words.endswith("2 classes repeat within the four quarters.")
    alone = taken(seen(trend(2, 1, 1)))["text"]
    assert "1 class repeats within the four quarters, class 2: 1 in 2026 Q3" in alone


def test_the_whole_name_of_what_the_chart_cuts_stands_below_it() -> None:
    view = seen(trend(2, 1, name="config change without validation"))
    assert "In the chart, config … validation: config change without validation." in said(view)
    assert "In the chart" not in said(seen(CREDENTIAL))


def test_closing_says_how_many_patterns_have_no_fix() -> None:
    assert "No fix is proposed for the 2 patterns." in str(taken(seen(CREDENTIAL, trend(2, 2))))
    assert "No class repeats, so no fix was asked for." in str(taken(seen()))


def test_where_nothing_repeats_it_says_so() -> None:
    assert "No class has come up twice" in said(seen(trend(1, 1)))
    assert "No class has come up twice" in said(seen())


def test_a_pattern_names_its_public_incidents_and_counts_the_private_ones() -> None:
    words = said(seen(CREDENTIAL))
    assert (
        "*expired credential* · 3 in 2026 Q3, 1 in 2026 Q2, 6 in four quarters · 1 open item\n"
        "•  PM-3 Certificate ran out · <!date^1791885600^{date_short_pretty}|2026-10-13 UTC> · "
        "<#C3OLD>\n_… and 2 more, 2 of private channels_\n_No fix is proposed yet._"
    ) in words


def test_the_fix_is_shown_with_whose_it_is() -> None:
    view = seen(CREDENTIAL, fixes={1: FIX})
    assert ":wrench: *Proposed fix* by <@U2BEN>\n>A job renews them" in said(view)
    assert labels(view)[:2] == ["Change the fix", "Incidents"]
    assert labels(seen(CREDENTIAL))[:2] == ["Propose a fix", "Incidents"]


def test_the_chart_shows_six_series_at_most_the_lighter_ones_as_one() -> None:
    many = [trend(n, 9 - n) for n in range(1, 9)]
    (chart,) = [
        each for each in taken(seen(*many))["blocks"] if each["type"] == "data_visualization"
    ]
    series = chart["chart"]["series"]
    assert [each["name"] for each in series] == [*(f"class {n}" for n in range(1, 6)), OTHERS]
    assert series[-1]["data"][-1] == {"label": "2026 Q3", "value": 3 + 2 + 1}


def test_without_a_chart_a_table_says_the_same() -> None:
    blocks = taken(seen(CREDENTIAL), with_chart=False)["blocks"]
    (table,) = [each for each in blocks if each["type"] == "table"]
    assert [cell["text"] for cell in table["rows"][1]] == [
        *("expired credential", "0", "2", "1", "3")
    ]


def test_only_the_weightiest_patterns_stand_in_the_message() -> None:
    many = seen(*(trend(n, n) for n in range(2, 10)))
    assert labels(many).count("Incidents") == 5
    assert "All 8 patterns" in labels(many)
    assert "*class 9*" in said(many)
    assert "*class 4*" not in said(many)


def test_its_items_stand_in_it_with_their_buttons() -> None:
    view = seen(CREDENTIAL, items=(ITEM,))
    assert "*Action items* of PM-7" in said(view)
    assert "*1. Drain connections before a failover*" in said(view)
    assert labels(view)[-2:] == ["Add an action item", "Close the meta-review"]


def test_a_risk_that_was_accepted_instead_stands_below_them() -> None:
    assert "*Accepted risks*\n•  Two regions fail at once" in said(seen(risks=[RISK]))


def test_the_fourth_item_is_not_offered() -> None:
    items = tuple(replace(ITEM, position=n, id=n) for n in (1, 2, 3))
    assert labels(seen(items=items)) == ["Close the meta-review"]


def test_closing_asks_first_and_counts_what_is_missing() -> None:
    blocks = taken(seen(CREDENTIAL, trend(2, 2), fixes={1: FIX}))["blocks"]
    (confirm,) = [
        button["confirm"]["text"]["text"]
        for row in blocks
        if row["type"] == "actions"
        for button in row["elements"]
        if "confirm" in button
    ]
    assert confirm == (
        "1 of 2 patterns has a proposed fix, 1 has none. No action item is written down. "
        "Afterwards no fix can be proposed here."
    )


def test_a_closed_one_says_what_was_proposed_and_offers_no_change() -> None:
    meta = replace(META, closed_at=NOW, closed_by="U2BEN")
    view = seen(CREDENTIAL, meta=meta, fixes={1: FIX}, items=(ITEM,))
    words = "on 13 Oct 2026. The 1 pattern has a proposed fix. 1 action item is written down."
    assert f"Closed by <@U2BEN> {words}" in said(view)
    assert labels(view) == ["Incidents"]


def test_its_chair_is_named_and_when_it_was_counted() -> None:
    assert "Chaired by <@U1ADA>" in said(seen())
    assert "Counted <!date^1791885600^" in said(seen())


def test_the_longest_words_still_fit() -> None:
    words = LONG
    trends = [trend(n, n, name=f"{n}{'&' * 59}") for n in range(2, 40)]
    known = Known(shown=[replace(INCIDENT, title=words[:150])] * 3, public=99, private=9)
    items = [replace(LONGEST, position=n, id=n) for n in (1, 2, 3)]
    risks = [replace(RISK, risk=words[:500], reason=words[:500])] * 9
    fixes = {n: replace(FIX, class_id=n, fix=words) for n in range(40)}
    promised = {"items": items, "fixes": fixes, "risks": risks}
    view = seen(*trends, behind=dict.fromkeys(range(40), known), **promised)
    for with_chart in (True, False):
        taken(view, with_chart=with_chart)


def test_nothing_typed_is_obeyed() -> None:
    known = Known(shown=[replace(INCIDENT, title=HOSTILE)], public=1)
    view = seen(
        trend(1, 2, name=HOSTILE[:60]), behind={1: known}, fixes={1: replace(FIX, fix=HOSTILE)}
    )
    assert "<!channel>" not in said(view) + taken(view)["text"]


def test_a_fix_is_shown_at_some_length_where_there_is_room() -> None:
    fix = replace(FIX, fix="word " * 180)
    assert said(seen(CREDENTIAL, fixes={1: fix})).count("word") == 180
