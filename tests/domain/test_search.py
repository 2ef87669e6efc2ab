import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.search import TERMS_MAX, Wanted, excerpt, terms


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("  Pool  exhaustion ", ["pool", "exhaustion"]),
        ("PM-12", ["pm", "12"]),
        ("pool pool", ["pool"]),
        ("\"'; DROP TABLE--", ["drop", "table"]),
        ("🦆", []),
        ("a_b", ["a", "b"]),
        ("żółć", ["żółć"]),
    ],
)
def test_only_letters_and_digits_are_looked_for(words: str, expected: list[str]) -> None:
    assert terms(words) == expected


def test_no_more_words_are_looked_for_than_anybody_means() -> None:
    assert len(terms(" ".join(f"w{number}" for number in range(50)))) == TERMS_MAX


def test_an_excerpt_is_cut_around_the_first_word_found() -> None:
    text = "one two three " * 20 + "the pool was full " + "four five six " * 20

    cut = excerpt(text, ["pool"], 60)

    assert "the pool was full" in cut
    assert (cut[0], cut[-1]) == ("…", "…")
    assert len(cut) <= 60


def test_there_is_no_excerpt_where_nothing_was_found() -> None:
    assert excerpt("whirlpool", ["pool"], 60) == ""


@given(st.text(max_size=300), st.text(max_size=20), st.integers(10, 200))
def test_an_excerpt_never_is_too_long(text: str, words: str, most: int) -> None:
    assert len(excerpt(text, terms(words), most)) <= most


def test_the_first_page_has_none_before_it() -> None:
    assert Wanted().turned(-1) == Wanted()
    assert Wanted(page=1).turned(1).page == 2
