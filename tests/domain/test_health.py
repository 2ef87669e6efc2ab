"""The numbers of a Home are kept and read again as they were."""

from datetime import UTC, date, datetime
from json import dumps, loads
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from domain.health import Table, from_json, health_of, to_json, windows_of
from domain.measures import Completion, OpenItems, Repeats

ZONES = st.sampled_from(["UTC", "Europe/Oslo", "America/New_York", "Asia/Kolkata"])
INSTANTS = st.datetimes(
    min_value=datetime(2024, 1, 1),  # noqa: DTZ001 - hypothesis wants it so, and adds the zone
    max_value=datetime(2030, 1, 1),  # noqa: DTZ001
    timezones=st.just(UTC),
)
NUMBERS = st.integers(0, 400_000)
REPEATS = st.builds(Repeats, repeats=NUMBERS, tagged=NUMBERS, untagged=NUMBERS)
KEPT = st.builds(Completion, due=NUMBERS, by_date=NUMBERS, later=NUMBERS, waits=NUMBERS)
OPEN = st.dictionaries(st.tuples(st.integers(0, 3), st.integers(0, 3)), NUMBERS)
TABLE = st.none() | st.builds(
    Table,
    due_on=st.dates(date(2024, 1, 1), date(2030, 1, 1)),
    total=NUMBERS,
    undecided=NUMBERS,
    settled=NUMBERS,
)
SEVEN = 7


@given(
    INSTANTS,
    ZONES,
    st.lists(REPEATS, min_size=SEVEN, max_size=SEVEN),
    st.lists(KEPT, min_size=SEVEN, max_size=SEVEN),
    OPEN,
    TABLE,
)
def test_what_is_kept_is_read_again(
    now: datetime,
    zone: str,
    repeats: list[Repeats],
    kept: list[Completion],
    counts: dict[tuple[int, int], int],
    table: Table | None,
) -> None:
    windows = windows_of(now, ZoneInfo(zone))
    made = health_of(windows, repeats, kept, OpenItems(counts=counts), table)
    assert from_json(loads(dumps(to_json(made)))) == made


def test_what_an_older_version_has_kept_is_no_number() -> None:
    assert from_json({}) is None
    assert from_json({"version": 0}) is None
