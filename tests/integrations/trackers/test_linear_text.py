from datetime import date

import pytest
from markdown_it import MarkdownIt

from domain.tickets import Line
from integrations.trackers.linear import wording

READ = MarkdownIt("commonmark", {"linkify": False}).enable(["table", "strikethrough"])

TYPED = [
    "# not a heading",
    "1. not a list",
    "- not a list",
    "+ nor this",
    "> not a quotation",
    "=====",
    "-----",
    "`code` *bold* _soft_ ~~gone~~",
    "[a link](https://evil.example)",
    "![a picture](https://evil.example)",
    "<script>alert(1)</script> &amp; &lt;",
    "@team and ENG-12 and #12",
    "a | b",
    "C:\\temp\\*",
    "[ ] not a task",
    "+++ not folded",
]


def shown(markdown: str) -> str:
    """What people see of it."""
    tokens = READ.parseInline(markdown)[0].children or []
    return "".join("\n" if "break" in token.type else token.content for token in tokens)


@pytest.mark.parametrize("typed", TYPED)
def test_what_is_typed_shows_as_typed(typed: str) -> None:
    written = wording.escaped(typed)
    assert shown(written) == typed
    assert [token.type for token in READ.parse(written)] == [
        "paragraph_open",
        "inline",
        "paragraph_close",
    ]


def test_lines_stay_lines() -> None:
    assert shown(wording.escaped("first\n\n    2. second\r\nthird")) == "first\n2. second\nthird"


def test_an_address_can_be_followed_but_names_nobody_in_linear() -> None:
    followed = wording.escaped("see https://graphs.example/a_b?c=1.")
    assert followed == "see <https://graphs.example/a_b?c=1>."
    mention = wording.escaped("https://linear.app/acme/profiles/ada")
    assert mention == "https\\://linear.app/acme/profiles/ada"


def test_a_line_is_a_paragraph_with_its_label_and_link() -> None:
    lines = [
        Line(label="Postmortem", text="Queue [full]", url="https://acme.example/p?a=(1)"),
        Line(label="Owner", text="Ada", url="javascript:alert(1)"),
    ]
    assert wording.description(lines) == (
        "**Postmortem:** [Queue \\[full\\]](https://acme.example/p?a=%281%29)\n\n**Owner:** Ada"
    )


def test_a_description_is_cut_to_what_linear_takes() -> None:
    lines = [Line(label="Done when", text="*" * 50_000), Line(label="Why", text="short")]
    whole = wording.description(lines)
    assert len(whole) <= wording.BODY_MAX
    assert whole.endswith("…\n\n**Why:** short")


def test_what_people_wrote_around_a_description_stays() -> None:
    current = "**Due**: 1 July\n\nAda: see the other ticket.\n\n* a list\n"
    told = wording.reworded(current, [Line(label="Due", text="8 July")])
    assert told == "**Due:** 8 July\n\nAda: see the other ticket.\n\n* a list\n"


def test_a_title_is_one_line_and_cut() -> None:
    assert wording.title(" Alert\n  sooner\x00 ") == "Alert sooner"
    assert wording.title("x" * 300) == "x" * 254 + "…"


def test_a_comment_is_escaped_and_cut() -> None:
    assert wording.comment("done, *not* by @ada") == "done, \\*not\\* by \\@ada"
    assert len(wording.comment("*" * 100_000)) <= wording.BODY_MAX


def test_a_day_in_a_line_is_no_list() -> None:
    assert shown(wording.escaped(f"{date(2026, 7, 1):%d}. July")) == "01. July"
