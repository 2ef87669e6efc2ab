import json

import pytest
from jsonschema import Draft202012Validator

from domain.tickets import Line
from integrations.trackers.jira import wording
from tests.trackers.jira_schemas import DOCUMENT

EVIL = Line(label="Done when", text="[~ada] [click|https://evil.test] {html}\nh1. Big\n\n* @team")


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("[~ada] and @team", r"\[\~ada\] and \@team"),
        ("SHOP-12 is no link", r"SHOP\-12 is no link"),
        ("h1. no heading\nbq. no quote", "h1&#46; no heading\nbq&#46; no quote"),
        ("* no list\n# nor this", "\\* no list\n\\# nor this"),
        ("!no-picture.png! {code}", r"\!no\-picture.png\! \{code\}"),
        ("a|b ||c||", r"a\|b \|\|c\|\|"),
        ("no face :) :D (y)", r"no face :\) &#58;D \(y\)"),
        ("C:\\temp &amp; &", "C:&#92;temp &amp;amp; &"),
        ("[x|https://evil.test]", r"\[x\|https://evil.test\]"),
        ("see https://x.test/a_b-c?d=1#e.", "see https://x.test/a_b-c?d=1#e."),
        ("https://x.test/{html}", r"https://x.test/\{html\}"),
    ],
)
def test_what_a_person_typed_is_escaped_in_markup(typed: str, shown: str) -> None:
    assert wording.escaped(typed) == shown


def test_a_line_of_markup_has_a_bold_label_and_leads_where_it_should() -> None:
    line = Line(label="Postmortem", text="Cart [1]", url="https://slack.test/a b]|c")

    expected = r"*Postmortem:* [Cart \[1\]|https://slack.test/a%20b%5D%7Cc]"
    assert wording.markup([line]) == expected


def test_a_document_holds_what_was_typed_as_text_and_nothing_else() -> None:
    paragraph = wording.document([EVIL])["content"][0]["content"]

    kinds = [node["type"] for node in paragraph]
    assert kinds == ["text"] * 4 + ["hardBreak", "text", "hardBreak", "hardBreak", "text"]
    links = [mark for node in paragraph for mark in node.get("marks", ())][1:]
    assert links == [{"type": "link", "attrs": {"href": "https://evil.test"}}]


@pytest.mark.parametrize("text", ["", "\n", "one", "a\n\nb", "x" * 50_000, '"' * 40_000])
def test_every_document_is_one_that_jira_takes(text: str) -> None:
    check = Draft202012Validator(DOCUMENT)
    made = wording.document([Line(label="What", text=text), EVIL])

    assert list(check.iter_errors(made)) == []
    assert len(json.dumps(made)) <= wording.BODY_MAX
    assert list(check.iter_errors(wording.plain_document(text))) == []


def test_the_longest_line_is_cut_and_the_others_stay() -> None:
    long = Line(label="What", text="*" * 40_000)

    made = wording.markup([long, EVIL])

    assert len(made) <= wording.BODY_MAX
    assert "…" in made
    assert "h1&#46; Big" in made


def test_lines_without_end_are_left_out_at_the_end() -> None:
    made = wording.markup([Line(label="What", text="x" * 30)] * 2_000)

    assert 25_000 < len(made) <= wording.BODY_MAX


def test_a_title_is_one_line_that_jira_has_room_for() -> None:
    assert wording.title(" One\n two ") == "One two"
    assert len(wording.title("x" * 300)) == 255
