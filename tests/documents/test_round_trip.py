"""A postmortem that was written into a file and read from it is the same, whatever is in it."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from documents.document import Document
from documents.own.norms import normalised
from documents.own.prose import read_prose, write_prose
from documents.own.sections import ALL
from documents.reading import read_own
from documents.writing import to_markdown
from domain.passages import Passage
from tests.documents.incidents import incident
from tests.documents.pieces import PIECES
from tests.documents.strategies import documents

thoroughly = settings(max_examples=300, deadline=None, derandomize=True)
zones = st.sampled_from(["UTC", "Europe/Berlin", "America/St_Johns", "Pacific/Chatham"])

#: What others see of a file: GitHub's Markdown as far as it can break out of its place.
ELSEWHERE = MarkdownIt("commonmark", {"maxNesting": 200}).enable(["table", "strikethrough"])


def tokens(written: str) -> list[Token]:
    """What another reader makes of a file, after the front matter."""
    return ELSEWHERE.parse(written.split("\n---\n", 1)[1])


def within(tokens: Iterable[Token]) -> Iterator[Token]:
    for token in tokens:
        yield token
        yield from within(token.children or ())


@thoroughly
@given(documents, zones)
def test_what_is_written_is_read(document: Document, zone: str) -> None:
    assert read_own(to_markdown(document, zone)) == normalised(document)


@settings(max_examples=150, deadline=None, derandomize=True)
@given(documents)
def test_every_reader_of_markdown_sees_our_sections_and_no_others(document: Document) -> None:
    found = tokens(to_markdown(document))
    heads = [
        found[at + 1].content
        for at, token in enumerate(found)
        if token.type == "heading_open" and token.level == 0 and token.tag in {"h1", "h2"}
    ]
    kept = [head for head in heads[1:] if head in ALL]
    assert len(heads) == len(set(kept)) + 1


@settings(max_examples=150, deadline=None, derandomize=True)
@given(documents)
def test_no_text_acts_in_a_browser_or_leads_elsewhere(document: Document) -> None:
    ours = {entry.permalink for entry in document.entries}
    for token in within(tokens(to_markdown(document))):
        assert token.type not in {"html_block", "image"}
        assert token.type != "html_inline" or token.content == "<br>"
        assert token.type != "link_open" or token.attrs["href"] in ours


@settings(max_examples=1000, deadline=None, derandomize=True)
@given(st.lists(st.sampled_from(PIECES), max_size=30).map("".join), st.sampled_from([2, 3]))
def test_prose_stays_in_its_section(typed: str, deepest: int) -> None:
    text = typed.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "").strip()
    prose = write_prose(text, deepest)
    assert read_prose(prose) == text

    page = ELSEWHERE.parse("\n".join(["## Before", "", *prose, "", "## After"]))
    heads = [token for token in page if token.type == "heading_open" and token.level == 0]
    sections = [token.map for token in heads if int(token.tag[1]) <= deepest]
    assert sections == [[0, 1], [len(prose) + 3, len(prose) + 4]]


@pytest.mark.parametrize(
    "text",
    ["x" * 3000, "`" * 3000, "\\" * 3000, "- " * 1500, "#" * 3000, "](" * 1500, "שלום " * 600],
)
def test_lines_of_three_thousand_characters_survive(text: str) -> None:
    document = incident(root_cause=text, passages=dict.fromkeys(Passage, text))
    document = replace(document, facts=replace(document.facts, impact=text))
    assert read_own(to_markdown(document)) == normalised(document)


def test_a_timeline_of_three_hundred_entries_survives() -> None:
    document = incident()
    many = replace(document, entries=document.entries * 100)
    assert len(many.entries) == 300
    assert read_own(to_markdown(many)) == many


def test_a_hundred_thousand_characters_of_notes_are_read_at_once() -> None:
    for piece in ("```x\n", "~~~~\n", "\\", "- ", "<b>", "    > [a]: b\n", "# a\n\n"):
        document = incident(passages={Passage.NOTES: piece * (100_000 // len(piece))})
        assert read_own(to_markdown(document)) == normalised(document)


def test_nothing_at_all_survives() -> None:
    empty: dict[str, Any] = {"title": "", "service": "", "impact": "", "responders": ()}
    document = Document(facts=replace(incident().facts, **empty))
    assert read_own(to_markdown(document)) == document
