"""The review on the card, the forms of its chair, and what the chair is told."""

from dataclasses import replace
from datetime import timedelta

import pytest

from blocks.facilitators import (
    call_modal,
    chair_message,
    pass_on_modal,
    read_chair,
    relieved_message,
)
from blocks.limits import check_message, check_view
from blocks.meetings import (
    CALL_REVIEW,
    CLOSE_REVIEW,
    HAND_ON,
    START_REVIEW,
    meeting_blocks,
    read_start_review,
    start_modal,
)
from blocks.parts import Block, Message
from domain.meetings import Meeting, Turn
from domain.postmortems import Severity
from domain.record import Event, RecordEntry
from tests.blocks.samples import POSTMORTEM, STARTED, marked_up, submitted, titled

CALLED = Meeting(facilitator="UFREYA", called_by="U1ADA", called_at=STARTED)
BEGUN = replace(CALLED, started_at=STARTED + timedelta(days=1))
CLOSED = replace(BEGUN, signed_off_at=STARTED + timedelta(days=2))
PASSED = RecordEntry(actor="UFREYA", at=STARTED, event=Event.PASSED_ON, reason="On <leave>")
HOSTILE = "<!channel> & *_~` " * 200


def words(blocks: list[Block]) -> str:
    return "\n".join(marked_up(blocks))


def offered(blocks: list[Block]) -> list[str]:
    """The buttons, by what they do; each of them names the postmortem."""
    found = [
        part
        for block in blocks
        for part in [*block.get("elements", []), block.get("accessory", {})]
        if part.get("type") == "button"
    ]
    assert {part["value"] for part in found} <= {"41"}
    return [part["action_id"] for part in found]


@pytest.mark.parametrize(
    ("meeting", "said", "buttons"),
    [
        (None, "Nobody has called it yet", [CALL_REVIEW]),
        (CALLED, "chaired by <@UFREYA>, called by <@U1ADA>", [START_REVIEW, HAND_ON]),
        (BEGUN, "under way since <!date^", [CLOSE_REVIEW, HAND_ON]),
        (CLOSED, "signed off by <@UFREYA>", []),
    ],
)
def test_the_card_says_how_far_the_review_is(
    meeting: Meeting | None, said: str, buttons: list[str]
) -> None:
    blocks = meeting_blocks(POSTMORTEM, meeting)
    assert said in words(blocks)
    assert offered(blocks) == buttons


def test_a_tier_without_a_review_shows_none() -> None:
    assert meeting_blocks(titled(severity=Severity.P3), CALLED) == []


@pytest.mark.parametrize("meeting", [CALLED, BEGUN])
def test_when_the_chair_has_left_only_passing_on_is_offered(meeting: Meeting) -> None:
    blocks = meeting_blocks(POSTMORTEM, meeting, chair_has_left=True)
    assert "<@UFREYA> has left the workspace. <@U1ADA>, pass the chair on." in words(blocks)
    assert offered(blocks) == [HAND_ON]


def test_a_review_without_everybodys_agreement_says_why() -> None:
    blocks = meeting_blocks(POSTMORTEM, replace(BEGUN, without="<!here> Bob is on leave"))
    assert "because:_ &lt;!here&gt; Bob is on leave" in words(blocks)


def test_the_form_says_why_this_person_is_suggested() -> None:
    first = call_modal(POSTMORTEM, Turn(person="UFREYA"), [], [])
    again = call_modal(POSTMORTEM, Turn(person="UFREYA", last=STARTED), [], [])
    nobody = call_modal(POSTMORTEM, None, [], [])

    assert "<@UFREYA>, who has not chaired yet." in words(first["blocks"])
    assert "longest since last time, <!date^" in words(again["blocks"])
    assert "choose any peer" in words(nobody["blocks"])
    assert read_chair(submitted(nobody)).facilitator == ""


def test_what_is_missing_is_said_and_stops_nobody() -> None:
    gaps, waiting = ["impact"], [f"U{n}" for n in range(60)]
    view = check_view(call_modal(POSTMORTEM, Turn(person="UFREYA"), gaps, waiting))
    said = words(view["blocks"])
    assert "Still missing for this tier: impact." in said
    assert "<@U14> and 45 more" in said
    assert "You can call it now" in said
    assert "You can call it now" not in words(call_modal(POSTMORTEM, None, [], [])["blocks"])


def test_the_form_that_passes_on_remembers_who_chaired() -> None:
    view = check_view(pass_on_modal(POSTMORTEM, CALLED, Turn(person="ULENA")))
    request = read_chair(submitted(view, {"reason": "  On leave "}))
    assert (request.postmortem_id, request.chair) == (41, "UFREYA")
    assert request.reason == "On leave"
    assert read_chair(submitted(view)).facilitator == "ULENA"


def test_starting_early_names_who_has_not_agreed_and_asks_why() -> None:
    view = check_view(start_modal(POSTMORTEM, ["U1ADA", "U2BEN"]))
    assert "<@U1ADA> <@U2BEN>" in words(view["blocks"])
    assert read_start_review(submitted(view, {"without": " On leave "})) == (41, "On leave")


def said_by(message: Message) -> str:
    return words(check_message(message)["blocks"])


def test_the_chair_is_told_the_role() -> None:
    message = chair_message(POSTMORTEM, CALLED)
    said = said_by(message)
    for part in ("*what* and *how*, not *who*", "Voice no solution", "10 minutes", "yourself"):
        assert part in said
    assert "<#C1INC> · tier 2" in said
    assert "<@U1ADA> called it." in said
    assert offered(message["blocks"]) == [START_REVIEW, HAND_ON]
    assert message["text"] == "You chair the review of PM-7, Checkout latency above 8 s"


def test_whoever_it_was_passed_on_to_hears_from_whom_and_why() -> None:
    said = said_by(chair_message(POSTMORTEM, CALLED, PASSED))
    assert "<@UFREYA> passed it on to you." in said
    assert ">On &lt;leave&gt;" in said


def test_the_message_of_the_chair_follows_the_review() -> None:
    assert offered(chair_message(POSTMORTEM, BEGUN)["blocks"]) == [CLOSE_REVIEW, HAND_ON]
    assert "signed it off. Thank you." in said_by(chair_message(POSTMORTEM, CLOSED))
    assert offered(chair_message(POSTMORTEM, CLOSED)["blocks"]) == []
    without = titled(severity=Severity.P3)
    assert "which has no review" in said_by(chair_message(without, CALLED))
    assert relieved_message(POSTMORTEM, CALLED)["text"] == (
        "<@UFREYA> chairs the review of PM-7 instead. Thank you."
    )


def test_hostile_words_obey_slacks_limits_and_mention_nobody() -> None:
    postmortem = titled(title=HOSTILE[:150])
    passed = replace(PASSED, reason=HOSTILE[:500])
    message = chair_message(postmortem, CALLED, passed)
    blocks = meeting_blocks(postmortem, replace(BEGUN, without=HOSTILE[:500]))
    assert "<!channel>" not in said_by(message) + words(blocks) + message["text"]
