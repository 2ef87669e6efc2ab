"""The history of an item: every entry is one readable line, whatever was done, by whomever."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blocks.item_history import history_window, lines, overtaken_lines
from blocks.limits import check_view
from bot.story.items import Event
from domain.action_items import HistoryEntry
from domain.budgets import LOWERED, RAISED
from domain.decisions import Decision
from domain.news import INEFFECTIVE, OWNER_LEFT, RETURNED
from domain.roles import Role
from tests.blocks.samples import ITEM, POSTMORTEM, marked_up
from tests.blocks.test_cards import OURS

UTC_ZONE = ZoneInfo("UTC")
ADDED = HistoryEntry(
    item_id=90,
    actor="U1ADA",
    at=datetime(2026, 12, 2, 23, 30, tzinfo=UTC),
    event="added",
    changes={"owner": ("", "U2BEN"), "due_on": ("", "2026-12-05"), "what": ("", "Drain")},
    id=1,
)
#: What each event changes, as the history keeps it.
CHANGES = {
    Decision.START: {"progress": ("", "in progress"), "note": ("", "half")},
    Decision.IMPLEMENT: {"state": ("open", "implemented"), "link": ("", "https://a.example/1")},
    Decision.REOPEN: {"state": ("implemented", "open"), "due_on": ("2026-12-05", "2027-01-15")},
    Decision.RESCHEDULE: {"due_on": ("2026-12-05", "2027-01-15")},
    Decision.RESCOPE: {"what": ("Drain", "Drain all"), "done_when": ("It works", "It does")},
    Decision.ACCEPT: {"accepter": ("", "U3CY"), "until": ("", "2027-05-23")},
    Decision.REASSIGN: {"proposed_owner": ("", "U3CY")},
    Decision.TAKE: {"owner": ("U2BEN", "U3CY"), "proposed_owner": ("U3CY", "")},
    Decision.DECLINE: {"proposed_owner": ("U3CY", "")},
    RETURNED: {"proposed_owner": ("U3CY", "")},
    Event.MOVED: {"due_on": ("2026-12-05", "2027-01-15")},
    "changed": {"priority": ("P1", "P2"), "what": ("Drain", "Drain all"), "owner": ("U2BEN", "U3")},
    "imported": {"owner": ("", "U2BEN"), "due_on": ("", "2026-12-05")},
    RAISED: {"priority": ("P3", "P2")},
    LOWERED: {"priority": ("P2", "P3")},
}
EVERY = list(
    dict.fromkeys(
        map(
            str,
            [
                *(*Decision, *Event, "added", "changed", "imported"),
                *(RETURNED, INEFFECTIVE, OWNER_LEFT, RAISED, LOWERED),
            ],
        )
    )
)


def done(event: str, actor: str = "U1ADA", reason: str = "", acting: str = "") -> HistoryEntry:
    """An entry of this event, half an hour later."""
    return HistoryEntry(
        item_id=90,
        actor=actor,
        at=ADDED.at + timedelta(minutes=31),
        event=event,
        changes=CHANGES.get(event, {}),
        reason=reason,
        acting=acting,
        id=2,
    )


def last(entry: HistoryEntry) -> str:
    """How an entry reads after the one that added the item."""
    return lines([ADDED, entry], UTC_ZONE)[-1]


@pytest.mark.parametrize(
    ("entry", "line"),
    [
        (done(Decision.RESCHEDULE, reason="waiting"), "<@U1ADA> moved it to 15 Jan 2027: waiting"),
        (done(Event.MOVED, reason="waiting"), "<@U1ADA> moved it to 15 Jan 2027: waiting"),
        (done(Decision.REOPEN, reason="no"), "<@U1ADA> reopened it, due 15 Jan 2027: no"),
        (done(Decision.REASSIGN), "<@U1ADA> asked <@U3CY> to take it on"),
        (done(Decision.TAKE, "U3CY"), "<@U3CY> took it on"),
        (done(Decision.DECLINE, "U3CY"), "<@U3CY> cannot take it on"),
        (
            done(Decision.ACCEPT, reason="rare"),
            "<@U1ADA> accepted the risk instead until 23 May 2027, <@U3CY> answers for it: rare",
        ),
        (
            done(Decision.IMPLEMENT, reason="4.2"),
            "<@U1ADA> says it is implemented: 4.2 · <https://a.example/1|link>",
        ),
        (
            done(RETURNED, ""),
            "It stayed with its owner: <@U3CY> did not answer in two working days",
        ),
        (done(OWNER_LEFT, "", "Ben has left."), "Ben has left."),
        (done(INEFFECTIVE, "", "PM-9 {x}"), "It was marked ineffective: PM-9 {x}"),
        (done("imported", "import"), "It was imported for <@U2BEN>, due 5 Dec 2026"),
    ],
)
def test_an_entry_says_who_did_what_and_why(entry: HistoryEntry, line: str) -> None:
    assert last(entry) == f"3 Dec 2026 · {line}"


def test_a_change_by_the_form_says_what_changed() -> None:
    said = last(done("changed")).splitlines()

    assert said[0].endswith("changed it: owner <@U2BEN> → <@U3>; priority P1 → P2; what")
    assert said[1:] == [">_Before:_ Drain"]


def test_what_was_re_scoped_shows_the_old_text() -> None:
    said = last(done(Decision.RESCOPE, reason="too big")).splitlines()

    assert said[0].endswith("re-scoped it: too big")
    assert said[1:] == [">_Before:_ Drain", ">_Done when:_ It works"]


@pytest.mark.parametrize(
    ("role", "words"),
    [
        (Role.LEAD, "<@U1ADA>, who leads the programme, moved"),
        (Role.FACILITATOR, "<@U1ADA>, chairing the review for <@U2BEN>, moved"),
        (Role.STAND_IN, "<@U1ADA>, standing in for <@U2BEN>, moved"),
        (Role.PROPOSED, "<@U1ADA> moved"),
    ],
)
def test_it_says_as_what_somebody_else_did_it(role: Role, words: str) -> None:
    assert words in last(done(Decision.RESCHEDULE, acting=role))


def test_whose_behalf_it_was_done_on_is_whose_it_was_then() -> None:
    taken = done(Decision.TAKE, "U3CY")
    moved = done(Decision.RESCHEDULE, acting=Role.FACILITATOR)

    assert "for <@U3CY>, moved" in lines([ADDED, taken, moved], UTC_ZONE)[-1]


def test_a_day_is_the_readers_own() -> None:
    assert lines([ADDED], UTC_ZONE)[0].startswith("2 Dec 2026 · <@U1ADA> wrote it down for")
    assert lines([ADDED], ZoneInfo("Asia/Tokyo"))[0].startswith("3 Dec 2026 · ")


@pytest.mark.parametrize("event", EVERY)
def test_every_event_there_is_has_words(event: str) -> None:
    said = last(done(event, reason="words"))

    assert said.startswith("3 Dec 2026 · ")
    assert "words" in said
    assert "{" not in said


def test_what_happened_since_somebody_looked_says_when() -> None:
    entry = done(Decision.CANCEL, reason="gone")

    assert overtaken_lines([ADDED, entry], 1, entry.at) == [
        "<@U1ADA> cancelled it: gone (a moment ago)"
    ]
    later = overtaken_lines([ADDED, entry], 1, entry.at + timedelta(hours=1))
    assert "cancelled it: gone (<!date^" in later[0]


@pytest.mark.parametrize("letter", ["a", "&", "<!channel>", "🔥", "a\n"])
def test_a_long_history_is_turned_page_by_page(letter: str) -> None:
    link = f"https://a.example/{letter * 1000}"[:1000]
    long = {"what": (letter * 300, "x"), "done_when": (letter * 500, "x"), "link": ("", link)}
    entries = [ADDED, *[replace(done("changed", reason=letter * 500), changes=long)] * 99]

    pages = [
        check_view(history_window(POSTMORTEM, ITEM, entries, UTC_ZONE, page)) for page in range(3)
    ]

    assert "wrote it down" in marked_up(pages[0])[0]
    assert "Page 1 of" in marked_up(pages[0])[-1]
    newest = check_view(history_window(POSTMORTEM, ITEM, entries, UTC_ZONE))
    assert newest["blocks"][-1]["elements"][0]["action_id"] == "back_history"


@given(st.text(alphabet=st.sampled_from("<>&!@#|^\n`*_~ aU1{}")) | st.text())
def test_nothing_typed_becomes_mark_up_that_slack_obeys(typed: str) -> None:
    changes = {"what": (typed, ""), "done_when": (typed, "")}
    entry = replace(done(Decision.RESCOPE, reason=typed), changes=changes)

    assert "<" not in OURS.sub("", last(entry))
