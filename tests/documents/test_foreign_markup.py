"""What wikis leave in HTML is read like the Markdown it would be, and none of it is lost."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from documents.foreign.markup import as_markdown
from tests.documents.samples import asked, imported, timeline

TABLE = (
    "<table class='wrapped'><tbody><tr><th><p>Time</p></th><th>Event</th></tr>\n"
    "<tr><td><time datetime='x'>14:03</time></td><td><p>one</p></td></tr>\n\n"
    "<tr><td>14:10&nbsp;</td><td><strong>two</strong></td></tr></tbody></table>"
)
TASKS = (
    "<ac:task-list>\n<ac:task><ac:task-id>1</ac:task-id><ac:task-status>incomplete</ac:task-status>"
    "<ac:task-body><span>Watch it</span></ac:task-body></ac:task>\n"
    "<ac:task><ac:task-status>complete</ac:task-status><ac:task-body>Pin it</ac:task-body>"
    "</ac:task>\n</ac:task-list>"
)
PIECES = (
    *(
        "<table>",
        "</table>",
        "<tr>",
        "<td>",
        "<th a='b'>",
        "</td>",
        "<ul>",
        "</ul>",
        "<li>",
        "<ol>",
    ),
    *("<p>", "</p>", "<h2>", "</h2>", "<br>", "word", "|", "\n", "\n\n", "```", "<"),
)


def test_a_timeline_in_a_table_of_html_is_read() -> None:
    assert timeline(TABLE) == [("01 14:03", "one"), ("01 14:10", "two")]


def test_a_table_without_headings_keeps_its_first_row() -> None:
    bare = "<table><tr><td>14:03</td><td>one</td></tr><tr><td>14:10</td><td>two</td></tr></table>"
    assert timeline(bare) == [("01 14:03", "one"), ("01 14:10", "two")]


@pytest.mark.parametrize(
    ("markup", "lines"),
    [
        (TASKS, ["Watch it", "Pin it (done)"]),
        ("<ul><li>One<ul><li>Two</li></ul></li><li>Three</li></ul>", ["One", "Two", "Three"]),
        ('<ul><li><a href="https://t.example">A</a></li></ul>', ["[A](https://t.example)"]),
        ("<table><tr><th>Action</th></tr><tr><td>a | b<br/>c</td></tr></table>", ["a | b c"]),
    ],
)
def test_lists_of_html_are_lists(markup: str, lines: list[str]) -> None:
    assert asked(markup) == lines


def test_headings_and_paragraphs_of_html_are_those_of_markdown() -> None:
    found = imported("<h1>Down</h1>\n<h2>Impact</h2>\n<p>Orders failed.</p>\n")
    assert (found.facts.title, found.facts.impact) == ("Down", "Orders failed.")


@pytest.mark.parametrize(
    "text",
    [
        "plain",
        f"```\n{TABLE}\n```",
        "words <table><tr><td>a</td></tr></table>",
        "<table><tr><td>never closed",
        "<details>\n<summary>Logs</summary>\n</details>",
    ],
)
def test_what_is_code_or_no_block_of_its_own_stays(text: str) -> None:
    assert as_markdown(text) == text


@settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=20))
def test_no_word_is_lost(pieces: list[str]) -> None:
    text = "".join(pieces)
    assert as_markdown(text).count("word") == text.count("word")


def test_a_megabyte_of_tags_is_read_at_once() -> None:
    for piece in ("<table", "<table>", "<ul><li>", "<tr><td>a</td></tr>", "<a href=", "\n<p>"):
        as_markdown(f"<table>{piece * (1_000_000 // len(piece))}")
