"""What became of the items of a postmortem: each on its line, within Slack's limits."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from blocks.follow_ups import follow_up_message
from blocks.limits import check_message
from domain.action_items import ItemState, Progress
from domain.follow_ups import LookBack, LookedAt
from tests.blocks.samples import A_LONG_TICKET, ITEM, POSTMORTEM, RISK, TODAY, marked_up, titled
from tests.blocks.test_meetings import HOSTILE

LATER = TODAY + timedelta(weeks=5)
NAMES = {"U2BEN": "Ben <B>", "U1ADA": "Ada"}
WHO = "*PM-7/1* Drain connections before a failover · "


def look(*items: LookedAt, **also: Any) -> LookBack:
    """The sample as it is looked back at five weeks later."""
    known: dict[str, Any] = {"postmortem": POSTMORTEM, "published_on": TODAY, "today": LATER}
    return LookBack(**{**known, "items": items, "names": NAMES, **also})


def said(*items: LookedAt, **also: Any) -> str:
    """All that it says."""
    return "\n".join(marked_up(check_message(follow_up_message(look(*items, **also)))["blocks"]))


def at(why: str = "", **changed: Any) -> LookedAt:
    return LookedAt(item=replace(ITEM, **changed), why=why)


@pytest.mark.parametrize(
    ("looked_at", "line"),
    [
        (at(), "<@U2BEN> · due 5 Dec 2026, 21 days overdue · not started"),
        (
            at(due_on=LATER, reschedules=2, progress=Progress.IN_PROGRESS, note="half & half"),
            "<@U2BEN> · due 26 Dec 2026, moved twice · :construction: in progress: half &amp; half",
        ),
        (
            at(reviews_seen=2),
            "<@U2BEN> · :hourglass: *expired* (open at 2 monthly reviews) · due 5 Dec 2026",
        ),
        (
            at(state=ItemState.VERIFIED, evidence="No loss in the drill", reschedules=1),
            "Ben &lt;B&gt; · :white_check_mark: *verified*: No loss in the drill · moved once",
        ),
        (
            at(state=ItemState.IMPLEMENTED, shipped="4.3", soaks_until=LATER + timedelta(days=1)),
            "Ben &lt;B&gt; · :hammer_and_wrench: *implemented*: 4.3 · soaks until 27 Dec 2026",
        ),
        (
            at(state=ItemState.IMPLEMENTED, shipped="4.3", soaks_until=LATER),
            "<@U2BEN> · :hammer_and_wrench: *implemented*: 4.3 · what shows that it works?",
        ),
        (
            at("Storage 2027", state=ItemState.PROMOTED, link="https://example.com/7"),
            "Ben &lt;B&gt; · :rocket: *promoted to a project*: Storage 2027 · <https://example.com/7|",
        ),
        (
            at("It is switched off", state=ItemState.CANCELLED),
            "Ben &lt;B&gt; · :no_entry_sign: *cancelled*: It is switched off",
        ),
        (
            at("PM-9 happened", state=ItemState.INEFFECTIVE),
            "<@U2BEN> · :warning: *ineffective*: PM-9 happened",
        ),
    ],
)
def test_what_became_of_an_item_is_one_line(looked_at: LookedAt, line: str) -> None:
    assert f"•  {WHO}{line}" in said(looked_at)


@pytest.mark.parametrize(
    ("risk", "line"),
    [
        (RISK, "by Ada until 20 May 2027: Rare"),
        (replace(RISK, until=LATER), "by <@U1ADA> until 26 Dec 2026, *which has come*: Rare"),
        (
            replace(RISK, ended_on=TODAY),
            "by Ada, no risk any more since 21 Nov 2026: Rare",
        ),
    ],
)
def test_an_accepted_item_says_who_accepted_it_until_when(risk: Any, line: str) -> None:
    accepted = replace(at("Rare", state=ItemState.ACCEPTED), risk=risk)
    assert f"Ben &lt;B&gt; · :scales: *accepted as a risk* {line}" in said(accepted)


def test_risks_beside_the_items_are_listed_and_the_last_ones_counted() -> None:
    words = said(at(), risks=[RISK] * 7)
    assert words.count("•  Two regions fail at once · accepted by Ada until 20 May 2027") == 5
    assert "_… and 2 more on the card_" in words


def test_the_first_sentence_counts() -> None:
    items = [at(state=ItemState.VERIFIED), at(), at(due_on=LATER)]
    assert follow_up_message(look(*items))["text"] == (
        "Looking back at PM-7, Checkout latency above 8 s: "
        "3 action items: 1 verified, 1 open, 1 overdue."
    )


@pytest.mark.parametrize(
    ("items", "since", "todo"),
    [
        ([at()], [], "press Open and say how far it is"),
        ([at(state=ItemState.CANCELLED)], ["PM-9"], "it came back, so look at what was done"),
        ([at(state=ItemState.IMPLEMENTED, soaks_until=LATER)], [], "press Open and say"),
        ([at(state=ItemState.CANCELLED)], [], "Everything that was promised here is decided"),
        (
            [at(state=ItemState.IMPLEMENTED, soaks_until=LATER + timedelta(days=9))],
            [],
            "Its owner is asked for the evidence once it has soaked",
        ),
    ],
)
def test_what_to_do_depends_on_what_is_left(
    items: list[LookedAt], since: list[str], todo: str
) -> None:
    assert todo in said(*items, since=since)


def test_incidents_since_are_counted_and_named() -> None:
    assert ":repeat: *2 incidents of the same class since:* PM-8, PM-9." in said(
        at(), since=["PM-8", "PM-9"]
    )
    many = said(at(), since=[f"PM-{n}" for n in range(8, 16)])
    assert "PM-12 and 3 more." in many
    assert "nobody can tell: it has no causal class" in said(at(), has_classes=False)


def test_where_nothing_was_promised_it_is_asked_whether_that_is_still_right() -> None:
    words = said()
    assert "It was published on 21 Nov 2026; it has no action item" in words
    assert "Is that still right? If not, run `/postmortem` here and add one." in words


def test_the_longest_look_back_fits_and_mentions_nobody() -> None:
    texts = {"what": HOSTILE[:300], "note": HOSTILE[:500], "link": "https://e.com/" + "a" * 980}
    item = at(HOSTILE, **texts, **A_LONG_TICKET)
    ends = (ItemState.OPEN, ItemState.PROMOTED, ItemState.CANCELLED)
    items = [replace(item, item=replace(item.item, state=each)) for each in ends]
    risk = replace(RISK, risk=HOSTILE[:500])
    words = said(*items, postmortem=titled(title=HOSTILE[:150]), risks=[risk] * 10)
    assert "<!channel>" not in words
