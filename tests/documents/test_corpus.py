"""A real team's nineteen postmortems, where they lie: each is read whole."""

import os
from pathlib import Path

import pytest

from documents.document import Document
from documents.importing import read

ROOT = Path(__file__).parent.parent.parent
CORPUS = Path(os.environ.get("CLOSEDLOOP_CORPUS", ROOT.parent / "shared" / "corpus"))
FILES = {path.name.split(" ")[0]: path for path in sorted(CORPUS.glob("*.md"))}

pytestmark = pytest.mark.skipif(not FILES, reason="the corpus is not here")

#: Entries, factors, lines that ask for something, minutes to detect and to recover; counted
#: without this reader, seven of them by eye.
COUNTED = {
    "PM2019-009": (14, 7, 4, None, None),
    "PM2019-011": (11, 3, 5, None, None),
    "PM2020-002": (4, 3, 3, 54, 148),
    "PM2020-004": (3, 3, 2, None, 31),
    "PM2020-006": (5, 2, 2, None, None),
    "PM2020-008": (6, 4, 2, 88, 122),
    "PM2021-001": (4, 4, 3, 1415, 1435),
    "PM2021-003": (7, 4, 3, 20, 48),
    "PM2021-005": (7, 2, 3, 8, 25),
    "PM2021-007": (5, 2, 2, 8, 10),
    "PM2021-009": (13, 3, 6, 5, 68),
    "PM2021-011": (26, 0, 6, None, None),
    "PM2022-002": (7, 3, 1, 53, 109),
    "PM2022-004": (9, 3, 2, 1183, 1220),  # and one row without a day
    "PM2022-006": (8, 4, 4, None, None),  # and two rows without a day
    "PM2022-008": (7, 7, 4, 12, 88),
    "PM2023-002": (13, 1, 5, 544, 669),
    "PM2024-002": (7, 2, 2, 10, 10),
    "PM2025-001": (19, 7, 6, 5280, 5840),
}
UNTIMED = {"PM2019-009": 1, "PM2021-011": 3, "PM2022-006": 7}
UNDATED = {"PM2022-004": 1, "PM2022-006": 2}


def imported(key: str) -> tuple[Document, tuple[str, ...]]:
    told = read(FILES[key].read_text(encoding="utf-8"), FILES[key].name)
    assert told.document is not None, told.refusal
    return told.document, told.warnings


def test_nineteen_of_nineteen_are_there() -> None:
    assert set(FILES) == set(COUNTED)


@pytest.mark.parametrize("key", COUNTED)
def test_counts_are_those_made_without_it(key: str) -> None:
    found, _ = imported(key)
    counts = (len(found.entries), len(found.factors), len(found.inherited))
    assert (*counts, found.time_to_detect, found.time_to_recover) == COUNTED[key]


@pytest.mark.parametrize("key", COUNTED)
def test_each_row_without_a_day_is_said(key: str) -> None:
    _, warnings = imported(key)
    assert sum("it is in the notes" in each for each in warnings) == UNDATED.get(key, 0)


@pytest.mark.parametrize("key", COUNTED)
def test_each_row_without_a_time_is_marked_and_they_are_said(key: str) -> None:
    found, warnings = imported(key)
    marked = sum(each.text.startswith("(time not known) ") for each in found.entries)
    assert marked == UNTIMED.get(key, 0)
    assert sum("A day and no time" in each for each in warnings) == bool(marked)


@pytest.mark.parametrize("key", COUNTED)
def test_each_starts_in_the_year_of_its_name_or_the_one_it_tells(key: str) -> None:
    found, _ = imported(key)
    told = {"PM2022-006": 2020}.get(key, int(key[2:6]))
    assert found.facts.started_at.year == told
