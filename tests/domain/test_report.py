"""Which report is asked for, and which quarters it compares."""

from dataclasses import replace
from itertools import pairwise

import pytest

from domain.errors import RuleBroken
from domain.measures import Completion, Repeats
from domain.report import QUARTERS, Wanted, quarters_until, read_wanted
from domain.windows import Scope
from tests.reporting import NOW, WINDOW, quarter_by_quarter


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ("", Wanted(months=6)),
        ("3m", Wanted(months=3)),
        ("12M", Wanted(months=12)),
        ("12months", Wanted(months=12)),
        ("12 months", Wanted(months=12)),
        ("3 M\tCheckout", Wanted(months=3, scope=Scope(service="Checkout"))),
        ("3mobile", Wanted(scope=Scope(service="3mobile"))),
        ("checkout", Wanted(scope=Scope(service="checkout"))),
        ("3m  Checkout API ", Wanted(months=3, scope=Scope(service="Checkout API"))),
        ("3 nines", Wanted(scope=Scope(service="3 nines"))),
    ],
)
def test_months_and_a_service_are_read(typed: str, wanted: Wanted) -> None:
    assert read_wanted(typed) == wanted


def test_other_months_are_refused_with_those_there_are() -> None:
    with pytest.raises(RuleBroken, match="3, 6 or 12 months"):
        read_wanted("9m checkout")


def test_a_service_is_never_longer_than_one_can_be() -> None:
    assert len(read_wanted("x" * 500).scope.service) == 60


def test_the_running_quarter_is_the_last_and_ends_now() -> None:
    found = quarters_until(WINDOW)
    assert len(found) == QUARTERS
    assert [quarter.name for quarter, _ in found][0::4] == ["2025 Q4", "2026 Q4"]
    assert found[-1][1].until == NOW
    assert all(one.until == other.since for (_, one), (_, other) in pairwise(found))


def test_the_short_names_of_a_reports_quarters_differ() -> None:
    found = quarter_by_quarter(Repeats(), Completion())
    assert [each.label for each in found] == [
        *("2025 Q4", "2026 Q1", "2026 Q2", "2026 Q3", "Q4 so far")
    ]


def test_in_the_first_minute_of_a_quarter_it_is_empty() -> None:
    begins = quarters_until(WINDOW)[-1][1].since
    quarter, window = quarters_until(replace(WINDOW, until=begins))[-1]
    assert quarter.name == "2026 Q4"
    assert window.since == window.until
