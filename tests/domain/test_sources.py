"""A Slack message as an entry of a timeline, and what becomes of it."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from domain.sources import (
    Heading,
    Ourselves,
    after_deletion,
    after_edit,
    entry_of,
    instant_of,
    is_ours,
    is_untouched,
    reactors,
    same_reaction,
    stands_in,
    what_happened,
)
from domain.timeline import ENTRY_MAX, Milestone, Source, SourceState, TimelineEntry

TS = "1795512600.000100"
AT = datetime(2026, 11, 24, 9, 30, microsecond=100, tzinfo=UTC)
MESSAGE: dict[str, Any] = {"ts": TS, "user": "U0ANA", "text": "<@U0BOB> fails over"}
ENTRY = TimelineEntry(
    at=AT, text="@U0BOB fails over", source=Source.REACTION, message_channel="C1", message_ts=TS
)


def test_a_message_makes_an_entry_at_its_own_instant() -> None:
    assert entry_of(MESSAGE, "C1", Source.REACTION) == ENTRY
    named = entry_of(MESSAGE, "C1", Source.PIN, {"U0BOB": "Bob"}, "https://a.b")
    wanted = replace(ENTRY, text="@Bob fails over", source=Source.PIN, permalink="https://a.b")
    assert named == wanted


@pytest.mark.parametrize(
    ("ts", "microsecond"), [("1795512600", 0), ("1795512600.5", 500_000), (TS, 100)]
)
def test_a_ts_is_an_instant(ts: str, microsecond: int) -> None:
    assert instant_of(ts) == AT.replace(microsecond=microsecond)


@pytest.mark.parametrize("subtype", ["channel_join", "channel_topic", "pinned_item", "tombstone"])
def test_what_is_said_of_the_channel_makes_none(subtype: str) -> None:
    assert entry_of(MESSAGE | {"subtype": subtype}, "C1", Source.PIN) is None


@pytest.mark.parametrize("subtype", ["bot_message", "file_share", "thread_broadcast"])
def test_apps_files_and_replies_make_one(subtype: str) -> None:
    assert entry_of(MESSAGE | {"subtype": subtype}, "C1", Source.REACTION) == ENTRY


def test_a_message_without_words_makes_none() -> None:
    assert entry_of(MESSAGE | {"text": " \n "}, "C1", Source.PIN) is None


def test_a_long_message_fits_into_an_entry() -> None:
    entry = entry_of(MESSAGE | {"text": "word " * 900}, "C1", Source.PIN)
    assert entry is not None
    assert len(entry.text) <= ENTRY_MAX
    assert entry.text.endswith("word…")


def test_our_own_messages_are_known() -> None:
    us = Ourselves(user="U0APP", bot="B0APP")
    assert is_ours({"user": "U0APP"}, us)
    assert is_ours({"bot_id": "B0APP"}, us)
    assert not is_ours(MESSAGE, us)


def test_an_edit_is_followed_while_the_words_are_the_messages() -> None:
    followed = after_edit(ENTRY, ["@Bob fails over", "@U0BOB  fails\nover"], "Failed over")
    assert followed == replace(ENTRY, text="Failed over", source_state=SourceState.EDITED)


@pytest.mark.parametrize(("before", "after"), [([], "New"), (["Other"], "New"), ([ENTRY.text], "")])
def test_else_only_the_edit_is_noted(before: list[str], after: str) -> None:
    assert after_edit(ENTRY, before, after) == replace(ENTRY, source_state=SourceState.EDITED)


def test_a_deletion_is_the_last_that_is_said_of_a_message() -> None:
    gone = after_deletion(ENTRY)
    assert gone == replace(ENTRY, source_state=SourceState.DELETED)
    assert after_edit(gone, [], "late").source_state is SourceState.DELETED


@pytest.mark.parametrize(
    "work",
    [
        {"text": "Failover"},
        {"milestone": Milestone.STARTED},
        {"at": AT.replace(minute=1)},
        {"source": Source.PIN},
    ],
)
def test_work_on_an_entry_is_seen(work: dict[str, Any]) -> None:
    assert is_untouched(ENTRY, [ENTRY.text])
    assert not is_untouched(replace(ENTRY, **work), [ENTRY.text])


def test_the_entry_of_a_message_is_found() -> None:
    typed = TimelineEntry(at=AT, text="typed")
    assert stands_in([typed, ENTRY], "C1", TS) is ENTRY
    assert stands_in([typed, ENTRY], "C2", TS) is None


def test_reactions_are_the_same_in_every_tone_of_skin() -> None:
    reactions = [
        {"name": "hand", "users": ["U1"]},
        {"name": "hand::skin-tone-4", "users": ["U2"]},
        {"name": "eyes", "users": ["U3"]},
    ]
    assert reactors({"reactions": reactions}, "hand::skin-tone-2") == {"U1", "U2"}
    assert reactors({}, "hand") == set()
    assert not same_reaction("hand", "handball")


CHANGED: dict[str, Any] = {"type": "message", "subtype": "message_changed"}


@pytest.mark.parametrize(
    "event",
    [
        {"type": "message", "text": "hello"},
        {"type": "message", "subtype": "channel_join"},
        CHANGED | {"message": MESSAGE | {"reply_count": 1}, "previous_message": MESSAGE},
        CHANGED | {"message": MESSAGE | {"attachments": [{"from_url": "https://a.b"}]}},
    ],
)
def test_most_events_change_no_words(event: dict[str, Any]) -> None:
    assert what_happened(event) is None


def test_an_edit_tells_what_was_said_before_and_by_whom() -> None:
    now = MESSAGE | {"text": "new", "edited": {"user": "U0ANA"}}
    found = what_happened(CHANGED | {"message": now, "previous_message": MESSAGE})
    assert found is not None
    assert (found.message, found.before, found.is_deleted, found.by) == (
        now,
        MESSAGE,
        False,
        "U0ANA",
    )
    unsaid = what_happened(CHANGED | {"message": now})
    assert unsaid is not None
    assert unsaid.before is None


@pytest.mark.parametrize("previous", [{}, {"previous_message": MESSAGE}])
def test_a_deletion_names_the_message(previous: dict[str, Any]) -> None:
    gone = {"subtype": "message_deleted", "deleted_ts": TS}
    grave = CHANGED | {"message": {"ts": TS, "subtype": "tombstone", "text": "gone"}}
    for event in (gone | previous, grave | previous):
        found = what_happened(event)
        assert found is not None
        assert (found.message["ts"], found.is_deleted, found.by) == (TS, True, "")


def test_a_postmortem_is_named_by_its_number() -> None:
    assert Heading(id=7, number=3, title="x").key == "PM-3"
