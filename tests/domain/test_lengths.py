"""How long something took, in words."""

import pytest

from domain.lengths import length


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        *((0, "under a minute"), (59.5, "under a minute"), (240, "4 min"), (3600, "1 h")),
        *((4320, "1 h 12 min"), (86400, "1 d"), (86400 + 120, "1 d 2 min"), (183600, "2 d 3 h")),
    ],
)
def test_lengths_have_two_units(seconds: float, words: str) -> None:
    assert length(seconds) == words
