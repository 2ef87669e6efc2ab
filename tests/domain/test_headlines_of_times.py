"""Times in words: the median and the mean, of how many, and how the median moved."""

from dataclasses import replace

import pytest

from domain import headlines
from domain.measures import Durations
from tests.reporting import LASTED

SLOWER = replace(LASTED, median=360.0, unknown=0)


@pytest.mark.parametrize(
    ("now", "before", "sentence"),
    [
        (
            LASTED,
            SLOWER,
            (
                "Time to detect: median 4 min, mean 1 h 12 min, of 20 incidents; the median is "
                "down from 6 min. 3 do not say."
            ),
        ),
        (
            SLOWER,
            LASTED,
            (
                "Time to detect: median 6 min, mean 1 h 12 min, of 20 incidents; the median is up "
                "from 4 min."
            ),
        ),
        (
            SLOWER,
            SLOWER,
            (
                "Time to detect: median 6 min, mean 1 h 12 min, of 20 incidents; the median is as "
                "before."
            ),
        ),
        (
            SLOWER,
            replace(LASTED, known=4),
            "Time to detect: median 6 min, mean 1 h 12 min, of 20 incidents.",
        ),
        (
            Durations(known=1, total=30, median=30.0, unknown=1),
            Durations(),
            (
                "Time to detect: median under a minute, mean under a minute, of 1 incident. 1 does "
                "not say."
            ),
        ),
        (Durations(unknown=2), LASTED, "Time to detect: 2 do not say."),
        (Durations(), LASTED, "Time to detect: no incident."),
    ],
)
def test_how_long_it_took(now: Durations, before: Durations, sentence: str) -> None:
    assert headlines.took("Time to detect", now, before) == sentence
