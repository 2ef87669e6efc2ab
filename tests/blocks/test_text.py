"""What is typed is shown, and only shown."""

from datetime import date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blocks import text

AT = datetime(2026, 11, 21, 16, 3, tzinfo=timezone(timedelta(hours=2)))


def test_control_characters_of_mark_up_become_entities() -> None:
    assert text.escape("<!channel> & <@U1|x>") == "&lt;!channel&gt; &amp; &lt;@U1|x&gt;"


@given(st.text(), st.integers(min_value=1, max_value=40))
def test_what_is_shown_is_never_longer_than_asked_for(typed: str, most: int) -> None:
    assert len(text.shown(typed, most)) <= most


@given(st.text(alphabet="&<>ab", max_size=30), st.integers(min_value=1, max_value=60))
def test_cutting_breaks_no_entity(typed: str, most: int) -> None:
    kept = text.shown(typed, most).removesuffix("…")

    assert text.escape(typed).startswith(kept)
    assert not set("<>") & set(kept)
    assert all(part.startswith(("amp;", "lt;", "gt;")) for part in kept.split("&")[1:])


def test_a_short_text_is_shown_whole() -> None:
    assert text.shown("a & b", 9) == "a &amp; b"
    assert text.shown("a & b", 8) == "a &amp;…"


@given(st.text())
def test_a_quotation_marks_every_line_and_obeys_none(typed: str) -> None:
    lines = text.quoted(typed, 500).splitlines()

    assert all(line.startswith((">", "…")) for line in lines)
    assert not any(set("<>") & set(line[1:]) for line in lines)


@pytest.mark.parametrize("typed", ["U1|x", "!channel", "", "u1", "U1> <!here"])
def test_what_is_no_user_id_is_never_a_mention(typed: str) -> None:
    assert text.mention(typed) == text.escape(typed)
    assert text.channel_link(typed) == text.escape(typed)


def test_people_and_channels_are_named_by_id() -> None:
    assert text.mention("U1ADA") == "<@U1ADA>"
    assert text.channel_link("C1INC") == "<#C1INC>"


def test_an_instant_is_in_the_readers_zone_with_utc_to_fall_back_on() -> None:
    assert text.moment(AT) == (
        "<!date^1795269780^{date_short_pretty} at {time}|2026-11-21 14:03 UTC>"
    )
    assert text.moment(AT, "time") == "<!date^1795269780^{time}|14:03 UTC>"


def test_a_day_is_the_same_for_every_reader() -> None:
    assert text.day(date(2026, 12, 5)) == "5 Dec 2026"


@pytest.mark.parametrize(
    ("minutes", "words"),
    [
        (0.5, "under a minute"),
        (4, "4 min"),
        (60, "1 h"),
        (72, "1 h 12 min"),
        (24 * 60, "1 d"),
        (24 * 60 + 5, "1 d 5 min"),
        (51 * 60 + 7, "2 d 3 h"),
    ],
)
def test_a_duration_is_told_in_two_units(minutes: float, words: str) -> None:
    assert text.duration(timedelta(minutes=minutes)) == words


def test_a_link_cannot_be_forged() -> None:
    assert text.link("https://a.b/?x=1&y", "a|b <c>") == ("<https://a.b/?x=1&amp;y|a¦b &lt;c&gt;>")
    assert text.link("javascript:alert(1)", "here") == "here"
    assert text.link("https://a.b|c>", "here") == "here"


def test_slack_is_told_to_find_no_names_in_what_was_typed() -> None:
    assert text.mrkdwn("@channel") == {"type": "mrkdwn", "text": "@channel", "verbatim": True}
    assert text.plain(":x:")["emoji"] is False
