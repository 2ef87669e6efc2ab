"""The list behind a number: what it names, what it only counts, and its pages."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from blocks.behind import Looked, behind_window, looked_in
from blocks.limits import check_view
from blocks.parts import View
from domain.action_items import ItemState
from domain.behind import OF_ITEMS, PAGE, Asked, Behind, IncidentBehind, ItemBehind, Which
from domain.postmortems import Severity, Tier
from domain.report import quarters_until
from domain.windows import Scope
from sandbox.checks.views import check_view as check_as_slack
from tests.reporting import NOW, WINDOW

HOSTILE = "<!channel> & *_~` " * 20
INCIDENT = IncidentBehind(
    id=7,
    number=12,
    title="Certificate ran out",
    service="checkout",
    severity=Severity.P1,
    started_at=NOW,
    detected_at=NOW + timedelta(minutes=4),
    recovered_at=NOW + timedelta(minutes=72),
    classes=("expired credential",),
    because=3,
)
ITEM = ItemBehind(
    id=70,
    key="PM-12/1",
    what="Renew certificates by a job",
    owner="U1ADA",
    state=ItemState.OPEN,
    due_on=date(2026, 11, 20),
    original_due_on=date(2026, 11, 20),
    implemented_on=None,
    reschedules=0,
)


def seen(which: Which, behind: Behind, page: int = 0, name: str = "", **asked: Any) -> View:
    """The window, after Slack has looked at it."""
    looked = Looked(asked=Asked(which=which, window=WINDOW, **asked), page=page)
    view = behind_window(looked, behind, name)
    check_as_slack(view)
    check_view(view)
    return view


def words(view: View) -> str:
    """What its paragraphs and small lines say."""
    texts = [block.get("text") or block["elements"][0] for block in view["blocks"]]
    return "\n".join(str(each.get("text", "")) for each in texts)


@pytest.mark.parametrize(
    ("which", "why"),
    [
        (Which.REPEATS, "Seen before in PM-3."),
        (Which.RECURRED, "Came again in PM-3."),
        (Which.DETECTED, "Detected after 4 min."),
        (Which.RECOVERED, "All was well after 1 h 12 min."),
    ],
)
def test_an_incident_says_why_it_is_counted(which: Which, why: str) -> None:
    said = words(seen(which, Behind(public=1, private=0, incidents=(INCIDENT,))))
    assert "*PM-12 · Certificate ran out*" in said
    assert "\n24 Nov 2026 · checkout · P1 · expired credential" in said
    assert said.endswith(why)


def test_what_is_behind_a_repeat_of_a_private_incident_is_not_named() -> None:
    alone = replace(INCIDENT, because=0)
    assert "Seen before" not in words(
        seen(Which.REPEATS, Behind(public=1, private=0, incidents=(alone,)))
    )


def test_an_item_says_how_it_stands() -> None:
    moved = replace(ITEM, due_on=date(2026, 12, 1), reschedules=2)
    done = replace(ITEM, state=ItemState.IMPLEMENTED, implemented_on=date(2026, 11, 3))
    said = words(seen(Which.DUE, Behind(public=3, private=0, items=(ITEM, moved, done))))
    assert "<@U1ADA> · open · due 20 Nov 2026\n" in said
    assert "due 1 Dec 2026, at first 20 Nov 2026 · moved 2 times" in said
    assert "implemented · due 20 Nov 2026 · implemented 3 Nov 2026" in said


@pytest.mark.parametrize(
    ("behind", "line"),
    [
        (
            Behind(public=1, private=2, incidents=(INCIDENT,)),
            "And 2 of private channels, which are not named.",
        ),
        (Behind(public=0, private=1), "1 incident of private channels, which is not named."),
        (Behind(public=0, private=0), "Nothing is behind this number any more."),
    ],
)
def test_private_ones_are_counted(behind: Behind, line: str) -> None:
    assert words(seen(Which.TAGGED, behind)).endswith(line)


@pytest.mark.parametrize(
    ("which", "asked", "heading"),
    [
        (
            Which.TAGGED,
            {"scope": Scope(class_id=3, tier=Tier.FULL, channel="C1", service="a & b")},
            (
                "*3 incidents with a causal class*\nFrom 24 May 2026 to 24 Nov 2026, of a &amp; b, "
                "of capacity, of tier 1, of the team in <#C1>."
            ),
        ),
        (Which.INCIDENTS, {}, "*3 incidents*\nFrom 24 May 2026 to 24 Nov 2026."),
        (
            Which.RECURRED,
            {},
            (
                "*3 incidents older than six months, with a class that came again within six "
                "months*\nAs of 24 Nov 2026."
            ),
        ),
        (
            Which.OLD_UNTAGGED,
            {},
            "*3 incidents without a causal class, older than six months*\nAs of 24 Nov 2026.",
        ),
        (
            Which.NOT_RECOVERED,
            {},
            "*3 incidents without a time to recover*\nFrom 24 May 2026 to 24 Nov 2026.",
        ),
        (
            Which.OPEN,
            {"age": 3, "moves": 1},
            "*3 open action items, more than 90 days, moved once*\nAs things stand now.",
        ),
        (
            Which.DECIDED,
            {"event": "rescheduled"},
            "*3 decisions: rescheduled*\nFrom 24 May 2026 to 24 Nov 2026.",
        ),
        (
            Which.LATER,
            {},
            "*3 action items due, and implemented later*\nFrom 24 May 2026 to 23 Nov 2026.",
        ),
    ],
)
def test_the_heading_says_what_was_counted(
    which: Which, asked: dict[str, Any], heading: str
) -> None:
    name = "capacity" if "scope" in asked else ""
    found = seen(which, Behind(public=1, private=2), name=name, **asked)
    assert found["blocks"][0]["text"]["text"] == heading


@pytest.mark.parametrize("which", [Which.REPEATS, Which.DUE])
def test_a_quarter_that_is_over_ends_on_its_last_day(which: Which) -> None:
    _, third = quarters_until(WINDOW)[-2]
    asked = Asked(which=which, window=third)
    said = behind_window(Looked(asked=asked), Behind(public=0, private=0))["blocks"][0]
    assert "From 1 Jul 2026 to 30 Sep 2026." in said["text"]["text"]


@pytest.mark.parametrize("which", Which)
def test_every_number_has_a_heading_and_fits_at_its_longest(which: Which) -> None:
    incident = replace(INCIDENT, title=HOSTILE, service=HOSTILE, classes=(HOSTILE,) * 3)
    item = replace(ITEM, what=HOSTILE, owner=HOSTILE)
    asks_items = which in OF_ITEMS
    behind = Behind(
        public=1000,
        private=1,
        incidents=() if asks_items else (incident,) * PAGE,
        items=(item,) * PAGE if asks_items else (),
    )
    said = words(seen(which, behind, page=3, name=HOSTILE, scope=Scope(service="<&>" * 20)))
    assert said.startswith("*1001 ")
    assert "<!channel>" not in said
    assert "Page 4 of 50." in said


def test_what_it_shows_is_remembered() -> None:
    looked = Looked(
        asked=Asked(which=Which.OPEN, window=WINDOW, age=2),
        page=4,
        report='{"months": 6}',
        is_of_message=True,
    )
    view = behind_window(looked, Behind(public=1, private=0, items=(ITEM,)))
    assert looked_in(view) == looked
    assert "Back to the report" in str(view)
    assert "Counted anew just now" in str(view)
