"""A report in a terminal, and as JSON: in words first, then every number."""

import json

from documents.report_tables import as_json, as_text
from domain.windows import Scope
from tests.documents.reports import report


def test_it_begins_with_what_it_is_of_and_the_headline() -> None:
    title, _, headline, *_ = as_text(report()).splitlines()
    assert title == "Report from 2026-06-01 to 2026-12-01 (Europe/Berlin)"
    assert headline.startswith("12 of 41 tagged incidents repeated a known class: 29 %")


def test_the_report_of_a_service_says_so() -> None:
    text = as_text(report(scope=Scope(service="checkout")))
    assert text.startswith("Report of checkout from 2026-06-01 ")


def test_each_measure_is_one_table() -> None:
    heads = [line.split("  ")[0] for line in as_text(report()).splitlines() if "  " in line]
    assert heads.count("repeat rate") == heads.count("completion by quarter") == 1


def test_a_time_is_told_in_words() -> None:
    assert "1 h 2 min" in as_text(report())


def test_no_letter_is_one_that_a_terminal_would_obey() -> None:
    (trend,) = report().classes
    hostile = type(trend)(class_id=1, name="\x1b[31mred", counts=trend.counts)
    assert "\x1b" not in as_text(report(classes=(hostile,)))


def test_json_has_the_same_numbers() -> None:
    said = json.loads(as_json(report(), "T1"))
    assert (said["workspace"], said["months"], said["service"]) == ("T1", 6, None)
    assert said["taken_at"] == "2026-12-01T09:00:00Z"
    assert said["numbers"][0] == {
        "measure": "repeat rate",
        "of": None,
        "from": "2026-06-01",
        "to": "2026-12-01",
        "number": 12,
        "out_of": 41,
        "percent": 29,
    }
