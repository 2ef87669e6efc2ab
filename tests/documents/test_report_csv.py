"""A report for spreadsheets: a line for each number, and no cell is a formula."""

import csv
import io
from dataclasses import replace

from documents.report_csv import ITEMS, NUMBERS, numbers_csv, open_items_csv
from documents.report_rows import numbers
from domain.measures import Repeats
from tests.documents.reports import report, row


def read_back(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline=""), strict=True))


def of(measure: str) -> list[dict[str, str]]:
    return [each for each in read_back(numbers_csv(report())) if each["measure"] == measure]


def test_the_first_line_names_the_columns() -> None:
    assert numbers_csv(report()).splitlines()[0] == ",".join(NUMBERS)


def test_a_rate_says_of_what_and_over_which_days() -> None:
    now, earlier = of("repeat rate")
    assert (now["number"], now["out_of"], now["percent"]) == ("12", "41", "29")
    assert (now["from"], now["to"]) == ("2026-06-01", "2026-12-01")
    assert (earlier["from"], earlier["to"]) == ("2025-12-01", "2026-05-31")


def test_what_is_due_today_is_no_part_of_the_days() -> None:
    now, *_, earlier = [each for each in of("completion") if each["of"] == "by now"]
    assert (now["from"], now["to"]) == ("2026-06-01", "2026-11-30")
    assert (earlier["from"], earlier["to"]) == ("2025-12-01", "2026-05-31")


def test_a_rate_of_few_has_no_percentage() -> None:
    (recurrence,) = of("recurrence within six months")
    assert (recurrence["number"], recurrence["out_of"], recurrence["percent"]) == ("2", "4", "")


def test_what_is_not_known_is_empty_and_no_nought() -> None:
    detect = [each for each in of("time to detect") if each["from"] == "2025-12-01"]
    assert [each["number"] for each in detect] == ["", ""]


def test_those_nobody_can_say_of_stand_beside_each_measure() -> None:
    assert [each["number"] for each in of("untagged incidents")][:3] == ["3", "0", "5"]
    assert [(each["of"], each["number"]) for each in of("incidents that do not say")][:2] == [
        *(("time to detect", "2"), ("time to recover", "3"))
    ]


def test_times_are_in_seconds() -> None:
    median, mean, *_ = of("time to recover")
    assert (median["number"], mean["number"], mean["out_of"]) == ("3720", "7200", "5")


def test_the_running_quarter_says_so() -> None:
    assert [each["of"] for each in of("repeat rate by quarter")][-2:] == [
        "2026 Q3",
        "2026 Q4 so far",
    ]


def test_every_number_has_a_line() -> None:
    assert len(read_back(numbers_csv(report()))) == len(numbers(report()))


def test_no_cell_is_a_formula() -> None:
    (named, *_) = of("incidents by class")
    assert named["of"] == "'=capacity, 2025 Q4"
    (item,) = read_back(open_items_csv([row(what="@SUM(1)")], {"U2": "+Bob"}))
    assert (item["what"], item["owner"]) == ("'@SUM(1)", "'+Bob")


def test_an_open_item_says_how_it_stands() -> None:
    text = open_items_csv([row()], {"U2": "Bob"})
    (item,) = read_back(text)
    assert list(item) == [*ITEMS, "owner"]
    assert (item["key"], item["due_on"], item["days_overdue"]) == ("PM-7/1", "2026-11-20", "11")


def test_an_item_of_a_private_channel_has_no_words() -> None:
    private = replace(row(), what="", service="", is_private=True)
    (item,) = read_back(open_items_csv([private], {}))
    assert (item["what"], item["service"], item["private"]) == ("", "", "yes")


def test_a_report_of_nothing_can_be_written() -> None:
    text = numbers_csv(report(repeats=Repeats(), quarters=(), classes=(), severities=()))
    assert read_back(text)[0]["out_of"] == "0"
