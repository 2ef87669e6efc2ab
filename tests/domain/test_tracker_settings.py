"""What somebody may write of the place where tickets are made, and how it is read."""

from typing import Any

import pytest

from domain.errors import RuleBroken
from domain.tickets import Place, TrackerKind
from domain.tracker_fields import FIELDS_MAX, read_fields, written_fields
from domain.tracker_settings import (
    LABELS_MAX,
    read_account,
    read_board,
    read_kind,
    read_labels,
    read_place,
    read_project,
    spelt_as,
)

GITHUB, JIRA, LINEAR = TrackerKind.GITHUB, TrackerKind.JIRA, TrackerKind.LINEAR
NOTHING = dict.fromkeys(("project", "board", "labels", "issue_type", "fields"), "")


def refused(field: str, reads: Any, *args: object) -> str:
    """Give the sentence with which something is refused at a field."""
    with pytest.raises(RuleBroken) as broken:
        reads(*args)
    assert broken.value.field == field
    return str(broken.value)


@pytest.mark.parametrize(
    ("kind", "text", "project"),
    [
        (GITHUB, " acme/shop ", "acme/shop"),
        (GITHUB, "https://github.com/acme/shop.js/issues?q=is%3Aopen", "acme/shop.js"),
        (GITHUB, "https://git.acme.example/acme/shop.git", "acme/shop"),
        (GITHUB, "octo_acme/Shop_2", "octo_acme/Shop_2"),
        (JIRA, "shop", "SHOP"),
        (JIRA, "https://acme.atlassian.net/browse/SHOP-12", "SHOP"),
        (JIRA, "https://acme.atlassian.net/jira/software/c/projects/SHOP/boards/1", "SHOP"),
        (LINEAR, "shop", "SHOP"),
        (LINEAR, "https://linear.app/acme/team/SHOP/active", "SHOP"),
        (LINEAR, "https://linear.app/acme/issue/SHOP-12/drain", "SHOP"),
    ],
)
def test_a_project_is_read_from_its_name_or_its_address(
    kind: TrackerKind, text: str, project: str
) -> None:
    assert read_project(kind, text) == project


@pytest.mark.parametrize(
    ("kind", "text", "like"),
    [
        *((GITHUB, text, "acme/shop") for text in ("", "shop", "acme/shop and others", "/shop")),
        *((GITHUB, text, "acme/shop") for text in ("acme/..", "acme/./issues", "acme/.git")),
        *((JIRA, text, "SHOP") for text in ("", "the shop", "10", "https://acme.atlassian.net/")),
        *((LINEAR, text, "SHOP") for text in ("", "the shop", "https://linear.app/acme")),
        (GITHUB, "a/" + "b" * 400, "shorten it"),
    ],
)
def test_what_names_no_project_is_told_what_does(kind: TrackerKind, text: str, like: str) -> None:
    assert like in refused("project", read_project, kind, text)


@pytest.mark.parametrize(
    ("kind", "text", "board"),
    [
        *((kind, "  ", "") for kind in TrackerKind),
        (JIRA, "12", "12"),
        (JIRA, "https://acme.atlassian.net/jira/software/c/projects/SHOP/boards/12?a=b", "12"),
        (JIRA, "https://jira.acme.example/secure/RapidBoard.jspa?rapidView=12&view=x", "12"),
        (GITHUB, "Milestones", "milestones"),
        (GITHUB, "Project #7", "project 7"),
        (LINEAR, "Cycles", "cycles"),
    ],
)
def test_the_board_is_read_as_each_tracker_has_it(kind: TrackerKind, text: str, board: str) -> None:
    assert read_board(kind, text) == board


@pytest.mark.parametrize(
    ("kind", "text", "like"),
    [
        (JIRA, "the shop's", "like 12"),
        (JIRA, "0", "like 12"),
        (GITHUB, "12", "project 7"),
        (GITHUB, "cycles", "milestones"),
        (LINEAR, "milestones", "cycles"),
    ],
)
def test_a_board_of_another_tracker_is_refused(kind: TrackerKind, text: str, like: str) -> None:
    assert like in refused("board", read_board, kind, text)


def test_labels_stand_between_commas_and_each_counts_once() -> None:
    assert read_labels(GITHUB, "Rel, good  first issue,,rel, closedloop\nops") == (
        *("Rel", "good first issue", "ops"),
    )


@pytest.mark.parametrize(
    ("kind", "text", "words"),
    [
        (GITHUB, ",".join(str(each) for each in range(LABELS_MAX + 1)), "10 labels or fewer"),
        (GITHUB, "x" * 51, "too long for a label"),
        (GITHUB, "a\0b", "too long for a label"),
        (JIRA, "on call", "write on-call"),
    ],
)
def test_labels_that_cannot_be_are_refused(kind: TrackerKind, text: str, words: str) -> None:
    assert words in refused("labels", read_labels, kind, text)


def test_fields_are_read_a_line_each_and_written_so_again() -> None:
    text = "customfield_10010 = Team A\n\n Cost centre=a = b "
    fields = {"customfield_10010": "Team A", "Cost centre": "a = b"}
    assert read_fields(JIRA, text) == fields
    place = Place(kind=JIRA, project="SHOP", fields=fields)
    assert read_fields(JIRA, written_fields(place)) == fields


@pytest.mark.parametrize(
    ("kind", "text", "words"),
    [
        (JIRA, "a = b\ncustomfield_10010", "Line 2 names no field"),
        (JIRA, "= b", "Line 1 names no field"),
        (JIRA, "Due date = today", "fills in Due date by itself"),
        (JIRA, "a = b\nA = c", "Line 2 names A again"),
        (JIRA, "\n".join(f"f{n} = x" for n in range(FIELDS_MAX + 1)), "20 fields or fewer"),
        (JIRA, "a = " + "b" * 256, "256 characters"),
        (JIRA, "\n".join(f"f{n} = {'x' * 200}" for n in range(15)), "shorten it to 3,000"),
        (GITHUB, "a = b", "GitHub requires no other fields"),
    ],
)
def test_fields_that_cannot_be_are_refused(kind: TrackerKind, text: str, words: str) -> None:
    assert words in refused("fields", read_fields, kind, text)


def test_a_whole_place_is_read() -> None:
    typed = NOTHING | {
        "project": "shop",
        "board": "12",
        "labels": "a",
        "issue_type": " User  Story",
    }
    assert read_place(JIRA, "checkout", typed) == Place(
        kind=JIRA,
        service="checkout",
        project="SHOP",
        board="12",
        labels=("a",),
        issue_type="User Story",
    )


def test_an_issue_type_is_for_jira_alone() -> None:
    typed = NOTHING | {"project": "shop", "issue_type": "Bug"}
    assert "Linear is told no issue type" in refused("issue_type", read_place, LINEAR, "", typed)


def test_a_tracker_must_be_chosen() -> None:
    assert read_kind("jira") is JIRA
    assert "Choose the tracker" in refused("kind", read_kind, "")


def test_the_same_repository_in_other_letters_is_the_same_place() -> None:
    before = Place(kind=GITHUB, project="Acme/Shop")
    assert spelt_as(before, Place(kind=GITHUB, project="acme/shop")).project == "Acme/Shop"
    for other in (Place(kind=GITHUB, project="acme/attic"), Place(kind=JIRA, project="ACME")):
        assert spelt_as(before, other) == other
        assert spelt_as(None, other) == other


def test_an_account_is_one_line() -> None:
    assert read_account("  ada@example.com\n") == "ada@example.com"
    assert "or fewer" in refused("account", read_account, "a" * 201)
    assert "the login or the id" in refused("account", read_account, "a\0")
