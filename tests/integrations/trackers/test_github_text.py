"""What people typed is shown by GitHub as they typed it, and does nothing there."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.programme import Priority
from domain.tickets import Line, Wanted
from integrations.trackers.github import wording as text
from tests.trackers.github_drawn import REFERENCES, drawn
from tests.trackers.github_stage import OURS, wanted

ODD = [
    "@acme/oncall and @ada",
    "see #12, acme/shop#12 or GH-12",
    "# no heading",
    "#12",
    "- no list\n+ none\n* none\n1. none\n2) none",
    "no heading\n===\nnor\n---",
    "a | b\n:-: | --\n1 | 2\nx\n:--",
    "> no quotation",
    "```\nno code\n```\n~~~\nnor\n~~~",
    "    no code",
    "`no code` *not* _so_ ~~struck~~ \\*as typed\\*",
    "[no link](https://evil.example) ![no picture](https://evil.example/x.png)",
    "[no]: https://evil.example\n[no]",
    "<script>alert(1)</script><!-- hidden --> &lt;b&gt; &amp; &#64;ada",
    "$no + maths$ and $$none$$ for $5",
    "a5c3785ed8d6a35868bc169f07e40e889087fd2e of a5c3785",
    "mail ada@example.com, mailto:ada@example.com or www.example.com/a_b",
    f"<!-- closedloop:{OURS} -->",
    "[ ] no task\n[^1]: none",
    "ends with a \\",
    "- [ ] https://example.com/a_b_c",
    "x\u2028# y",
]


def as_read(typed: str) -> str:
    """What people read of it: white space is as wide as it is."""
    return " ".join(typed.split())


@pytest.mark.parametrize("typed", ODD)
def test_what_was_typed_is_shown_and_does_nothing(typed: str) -> None:
    shown = drawn(text.escape(typed))
    assert as_read(shown.shown) == as_read(typed)
    assert shown.tags <= {"p", "br", "span", "a"}
    assert not [one for one in shown.words if REFERENCES.search(one)]


PIECES = st.sampled_from(
    [*"@#$`*_[]()<>!&\\|~-+=.:;1a/ \n\t\"'{}^", "https://x.io", "&amp;", "gh-"]
)


@given(st.lists(PIECES, max_size=40).map("".join))
def test_whatever_was_typed_is_shown_and_does_nothing(typed: str) -> None:
    shown = drawn(text.escape(typed))
    assert as_read(shown.shown) == as_read(typed)
    assert shown.tags <= {"p", "br", "span", "a"}
    assert not [one for one in shown.words if REFERENCES.search(one)]


def test_an_address_can_be_followed_and_leads_where_it_says() -> None:
    shown = drawn(text.escape("See https://example.com/a_b?c=1&d=@ada#4. Or (http://x.io/y)."))
    assert shown.links == {
        "https://example.com/a_b?c=1&d=@ada#4": "https://example.com/a_b?c=1&d=@ada#4",
        "http://x.io/y": "http://x.io/y",
    }


def test_the_text_of_a_link_is_no_link_of_its_own() -> None:
    line = Line(
        label="From", text="](https://evil.example) @ada", url="https://acme.slack.com/p?a=1&b=2"
    )
    shown = drawn(text.description(wanted(lines=(line,))))
    assert shown.links == {"https://acme.slack.com/p?a=1&b=2": "](https://evil.example) @ada"}


def test_what_is_no_address_of_the_web_leads_nowhere() -> None:
    line = Line(label="From", text="here", url="javascript:alert(1)")
    assert drawn(text.description(wanted(lines=(line,)))).links == {}


def test_a_label_is_bold_and_harmless() -> None:
    line = Line(label="Who **@ada**", text="x")
    shown = drawn(text.description(wanted(lines=(line,))))
    assert shown.shown.startswith("Who **@ada**: x")
    assert shown.tags == {"p", "strong"}


@pytest.mark.parametrize("typed", ["x" * 90_000, "$" * 30_000, "é@a" * 30_000, "\n" * 90_000 + "x"])
def test_a_long_text_is_cut_to_what_github_takes(typed: str) -> None:
    lines = (Line(label="Done when", text="Kept"), Line(label="Why", text=typed))
    body = text.marked(text.description(wanted(lines=lines)), OURS)
    assert len(body.encode()) <= text.BODY_MAX
    assert drawn(body).shown.startswith("Done when: Kept")
    assert drawn(body).shown.rstrip().endswith("Due: 15 Dec 2026")
    assert drawn(body).comments[-1] == f" closedloop:{OURS} "


def test_a_long_comment_is_cut() -> None:
    assert len(text.marked(text.comment("@a" * 60_000), OURS).encode()) <= text.BODY_MAX


def test_a_title_is_one_line_that_every_tracker_takes() -> None:
    said = Wanted(
        title="  One\n\ttitle\0 " + "x" * 300,
        lines=(),
        priority=Priority.P1,
        due_on=date(2026, 1, 1),
    )
    title = text.title(said)
    assert title.startswith("One title xxx")
    assert title.endswith("…")
    assert len(title) == 255


def test_what_people_rewrote_is_kept_below() -> None:
    mark = text.mark(OURS)
    assert text.reworded(f"Theirs\n\n{mark}", "Old", "New") == f"New\n\nTheirs\n\n{mark}"
    assert text.reworded("Theirs", None, "New") == "New"
