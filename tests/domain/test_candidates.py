"""Which messages of a channel's history are proposed for its timeline, and why."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from domain.candidates import Candidate, Marks, noteworthy
from domain.proposals import CANDIDATES_MAX, Proposal, added, propose, read_on
from domain.sources import Ourselves
from domain.timeline import Milestone, Source, TimelineEntry

START = datetime(2026, 11, 20, 14, 0, tzinfo=UTC)
US = Ourselves(user="U0US", bot="B0US")
MARKS = Marks(channel="C1", reaction="stopwatch", ourselves=US)


def said(minute: float, text: str, **more: Any) -> dict[str, Any]:
    """Make a message of a person, some minutes in."""
    at = START + timedelta(minutes=minute)
    return {"type": "message", "user": "U1ADA", "text": text, "ts": f"{at.timestamp():.6f}", **more}


def by_app(minute: float, text: str, **more: Any) -> dict[str, Any]:
    """Make a message of another app."""
    return said(minute, text, **{"user": "U2PAGER", "bot_id": "B1", **more})


def proposed(
    *messages: dict[str, Any], entries: list[TimelineEntry] | None = None, marks: Marks = MARKS
) -> list[Candidate]:
    return [*propose(noteworthy(messages, marks), entries or []).candidates]


def one(message: dict[str, Any], marks: Marks = MARKS) -> Candidate:
    (candidate,) = proposed(message, marks=marks)
    return candidate


@pytest.mark.parametrize(
    ("text", "source", "milestone"),
    [
        ("[FIRING:1] checkout p99 above 8 s", Source.ALERT, Milestone.DETECTED),
        ("[RESOLVED] checkout p99 above 8 s", Source.ALERT, Milestone.RECOVERED),
        ("OK: checkout p99", Source.ALERT, Milestone.RECOVERED),
        ("Deployed checkout 4.2 to production", Source.DEPLOY, None),
        ("checkout was rolled back to 4.1", Source.DEPLOY, Milestone.FIX_DEPLOYED),
        ("checkout-api is down", Source.ALERT, Milestone.DETECTED),
        ("Lunch menu: soup", Source.APP, None),
    ],
)
def test_what_apps_say_is_an_alert_a_deploy_or_neither(
    text: str, source: Source, milestone: Milestone | None
) -> None:
    found = one(by_app(3, text))

    assert (found.source, found.milestone) == (source, milestone)
    assert found.is_sure is (source is not Source.APP)


def test_an_alert_edited_to_say_that_it_is_over_was_over_when_it_was_edited() -> None:
    edit = {"edited": {"user": "B1", "ts": said(40, "")["ts"]}}
    over, still = one(by_app(3, "[RESOLVED] p99", **edit)), one(by_app(3, "[FIRING] p99", **edit))

    assert (over.at, over.milestone) == (START + timedelta(minutes=40), Milestone.RECOVERED)
    assert (still.at, still.milestone) == (START + timedelta(minutes=3), Milestone.DETECTED)


@pytest.mark.parametrize(
    ("text", "milestone"),
    [
        ("Paging checkout. p99 is above 8 s.", Milestone.DETECTED),
        ("customers report timeouts at checkout", Milestone.DETECTED),
        ("Looking. The pool is at 100 %.", Milestone.ACKNOWLEDGED),
        ("I'm on it", Milestone.ACKNOWLEDGED),
        ("Found it: retries have no limit", Milestone.CAUSE_IDENTIFIED),
        ("the root cause was an expired certificate", Milestone.CAUSE_IDENTIFIED),
        ("Rolled back to this morning's build. p99 is falling.", Milestone.FIX_DEPLOYED),
        ("Back under 400 ms. Calling it recovered, thank you.", Milestone.RECOVERED),
        ("All clear, closing this channel tomorrow", Milestone.ALL_CLEAR),
        ("failover started", Milestone.STARTED),
    ],
)
def test_peoples_own_key_sentences_are_proposed_and_ticked(text: str, milestone: Milestone) -> None:
    found = one(said(3, text))

    assert (found.source, found.milestone, found.is_sure) == (Source.TYPED, milestone, True)


@pytest.mark.parametrize(
    "text",
    [
        "Has it recovered?",
        "p99 is not back to normal yet",
        "should we be rolled back by now",
        "once it has recovered I go to bed",
        "no root cause found so far",
        "let's wait until the fix is deployed",
        "thank you all",
        "who is on call?",
    ],
)
def test_questions_hopes_and_denials_are_no_milestone(text: str) -> None:
    assert proposed(said(3, text)) == []


def test_what_was_marked_with_the_reaction_is_proposed_whatever_it_says() -> None:
    reactions = [{"name": "stopwatch", "users": ["U9MEI"], "count": 1}]
    found = one(said(3, "disk full on db-2", reactions=reactions))

    assert (found.source, found.marked_by, found.is_sure) == (Source.REACTION, "U9MEI", True)
    assert proposed(said(3, "disk", reactions=[{"name": "eyes", "users": ["U9"]}])) == []


def test_what_is_pinned_is_proposed_by_the_list_of_pins_or_its_own_word() -> None:
    message = said(3, "disk full on db-2")
    listed = Marks(channel="C1", reaction="x", ourselves=US, pins={message["ts"]: "U9MEI"})
    info = {"pinned_to": ["C1"], "pinned_info": {"pinned_by": "U8BOB"}}

    assert (one(message, listed).source, one(message, listed).marked_by) == (Source.PIN, "U9MEI")
    assert one(message | info).marked_by == "U8BOB"
    assert proposed(message | {"pinned_to": ["C2"]}) == []


def test_our_own_messages_and_news_of_the_channel_are_left_alone() -> None:
    assert (
        proposed(
            by_app(1, "PM-1 recovered", user="U0US", bot_id="B0US"),
            said(2, "<@U1ADA> has joined the channel", subtype="channel_join"),
            by_app(3, ""),
        )
        == []
    )


def test_an_alert_that_repeats_is_proposed_once_with_its_count() -> None:
    noise = [by_app(n, f"[FIRING:1] checkout p99 above {n + 8} s") for n in range(30)]
    found = one_of(proposed(*noise, by_app(40, "[RESOLVED] checkout p99 above 8 s")), 2)

    assert (found[0].at, found[0].times) == (START, 30)
    assert found[0].last_at == START + timedelta(minutes=29)
    assert (found[1].times, found[1].milestone) == (1, Milestone.RECOVERED)


def one_of(candidates: list[Candidate], number: int) -> list[Candidate]:
    assert len(candidates) == number
    return candidates


def test_each_milestone_is_suggested_once_the_end_at_the_last_word_of_it() -> None:
    found = proposed(
        by_app(0, "[FIRING] p99 above 8 s"),
        said(1, "customers report timeouts"),
        said(10, "recovered"),
        said(20, "now it is really resolved"),
    )

    assert [each.milestone for each in found] == [
        Milestone.DETECTED,
        None,
        None,
        Milestone.RECOVERED,
    ]
    assert [each.is_sure for each in found] == [True, False, False, True]


def test_what_is_in_the_timeline_is_not_proposed_again() -> None:
    same_message = said(3, "Found it: no limit")
    there = [
        TimelineEntry(at=START, text="in other words", message_ts=same_message["ts"]),
        TimelineEntry(at=START + timedelta(minutes=5, seconds=30), text="recovered  now"),
    ]

    assert proposed(same_message, said(5, "recovered now"), entries=there) == []


def test_a_milestone_the_timeline_has_is_not_suggested() -> None:
    there = [TimelineEntry(at=START, text="first alert", milestone=Milestone.DETECTED)]

    assert (
        one_of(proposed(by_app(9, "[FIRING] p99 above 8 s"), entries=there), 1)[0].milestone is None
    )


def test_of_very_many_the_likelier_ones_are_kept_in_the_order_they_happened() -> None:
    words = [
        f"{'abcdefghij'[n % 10]}{'klmnopqrst'[n // 10 % 10]}{'uvwxyz'[n // 100]}"
        for n in range(400)
    ]
    menus = [by_app(n, f"Menu: {word}") for n, word in enumerate(words)]
    found = propose(noteworthy([*menus, said(500, "all clear")], MARKS), [])

    assert (len(found.candidates), found.left_out) == (CANDIDATES_MAX, 101)
    assert found.candidates[-1].text == "all clear"
    assert [each.at for each in found.candidates] == sorted(each.at for each in found.candidates)
    assert Proposal(candidates=found.candidates).sure == [found.candidates[-1].message_ts]


def test_reading_on_weighs_what_was_found_before_anew() -> None:
    late = propose(noteworthy([by_app(30, "[FIRING] p99 above 8 s")], MARKS), [])
    early = noteworthy([by_app(1, "[FIRING] p99 above 9 s"), said(2, "users see errors")], MARKS)
    found = propose([*read_on(late.candidates), *early], []).candidates

    assert [(each.at, each.times, each.milestone) for each in found] == [
        (START + timedelta(minutes=1), 2, Milestone.DETECTED),
        (START + timedelta(minutes=2), 1, None),
    ]


def test_what_is_added_bears_its_message_and_its_milestone() -> None:
    chosen = proposed(said(3, "Found it: no limit"))
    there = [TimelineEntry(at=START + timedelta(minutes=9), text="deploy", id=7)]
    new = added(there, chosen, "C1")

    assert [entry.text for entry in new] == ["Found it: no limit", "deploy"]
    assert (new[0].message_channel, new[0].message_ts) == ("C1", chosen[0].message_ts)
    assert new[0].milestone is Milestone.CAUSE_IDENTIFIED
    assert added(new, chosen, "C1") == new


def test_a_suggestion_that_would_be_impossible_goes_without_its_milestone() -> None:
    started = TimelineEntry(
        at=START + timedelta(minutes=9), text="outage", milestone=Milestone.STARTED
    )
    new = added([started], proposed(said(3, "recovered")), "C1")

    assert [entry.milestone for entry in new] == [None, Milestone.STARTED]
