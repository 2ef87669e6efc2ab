"""How much was decided how, in words."""

import pytest

from domain.decisions import Decision
from domain.inherited import LineState
from domain.review_summary import ASKED, OfARisk, Tally


@pytest.mark.parametrize(
    ("event", "one", "two"),
    [
        (Decision.ACCEPT, "accepted as a risk", "accepted as risks"),
        (Decision.PROMOTE, "promoted to a project", "promoted to projects"),
        (Decision.RESCHEDULE, "moved", "moved"),
        (OfARisk.ENDED, "risk ended", "risks ended"),
        (LineState.ADOPTED, "inherited line adopted", "inherited lines adopted"),
        (LineState.DROPPED, "inherited line dropped", "inherited lines dropped"),
        (ASKED, "handover asked for", "handovers asked for"),
        ("something new", "something new", "something new"),
    ],
)
def test_one_is_counted_in_the_singular(event: str, one: str, two: str) -> None:
    for number, words in ((1, one), (2, two)):
        assert Tally(total=9, by_event={event: number}).in_order() == [(words, number)]
