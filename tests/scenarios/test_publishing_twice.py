"""Publishing by two people, twice, or before its tier was raised; and a review that fell away."""

import pytest

from blocks.meetings import CLOSE_REVIEW, HAND_ON, START_REVIEW
from blocks.postmortems import OPEN_FACTS, OPEN_ROOT_CAUSE
from blocks.publishing import PUBLISH
from tests.scenarios.reviewing import DM, begun, called, told
from tests.scenarios.stage import CHANNEL, STARTED, Stage
from tests.scenarios.test_publishing import ANSWERS, CAUSE, announced, whole

TO_PARAGRAPH = {"tier_override": "3", "tier_reason": "A drill"}
TO_FULL = {"tier_override": "1", "tier_reason": "The board asked"}


async def paragraph(slack: Stage, *responders: str) -> None:
    """Start a tier 3 postmortem with all that it needs."""
    people = [slack.id_of(name) for name in responders]
    await slack.started(severity="P3", responders=people, recovered_at=STARTED)
    await completed(slack)


async def completed(slack: Stage) -> None:
    """Fill in what a paragraph needs."""
    await slack.saved("ana", OPEN_ROOT_CAUSE, root_cause=CAUSE, classes=["4"])
    await slack.promised()


async def test_of_two_who_publish_the_second_is_told_and_keeps_their_words(slack: Stage) -> None:
    await paragraph(slack, "ana", "bob")
    bobs = (await slack.opened("bob", PUBLISH)).fill(**ANSWERS | {"more_likely": "Another."})
    await slack.saved("ana", PUBLISH, **ANSWERS)
    answer = await bobs.submit()
    assert "PM-1 is published already." in "".join(answer.errors.values())
    assert bobs.values["more_likely"]["value"]["value"] == "Another."


async def test_an_old_button_says_that_it_is_published(slack: Stage) -> None:
    await paragraph(slack, "ana", "bob")
    await slack.person("bob").command(CHANNEL, "/postmortem")
    await slack.person("bob").modal("Postmortem PM-1")
    await slack.saved("ana", PUBLISH, **ANSWERS)
    await slack.person("bob").press(action_id=PUBLISH)
    assert "press Edit there" in await slack.told("bob", "PM-1 is published already", DM)


async def test_where_nobody_is_named_the_refusal_says_what_to_do(slack: Stage) -> None:
    await paragraph(slack)
    await slack.person("bob").click(CHANNEL, action_id=PUBLISH)
    assert "name who responded" in await slack.told("bob", "Only responders publish this.")


async def test_publishing_a_paragraph_signs_no_review_off(slack: Stage) -> None:
    await begun(slack)
    await slack.saved("ana", OPEN_FACTS, recovered_at=STARTED, **TO_PARAGRAPH)
    await completed(slack)
    await slack.saved("ana", PUBLISH, **ANSWERS)
    assert await slack.count("record WHERE event = 'signed off'") == 0
    await slack.saved("ana", OPEN_FACTS, **TO_FULL)
    assert "*Review* under way" in slack.card().words()


@pytest.mark.parametrize("mode", ["socket", "http"], indirect=True)
async def test_what_was_published_as_a_paragraph_is_reviewed_and_amended(slack: Stage) -> None:
    await begun(slack)
    await slack.saved("ana", OPEN_FACTS, recovered_at=STARTED, **TO_PARAGRAPH)
    await completed(slack)
    await slack.saved("ana", PUBLISH, **ANSWERS)
    await slack.saved("ana", OPEN_FACTS, severity="P2", tier_override="2", tier_reason="Seen twice")
    await whole(slack)
    await announced(slack)
    await slack.saved("freya", CLOSE_REVIEW, DM, **ANSWERS)
    assert "*Review* signed off by" in slack.card().words()
    assert "closing questions" in slack.card().words()
    assert len(slack.posted("summary", "#general")) == 1


async def test_the_chair_is_told_that_a_review_fell_away_and_came_back(slack: Stage) -> None:
    await called(slack)
    await slack.saved("bob", OPEN_FACTS, **TO_PARAGRAPH)
    assert "PM-1 is tier 3 now, which has no review." in told(slack, "freya").words()
    await slack.saved("bob", OPEN_FACTS, **TO_FULL)
    assert "You chair the review of PM-1" in told(slack, "freya").words()


async def test_a_review_that_fell_away_cannot_be_passed_on(slack: Stage) -> None:
    await called(slack)
    form = (await slack.opened("freya", HAND_ON, DM)).fill(facilitator=slack.id_of("lena"))
    await slack.saved("bob", OPEN_FACTS, **TO_PARAGRAPH)
    assert "has no review" in (await form.submit()).errors["facilitator"]


async def test_a_window_that_cannot_be_redrawn_starts_the_review_all_the_same(slack: Stage) -> None:
    await called(slack)
    await slack.run_sql("DELETE FROM responder")
    await slack.person("freya").join(CHANNEL)
    await slack.person("freya").command(CHANNEL, "/postmortem")
    await slack.person("freya").modal("Postmortem PM-1")
    slack.sandbox.faults.broken("views.update", 500, times=5)
    await slack.person("freya").press(action_id=START_REVIEW)
    await slack.settled()
    slack.sandbox.faults.clear()
    assert "under way since" in slack.card().words()
    assert "Something went wrong" not in str(slack.person("freya").messages(DM))
