"""The product's own Markdown is good to read, and nothing in it breaks out."""

from dataclasses import replace

import pytest

from documents.document import Document
from documents.reading import read_own
from documents.writing import to_markdown
from domain.timeline import Source
from tests.documents.incidents import incident

TIMELINE = """\
| Time (UTC) | What happened | Milestone | Source |
| --- | --- | --- | --- |
| 2026-11-21 13:40 | Deploy 42 \\| canary | started | typed |
| 2026-11-21 13:44 | p99 > 2 s<br>\\<!channel> look | detected | \
[alert](https://acme.slack.com/archives/C1/p1795268640000100 "C1/1795268640.000100"), edited |
| 2026-11-21 14:20:05 | Back to normal | recovered | typed |
"""
ITEM = """\
### 1. Limit queries to 2 s

- **Done when:** A query of 3 s is cancelled in staging
- **Owner:** Ana (U012ABC)
- **Due:** 2026-12-04
- **Originally due:** 2026-11-27
- **Priority:** P1
- **Kind:** guardrail
- **Answers:** factor 1, No limit for queries
- **State:** open
- **Moved:** 1
- **Reviews seen:** 1
- **Progress:** blocked
- **Note:** The driver has no limit:<br>asked its makers
"""


def with_root_cause(text: str) -> str:
    """What is written of a root cause."""
    written = to_markdown(incident(root_cause=text))
    return written.partition("## Root cause\n\n")[2].partition("\n\n## Five whys")[0]


def read(written: str) -> Document:
    found = read_own(written)
    assert found is not None
    return found


def test_it_begins_with_its_facts_and_its_title() -> None:
    facts, _, body = to_markdown(incident()).removeprefix("---\n").partition("\n---\n")
    assert facts.startswith("closedloop: 1\nkey: PM-12\ntitle: Checkout latency\n")
    assert "responders:\n- Ana (U012ABC)\n- Ben (on call) (U2)\n" in facts
    assert body.startswith("\n# PM-12 · Checkout latency\n\n## Impact\n")


def test_every_section_has_the_name_it_has_in_the_programme() -> None:
    written = to_markdown(incident())
    assert [line[3:] for line in written.split("\n") if line.startswith("## ")] == [
        *("Impact", "Timeline", "Contributing factors", "Root cause", "Five whys"),
        *("What went well", "What went wrong", "Lessons", "Action items", "Accepted risks"),
        *("Inherited lines", "Closing questions", "Notes"),
    ]


def test_the_timeline_is_a_table_and_an_item_a_short_list() -> None:
    written = to_markdown(incident())
    assert TIMELINE in written
    assert ITEM in written


def test_on_another_clock_every_time_has_its_offset() -> None:
    written = to_markdown(incident(), "Asia/Kathmandu")
    assert "| Time (Asia/Kathmandu) | What" in written
    assert "| 2026-11-21 19:25+05:45 | Deploy" in written
    assert read(written) == incident()


def test_what_nobody_filled_in_is_left_out() -> None:
    bare = Document(facts=replace(incident().facts, impact="", responders=()))
    body = to_markdown(bare).split("\n---\n")[1]
    assert body == "\n# Checkout latency\n"


@pytest.mark.parametrize(
    "text",
    [
        "5 < 6 & 7 > 2, so **bold** it is: `a <b> c`",
        "- one\n  - two\n\n1. three",
        "| a | b |\n| --- | --- |\n| 1 | 2 |",
        "#### Smaller\n\n```sh\n# not a heading\ncat <<EOF\n```\n\n#hashtag",
        "1. Run\n   ```\n   # this\n   ```",
        "> quoted",
        "https://example.com/?a=1&b=2 and R&D",
        "C:\\temp\\new",
    ],
)
def test_markdown_that_stays_in_its_place_is_left_alone(text: str) -> None:
    assert with_root_cause(text).replace("  \n", "\n") == text


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("# Timeline", "\\# Timeline"),
        ("  ## Timeline", "\\## Timeline"),
        ("### Timeline", "### Timeline"),
        ("a\n===", "a  \n\\==="),
        ("a\n---", "a  \n\\---"),
        ("a\n\n---", "a\n\n---"),
        ("```\nnever closed", "\\```  \nnever closed"),
        ("<b>bold</b>", "\\<b>bold\\</b>"),
        ("<@U123> <!channel>", "<@U123> \\<!channel>"),
        ("&lt; &#35;", "\\&lt; \\&#35;"),
        ("[here](https://evil.example)", "[here\\](https://evil.example)"),
        ("[a]: https://evil.example", "[a\\]: https://evil.example"),
        ("\\# and \\<b>", "\\\\\\# and \\\\\\<b>"),
        ("`` `<b>", "`` `\\<b>"),
    ],
)
def test_what_would_break_out_is_made_text(text: str, written: str) -> None:
    assert with_root_cause(text) == written
    assert read(to_markdown(incident(root_cause=text))).root_cause == text.strip()


def test_a_message_without_an_address_is_named_by_its_place() -> None:
    entry = replace(
        incident().entries[0],
        source=Source.PIN,
        message_channel="C1",
        message_ts="1.2",
        permalink="javascript:alert(1)",
    )
    written = to_markdown(incident(entries=(entry,)))
    assert "| pin (C1/1.2) at javascript%3Aalert%281%29 |" in written
    assert read(written).entries == (entry,)


def test_what_is_private_says_so() -> None:
    written = to_markdown(incident(is_private=True))
    assert "\nprivate: true\n" in written
    assert read(written).is_private
