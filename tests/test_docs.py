"""The documentation says what the code does."""

import re
from pathlib import Path

from docs.forms import forms
from docs.reference import Registered, page

ROOT = Path(__file__).parent.parent
PAGES = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]


def test_the_reference_is_what_the_code_prints() -> None:
    printed = "\n".join(page()).rstrip() + "\n"

    assert (ROOT / "docs" / "reference.md").read_text() == printed, "run: make reference"


def test_every_form_is_in_the_reference() -> None:
    listed = [form["callback_id"] for form in forms()]

    assert sorted(listed) == sorted(words for words, _ in Registered().of("view"))


def test_every_link_between_pages_leads_somewhere() -> None:
    broken = [
        f"{source.name}: {target}"
        for source in PAGES
        for target in re.findall(r"\]\((?!https?:|#|mailto:)([^)#]+)", source.read_text())
        if not (source.parent / target).exists()
    ]

    assert broken == []


def test_every_chore_named_in_the_pages_is_in_the_makefile() -> None:
    chores = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    named = {chore for page_ in PAGES for chore in re.findall(r"`make ([a-z]+)", page_.read_text())}

    assert named <= chores


def test_every_decision_names_the_check_that_holds_it() -> None:
    decisions = sorted((ROOT / "docs" / "decisions").glob("0*.md"))
    listed = (ROOT / "docs" / "decisions" / "README.md").read_text()

    assert decisions
    for decision in decisions:
        assert "**Check.**" in decision.read_text()
        assert decision.name in listed
