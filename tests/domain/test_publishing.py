from dataclasses import replace
from datetime import UTC, datetime

import pytest

from domain.errors import RuleBroken
from domain.meetings import Meeting
from domain.passages import CLOSING, Passage, check_closing, check_passages
from domain.postmortems import TEXT_MAX, Facts, Postmortem, Severity
from domain.programme import Programme
from domain.publishing import (
    Publication,
    audience,
    check_complete,
    check_may_close,
    check_unpublished,
)

NOW = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
FACTS = Facts(
    title="Latency", service="checkout", severity=Severity.P2, started_at=NOW, responders=("U1",)
)
PM = Postmortem(
    id=1,
    workspace="T1",
    number=1,
    channel="C1",
    channel_name="inc",
    is_private=False,
    facts=FACTS,
    root_cause="",
    created_by="U9",
    created_at=NOW,
)


def of_severity(severity: Severity) -> Postmortem:
    return replace(PM, facts=replace(FACTS, severity=severity))


PARAGRAPH = of_severity(Severity.P3)
CALLED = Meeting(facilitator="U5", called_by="U1", called_at=NOW)
STARTED = replace(CALLED, started_at=NOW)
SIGNED_OFF = replace(STARTED, signed_off_at=NOW)
PUBLISHED = Publication(published_by="U1", published_at=NOW)
PLACES = Programme(organisation_channel="C8", engineering_channel="C9")
FIELDS = {passage: passage.value for passage in Passage}


@pytest.mark.parametrize(
    ("postmortem", "meeting", "person", "why"),
    [
        (PM, None, "U5", "Press Call the review."),
        (PM, CALLED, "U5", "has not started yet"),
        (PM, STARTED, "U1", "Only the facilitator closes a review."),
        (PARAGRAPH, None, "U5", "Only responders publish this."),
    ],
)
def test_nobody_but_the_facilitator_closes_a_review(
    postmortem: Postmortem, meeting: Meeting | None, person: str, why: str
) -> None:
    with pytest.raises(RuleBroken, match=why):
        check_may_close(postmortem, meeting, person)


@pytest.mark.parametrize(
    ("postmortem", "meeting", "person"),
    [(PM, STARTED, "U5"), (PARAGRAPH, None, "U1"), (PARAGRAPH, None, "U9")],
)
def test_who_may_close_is_let(postmortem: Postmortem, meeting: Meeting | None, person: str) -> None:
    check_may_close(postmortem, meeting, person)


def test_what_is_missing_is_named_before_publishing() -> None:
    check_complete([])
    with pytest.raises(RuleBroken, match=r"still missing is impact, timeline\. Fill that in"):
        check_complete(["impact", "timeline"])


@pytest.mark.parametrize(
    ("postmortem", "channel"),
    [
        (of_severity(Severity.P1), "C8"),
        (of_severity(Severity.P2), "C9"),
        (of_severity(Severity.P3), ""),
        (replace(of_severity(Severity.P1), is_private=True), ""),
    ],
)
def test_the_tier_says_where_it_is_announced_and_private_stays_private(
    postmortem: Postmortem, channel: str
) -> None:
    assert audience(postmortem, PLACES) == channel


@pytest.mark.parametrize("unanswered", CLOSING)
def test_each_of_the_three_questions_is_answered_before_publishing(unanswered: Passage) -> None:
    answers = dict.fromkeys(CLOSING, "Yes.") | {unanswered: "  "}

    with pytest.raises(RuleBroken, match="one sentence will do") as refused:
        check_closing(answers, FIELDS)

    assert refused.value.field == FIELDS[unanswered]


def test_an_answer_has_a_longest_length_and_notes_have_more() -> None:
    long = "x" * (TEXT_MAX + 1)
    check_passages({Passage.NOTES: long}, FIELDS)

    with pytest.raises(RuleBroken, match="3,001 characters are too many"):
        check_passages({Passage.LESSONS: long}, FIELDS)


@pytest.mark.parametrize(
    ("postmortem", "meeting"),
    [(PARAGRAPH, None), (PARAGRAPH, STARTED), (PM, CALLED), (PM, SIGNED_OFF)],
)
def test_what_is_published_is_not_published_again(
    postmortem: Postmortem, meeting: Meeting | None
) -> None:
    check_unpublished(postmortem, meeting, None)
    with pytest.raises(RuleBroken, match=r"published already\. .*: press Edit there"):
        check_unpublished(postmortem, meeting, PUBLISHED)


def test_a_review_that_began_after_publishing_is_still_closed() -> None:
    check_unpublished(PM, STARTED, PUBLISHED)


def test_where_no_responder_is_named_it_is_said_how_to_name_one() -> None:
    nobody = replace(PARAGRAPH, facts=replace(PARAGRAPH.facts, responders=()))

    with pytest.raises(RuleBroken, match="press Edit beside the facts and name who responded"):
        check_may_close(nobody, None, "U7")
