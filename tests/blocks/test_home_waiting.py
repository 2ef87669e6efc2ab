"""What waits for the reader of a Home, each with the way to see to it."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from blocks.home_waiting import waiting_blocks
from blocks.parts import Block
from domain.home import Waits
from domain.reviews import Stage
from tests.blocks.home_samples import CHAIRED, LATER, NOW, OWED, REVIEW, WAITS, home, texts
from tests.blocks.test_digests import kept


def said_of(**waits: Any) -> list[Block]:
    return waiting_blocks(home(waits=Waits(**waits)))


def words(blocks: list[Block]) -> str:
    return "\n".join(texts({"blocks": blocks}))


def test_nothing_is_said_where_nothing_waits() -> None:
    assert said_of() == []


def test_what_somebody_is_asked_to_take_on_has_its_answers() -> None:
    asked = kept(due_on=LATER, owner="U1", proposed_owner="U9", proposed_by="U2")
    blocks = waiting_blocks(home(waits=Waits(asked=[asked]), reader="U9"))
    _title, heading, question, answers = blocks
    assert heading["text"]["text"] == ":raising_hand: *Waiting for your answer*"
    assert "<@U2> asks you to take it on · due 17 Jan 2027" in question["text"]["text"]
    labels = [each["text"]["text"] for each in answers["elements"]]
    assert labels == ["I take it on", "I cannot", "Open"]


def test_a_risk_that_somebody_else_named_the_reader_for_can_be_confirmed() -> None:
    *_, line, answers = said_of(to_confirm=WAITS.to_confirm)
    assert "instead of PM-1/2 · until 17 Jan 2027" in line["text"]["text"]
    labels = [each["text"]["text"] for each in answers["elements"]]
    assert labels == ["I accept it", "I do not: reopen it", "Open"]


def test_a_timeline_is_read_before_it_is_agreed_to() -> None:
    *_, line = said_of(owed=[OWED], owed_total=1)
    assert "*PM-3* Checkout latency · <#C3>" in line["text"]["text"]
    assert line["accessory"]["text"]["text"] == "Read and agree"
    assert line["accessory"]["accessibility_label"] == "Read the timeline of PM-3"


def test_risks_say_whether_their_date_has_come() -> None:
    text = words(said_of(ran_out=WAITS.ran_out, running_out=WAITS.running_out))
    assert "ran out yesterday" in text
    assert "runs out on 17 Dec 2026" in text


@pytest.mark.parametrize(
    ("began", "stage", "says"),
    [
        (None, Stage.CALLED, "it begins by itself"),
        (NOW - timedelta(hours=1), Stage.UNDER_WAY, "walk it in its thread"),
    ],
)
def test_whoever_chairs_the_monthly_review_reads_how_far_it_is(
    began: Any, stage: Stage, says: str
) -> None:
    review = replace(REVIEW, started_at=began)
    assert review.stage is stage
    text = words(said_of(monthly=review))
    assert "*Monthly review of 8 Dec 2026* · <#C7>" in text
    assert says in text


def test_reviews_of_incidents_and_of_quarters_are_named_too() -> None:
    text = words(said_of(chairs=[CHAIRED], chairs_total=3, quarterly=WAITS.quarterly))
    assert "*PM-4* Login loop · <#C4>\nReview, tier 1" in text
    assert "start it when everybody is there" in text
    assert "*Meta-review of 2026 Q3* · <#C7>" in text
    assert "… and 2 more: the messages that asked you to chair have their buttons." in text


def test_a_review_under_way_is_to_be_closed() -> None:
    begun = replace(CHAIRED, meeting=replace(CHAIRED.meeting, started_at=NOW))
    assert "under way: close it when it is through" in words(said_of(chairs=[begun]))


def test_titles_are_shown_and_not_obeyed() -> None:
    typed = "<!channel> *now*\n<@U9> <https://evil.example|open>"
    blocks = said_of(owed=[replace(OWED, title=typed)], chairs=[replace(CHAIRED, title=typed)])
    assert words(blocks).count("&lt;!channel&gt; *now* &lt;@U9&gt; &lt;https") == 2
