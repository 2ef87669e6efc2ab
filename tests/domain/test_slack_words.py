"""What a Slack message says, in plain words."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.slack_words import mentioned, shortened, unmarked, words_of

NAMES = {"U0BOB": "Bob Okonjo"}


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("a &lt;b&gt; &amp; c", "a <b> & c"),
        ("&amp;lt;", "&lt;"),
        ("<@U0BOB> is on it", "@Bob Okonjo is on it"),
        ("<@U0EVA>, <@U0EVA|eva>", "@U0EVA, @eva"),
        ("see <#C0INC|inc-db> and <#C0OPS>", "see #inc-db and #C0OPS"),
        ("<!here> <!channel> <!everyone|everyone>", "@here @channel @everyone"),
        ("<!subteam^S0SRE|@sre> <!subteam^S0SRE>", "@sre @S0SRE"),
        ("since <!date^1763647380^{time}|14:03 UTC>", "since 14:03 UTC"),
        ("<https://a.b/c?d=1&amp;e=2|run 7>, <https://a.b>", "run 7, https://a.b"),
        ("<mailto:ops@a.b|ops@a.b> <mailto:ops@a.b>", "ops@a.b ops@a.b"),
        (":fire: *p99* is up 👩🏽‍🚒", ":fire: *p99* is up 👩🏽‍🚒"),
        ("a < b and c > d, <>", "a < b and c > d, <>"),
        ("התחלנו <@U0BOB>", "התחלנו @Bob Okonjo"),
    ],
)
def test_mark_up_is_undone(text: str, seen: str) -> None:
    assert unmarked(text, NAMES) == seen


@given(st.text())
def test_what_was_typed_is_read_back_from_how_slack_stores_it(typed: str) -> None:
    stored = typed.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    assert unmarked(stored) == typed


RICH: dict[str, Any] = {
    "type": "rich_text",
    "elements": [
        {
            "type": "rich_text_section",
            "elements": [
                {"type": "text", "text": "Ask "},
                {"type": "user", "user_id": "U0BOB"},
                {"type": "text", "text": " in "},
                {"type": "channel", "channel_id": "C0INC"},
                {"type": "emoji", "name": "fire"},
                {"type": "broadcast", "range": "here"},
                {"type": "date", "timestamp": 1},
            ],
        },
        {
            "type": "rich_text_list",
            "elements": [
                {"type": "rich_text_section", "elements": [{"type": "link", "url": "https://a.b"}]},
                {
                    "type": "rich_text_section",
                    "elements": [{"type": "link", "url": "https://a.b", "text": "run"}],
                },
            ],
        },
    ],
}
FIRING: dict[str, Any] = {"title": "[FIRING] p99", "text": "above 8 s", "fallback": "alert"}


@pytest.mark.parametrize(
    ("message", "words"),
    [
        ({"text": "  p99   is\n\n up "}, "p99 is\nup"),
        ({"text": "said", "blocks": [RICH]}, "said"),
        ({"text": "", "blocks": [RICH]}, "Ask @Bob Okonjo in #C0INC:fire:@here\nhttps://a.b\nrun"),
        ({"attachments": [FIRING]}, "[FIRING] p99\nabove 8 s"),
        ({"text": "Alert", "attachments": [{"fallback": "p99 up"}]}, "Alert\np99 up"),
        ({"attachments": [{"fallback": "[no preview available]"}]}, ""),
        ({"attachments": [{"fields": [{"title": "State", "value": "down"}]}]}, "State down"),
        ({"text": "see", "attachments": [FIRING | {"from_url": "https://a.b"}]}, "see"),
        ({"attachments": [FIRING | {"from_url": "https://a.b"}]}, "[FIRING] p99\nabove 8 s"),
        ({"files": [{"title": "p99.png", "name": "x"}, {"name": "a.txt"}, {}]}, "p99.png\na.txt"),
        ({"text": "look", "files": [{"title": "p99.png"}]}, "look"),
        ({"text": None, "blocks": None, "attachments": None, "files": None}, ""),
    ],
)
def test_words_are_found_wherever_they_stand(message: dict[str, Any], words: str) -> None:
    assert words_of(message, NAMES) == words


def test_blocks_of_apps_are_read() -> None:
    blocks: list[dict[str, Any]] = [
        {"type": "header", "text": {"type": "plain_text", "text": "Deploy"}},
        {"type": "section", "fields": [{"type": "mrkdwn", "text": "checkout"}, {"text": "4.2"}]},
        {"type": "context", "elements": [{"type": "image"}, {"type": "mrkdwn", "text": "by CI"}]},
        {"type": "markdown", "text": "**done**"},
        {"type": "divider"},
    ]
    assert words_of({"blocks": blocks}) == "Deploy\ncheckout\n4.2\nby CI\n**done**"
    assert words_of({"attachments": [{"blocks": blocks[:1]}]}) == "Deploy"


def test_those_it_mentions_are_known_by_id() -> None:
    assert mentioned({"text": "<@U0BOB> and <@W0EVA|eva> not @ana"}) == {"U0BOB", "W0EVA"}
    assert mentioned({"blocks": [RICH]}) == {"U0BOB"}


def test_a_long_text_is_cut_after_a_word() -> None:
    assert shortened("one two three", 13) == "one two three"
    assert shortened("one two three", 12) == "one two…"
    assert shortened("x" * 20, 12) == "x" * 11 + "…"


@given(st.text(min_size=0, max_size=60), st.integers(min_value=1, max_value=40))
def test_a_cut_text_fits(text: str, most: int) -> None:
    assert len(shortened(text, most)) <= most
