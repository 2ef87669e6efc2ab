"""What is offered beside what is ticked: words that tell how it goes, and all where little is."""

import pytest

from domain.candidates import noteworthy, of_others
from domain.proposals import read_on
from tests.domain.test_candidates import MARKS, US, by_app, one, proposed, said


@pytest.mark.parametrize(
    "text",
    [
        "rolling it back",
        "Rolling back to 4.1",
        "stopping the import",
        "restarting db-2",
        "p99 is falling",
        "the queue falls",
        "errors are down to 2 %",
        "db-2 is recovering",
    ],
)
def test_words_that_tell_how_it_goes_are_proposed_unticked(text: str) -> None:
    found = one(said(3, text))
    (again,) = read_on([found])

    assert (found.milestone, found.is_sure, again.is_sure) == (None, False, False)
    assert proposed(said(3, f"should we try {text}?")) == []


def test_where_little_was_said_all_of_it_can_be_offered_unticked() -> None:
    messages = [
        said(1, "hello"),
        said(2, "recovered"),
        said(3, "<@U1ADA> has joined", subtype="channel_join"),
        by_app(4, "ours", user="U0US"),
    ]
    found = noteworthy(messages, MARKS, every_one=True)

    assert [(each.text, each.is_sure) for each in found] == [("hello", False), ("recovered", True)]
    assert of_others(messages, US) == messages[:2]
