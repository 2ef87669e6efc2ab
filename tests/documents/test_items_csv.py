"""Action items as a table: no cell is a formula, and no word is lost."""

import csv
import io
import json
import re
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents.items_csv import COLUMNS, LAYOUTS, guarded
from domain.action_items import ActionItem, ItemKind, ItemState, Progress
from domain.item_rows import ItemRow
from domain.programme import Priority

ITEM = ActionItem(
    what="Drain connections first",
    done_when="A failover loses no request",
    owner="U2",
    priority=Priority.P1,
    due_on=date(2026, 12, 4),
    kind=ItemKind.GUARDRAIL,
    reschedules=2,
    original_due_on=date(2026, 11, 20),
    progress=Progress.IN_PROGRESS,
    position=1,
)
ROW = ItemRow(item=ITEM, number=7, title="Checkout latency", service="checkout", owner_name="Bob")
#: What a spreadsheet takes for the beginning of a formula, after what it drops.
SIGNS = tuple("=+-@\uff1d\uff0b\uff0d\uff20\t\r\n")
pieces = st.sampled_from([*SIGNS, "'", " ", "\u00a0", "\u200b", "\ufeff", ",", ";", '"', "\r\n"])
texts = st.one_of(
    st.lists(st.one_of(pieces, st.text(max_size=3)), max_size=8).map("".join), st.text(max_size=40)
)


def read_back(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline=""), strict=True))


def written(*rows: ItemRow) -> str:
    return LAYOUTS["csv"].begin + LAYOUTS["csv"].lines(rows)


def unguarded(cell: str) -> str:
    """The text as it was: a program takes one ' away where the rest would get one."""
    text = "".join(map(unmarked, re.split(r"([;\t\r\n])", cell)))
    rest = text.removeprefix("'")
    return rest if guarded(rest) == cell else text


def unmarked(part: str) -> str:
    rest = part.removeprefix("'")
    return rest if guarded(rest) == part else part


def begins_formula(cell: str) -> bool:
    """Whether a spreadsheet could take it for a formula, whatever it drops in front."""
    bare = cell.lstrip(" \u00a0\u200b\ufeff\0")
    return cell.startswith(SIGNS) or bare.startswith(SIGNS)


@given(texts, texts, texts)
def test_no_cell_of_any_text_begins_a_formula_and_no_text_is_lost(
    what: str, title: str, name: str
) -> None:
    row = replace(ROW, item=replace(ITEM, what=what, note=title), title=title, owner_name=name)

    (line,) = read_back(written(row))

    assert not any(begins_formula(cell) for cell in line.values())
    assert [unguarded(line[each]) for each in ("what", "postmortem", "owner")] == [
        what,
        title,
        name,
    ]


@given(texts)
def test_no_cell_begins_a_formula_where_a_semicolon_ends_one(what: str) -> None:
    lines = LAYOUTS["csv"].lines([replace(ROW, item=replace(ITEM, what=what))])

    cells = [cell.replace('"', "") for cell in re.split(r"[;\t\r\n]", lines)]

    assert not any(begins_formula(cell) for cell in cells)


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ('=HYPERLINK("http://a.b")', '\'=HYPERLINK("http://a.b")'),
        ("  @SUM(1)", "'  @SUM(1)"),
        ("\uff1d1+1", "'\uff1d1+1"),
        ("\ufe621", "'\ufe621"),
        ("\tcmd", "'\tcmd"),
        ("'=1", "''=1"),
        ("a; =1;b", "a;' =1;b"),
        ('a;"=1;', "a;'\"=1;"),
        ("Shipped:\n- pool", "Shipped:\n'- pool"),
        ("a;'=1", "a;''=1"),
        ("'tis nothing", "'tis nothing"),
        ("Ping = 3", "Ping = 3"),
        ("", ""),
    ],
)
def test_what_would_be_a_formula_gets_a_mark_and_nothing_else_does(text: str, cell: str) -> None:
    assert guarded(text) == cell
    assert unguarded(cell) == text


def test_a_row_has_everything_that_is_known_of_an_item() -> None:
    (line,) = read_back(written(ROW))

    assert list(line) == list(COLUMNS)
    assert [line["key"], line["postmortem"], line["service"]] == [
        *("PM-7/1", "Checkout latency", "checkout"),
    ]
    assert [line["owner_id"], line["owner"], line["priority"]] == ["U2", "Bob", "P1"]
    assert [line["due_on"], line["originally_due_on"]] == ["2026-12-04", "2026-11-20"]
    assert [line["rescheduled"], line["state"], line["progress"], line["expired"]] == [
        *("2", "open", "in progress", "no"),
    ]
    assert line["verified_at"] == line["evidence"] == ""


def test_lines_end_as_the_format_has_it_and_stay_whole_within_a_cell() -> None:
    text = written(replace(ROW, title='One, "two"\nthree'), ROW)

    assert text.endswith("\r\n")
    assert [each["postmortem"] for each in read_back(text)] == [
        *('One, "two"\nthree', "Checkout latency"),
    ]


@pytest.mark.parametrize("batches", [[], [[ROW]], [[ROW, ROW], [ROW]]])
def test_json_is_one_list_however_many_batches(batches: list[list[ItemRow]]) -> None:
    layout = LAYOUTS["json"]
    text = layout.begin + layout.between.join(map(layout.lines, batches)) + layout.end

    assert [each["key"] for each in json.loads(text)] == ["PM-7/1"] * sum(map(len, batches))


def test_json_keeps_words_as_they_are_and_numbers_as_numbers() -> None:
    verified = datetime(2026, 12, 4, 9, tzinfo=UTC)
    item = replace(ITEM, what="=1+1", state=ItemState.VERIFIED, verified_at=verified)

    said: dict[str, Any] = json.loads(LAYOUTS["json"].lines([replace(ROW, item=item)]))

    assert list(said) == list(COLUMNS)
    assert (said["what"], said["rescheduled"], said["expired"]) == ("=1+1", 2, False)
    assert (said["verified_at"], said["implemented_on"]) == ("2026-12-04T09:00:00+00:00", None)


def test_a_row_names_the_ticket_and_where_it_is() -> None:
    url = "https://acme.atlassian.net/browse/SHOP-12"
    (line,) = read_back(written(replace(ROW, item=replace(ITEM, ticket="SHOP-12", ticket_url=url))))
    assert (line["ticket"], line["ticket_url"]) == ("SHOP-12", url)
    (line,) = read_back(written(replace(ROW, item=replace(ITEM, ticket="=cmd", ticket_url="@x"))))
    assert (line["ticket"], line["ticket_url"]) == ("'=cmd", "'@x")
