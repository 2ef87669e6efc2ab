"""What became of items and risks stands in a file where there is something to say, and is read."""

from dataclasses import replace
from datetime import date

import pytest

from documents.document import Document
from documents.reading import read_own
from documents.writing import to_markdown
from domain.action_items import Progress
from tests.documents.incidents import incident

VERIFIED = """\
- **State:** verified
- **Implemented:** 2026-11-22
- **Soaks until:** 2026-12-22
- **Shipped:** An alert at 9 of 10 connections
- **Verified:** 2026-11-21 14:00:30 UTC
- **Evidence:** The drill paged Ben
- **Link:** https://alerts.example/pool?at=9
"""
RISK = """\
### Search has the same pool

- **Accepted by:** Chi (U3)
- **Because:** It is replaced in March
- **Until:** 2027-03-31
- **Renewed:** 2
- **Ended:** 2027-03-01
"""
#: An item as it was written before anything became of one.
BEFORE = """\
### 1. Limit queries to 2 s

- **Done when:** A query of 3 s is cancelled in staging
- **Owner:** Ana (U012ABC)
- **Due:** 2026-12-04
- **Priority:** P1
- **Kind:** guardrail
- **State:** open
"""


def found(written: str) -> Document:
    document = read_own(written)
    assert document is not None
    return document


def test_what_became_of_an_item_and_of_a_risk_stands_below_it() -> None:
    written = to_markdown(incident())
    assert VERIFIED in written
    assert RISK in written


def test_what_was_written_before_anything_became_of_items_is_read() -> None:
    written = to_markdown(incident(items=()))
    old = written.replace("## Accepted risks", f"## Action items\n\n{BEFORE}\n## Accepted risks")
    (item,) = found(old).items
    assert (item.original_due_on, item.progress) == (date(2026, 12, 4), Progress.NOT_STARTED)
    assert to_markdown(found(old)) == old


def test_a_risk_names_the_item_that_it_stands_for_by_its_number() -> None:
    (risk,) = incident().risks
    written = to_markdown(incident(risks=(replace(risk, item_id=2),)))
    assert "\n- **Instead of item:** 2\n" in written
    assert found(written).risks[0].item_id == 2
    assert "Instead of" not in to_markdown(incident(risks=(replace(risk, item_id=3),)))


def test_nobody_is_asked_by_a_file_to_take_an_item_on() -> None:
    asked = [replace(each, proposed_owner="U9", proposed_by="U3") for each in incident().items]
    assert to_markdown(incident(items=tuple(asked))) == to_markdown(incident())


@pytest.mark.parametrize("year", ["0001-01-01 00:00+05:45", "9999-12-31 23:59-05:00"])
def test_an_instant_beyond_the_calendar_makes_it_another_layout(year: str) -> None:
    written = to_markdown(incident())
    assert read_own(written.replace("2026-11-21 14:00:30 UTC", year)) is None
    assert (
        read_own(written.replace("started: 2026-11-21 13:40:00+00:00", f"started: {year}")) is None
    )
