"""Edited lists keep the identity of what stays."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.lines import keep_identity

Line = tuple[str, int]


def kept(old: str, new: str) -> list[int]:
    """Return the ids of the new lines: an old line's place from 1, or 0."""
    lines = keep_identity(
        [(text, at) for at, text in enumerate(old.split(","), start=1)],
        [(text, 0) for text in new.split(",")],
        lambda line: line[0],
        lambda before, after: (after[0], before[1]),
        words=lambda line: line[0],
    )
    assert [text for text, _ in lines] == new.split(",")
    return [number for _, number in lines]


@pytest.mark.parametrize(
    ("old", "new", "ids"),
    [
        pytest.param("a,b,c", "a,b,c", [1, 2, 3], id="untouched"),
        pytest.param("a,b,c", "a,x,c", [1, 2, 3], id="reworded in its place"),
        pytest.param("a,b,c", "c,a,b", [3, 1, 2], id="moved"),
        pytest.param("a,b,c", "a,c", [1, 3], id="dropped"),
        pytest.param("a,b", "a,x,b,y", [1, 0, 2, 0], id="added"),
        pytest.param("a,a", "a,a,a", [1, 2, 0], id="repeated"),
        pytest.param("no alert on lag", "no alert on queue lag,retries", [1, 0], id="and added"),
        pytest.param("no alert,slow deploy", "very slow deploy", [2], id="and dropped"),
        pytest.param("no alert", "slow deploy,no retries at all", [0, 0], id="unlike"),
    ],
)
def test_a_line_is_known_again(old: str, new: str, ids: list[int]) -> None:
    assert kept(old, new) == ids


@given(st.lists(st.sampled_from("abcd"), max_size=8), st.lists(st.sampled_from("abcd"), max_size=8))
def test_no_line_is_adopted_twice_and_none_is_lost(old: list[str], new: list[str]) -> None:
    lines = keep_identity(
        [(text, at) for at, text in enumerate(old, start=1)],
        [(text, 0) for text in new],
        lambda line: line[0],
        lambda before, after: (after[0], before[1]),
    )
    ids = [number for _, number in lines if number]
    assert len(ids) == len(set(ids))
    assert [text for text, _ in lines] == new
