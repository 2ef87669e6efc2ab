"""Closing a review: three questions, a canvas, a summary, and what is changed afterwards."""

from dataclasses import replace

import pytest

from blocks.meetings import CLOSE_REVIEW
from blocks.postmortems import OPEN_FACTS, OPEN_ROOT_CAUSE
from blocks.publishing import HAND_OVER, PUBLISH
from sandbox.canvases import Canvas
from storage import workspaces
from tests.scenarios.reviewing import DM, TEAM, begun
from tests.scenarios.stage import CHANNEL, STARTED, Stage

ANSWERS = {
    "had_to_be_true": "The pool grows with the load.",
    "verifiable": "Yes, by the log of the drill.",
    "more_likely": "A failover of search.",
}
CAUSE = "The pool was sized for one region."


async def whole(slack: Stage, severity: str = "P2") -> None:
    """Fill in all that tier 2 or 3 asks for."""
    await slack.saved("ana", OPEN_FACTS, impact="A fifth failed.", recovered_at=STARTED)
    if severity == "P2":
        await slack.saved("ana", OPEN_FACTS, severity="P2")
    await slack.saved("ana", OPEN_ROOT_CAUSE, root_cause=CAUSE, classes=["4"])
    for number in range(2 if severity == "P2" else 1):
        await slack.promised(what=f"Drain connections {number}")


async def announced(slack: Stage) -> None:
    """Say that both tiers are announced in #general."""
    general = slack.sandbox.workspace.channel("#general").id
    async with slack.bot.database.sessions.begin() as session:
        programme = await workspaces.programme(session, TEAM)
        named = replace(programme, organisation_channel=general, engineering_channel=general)
        await workspaces.change_programme(session, TEAM, named)


async def closed(slack: Stage) -> None:
    """Let Freya close the review, from the message about her role."""
    await slack.saved("freya", CLOSE_REVIEW, DM, **ANSWERS)


def canvases(slack: Stage) -> list[Canvas]:
    return list(slack.sandbox.workspace.canvases.values())


async def published(slack: Stage) -> None:
    await begun(slack)
    await whole(slack)
    await announced(slack)
    await closed(slack)


@pytest.mark.parametrize("mode", ["socket", "http"], indirect=True)
async def test_what_is_signed_off_has_a_canvas_and_a_summary(slack: Stage) -> None:
    await published(slack)

    (canvas,) = canvases(slack)
    assert canvas.markdown.startswith("# PM-1 · Checkout latency")
    assert "The pool grows with the load." in canvas.markdown
    (said,) = slack.posted("summary", "#general")
    assert "1 earlier" not in said.words()
    assert CAUSE in said.words()
    assert f"Published <!date^{int(slack.clock.now().timestamp())}" in slack.card().words()


async def test_only_the_facilitator_closes_a_review(slack: Stage) -> None:
    await begun(slack)
    await whole(slack)

    await slack.person("ana").click(CHANNEL, action_id=CLOSE_REVIEW)
    await slack.settled()

    assert "Only the facilitator closes a review." in await slack.told(
        "ana", "Only the facilitator"
    )
    assert canvases(slack) == []


async def test_what_the_tier_still_asks_for_is_named_first(slack: Stage) -> None:
    await begun(slack)

    await slack.person("freya").click(DM, action_id=CLOSE_REVIEW)
    await slack.settled()

    said = await slack.told("freya", "Not yet: still missing is", DM)
    assert "impact" in said
    assert "Fill that in" in said


async def test_a_change_after_publishing_is_told_and_reaches_every_reader(slack: Stage) -> None:
    await published(slack)

    await slack.saved("ana", OPEN_ROOT_CAUSE, root_cause="The pool was never sized at all.")

    assert "amended once, last" in slack.card().words()
    assert "never sized at all" in canvases(slack)[0].markdown
    assert "never sized at all" in slack.posted("summary", "#general")[0].words()
    assert len(canvases(slack)) == 1
    assert await slack.count("record WHERE event = 'amended'") == 1


async def test_a_second_press_publishes_once(slack: Stage) -> None:
    await begun(slack)
    await whole(slack)
    form = (await slack.opened("freya", CLOSE_REVIEW, DM)).fill(**ANSWERS)

    answers = await slack.at_once(form.submit(), form.send())
    await slack.settled()

    assert [answer.closed for answer in answers] == [True, True]
    assert await slack.count("publication") == 1
    assert len(canvases(slack)) == 1


async def test_a_paragraph_is_published_by_a_responder_in_its_channel_alone(slack: Stage) -> None:
    await slack.started(severity="P3", responders=[slack.id_of("ana")], recovered_at=STARTED)
    await slack.saved("ana", OPEN_ROOT_CAUSE, root_cause=CAUSE, classes=["4"])
    await slack.promised()
    await announced(slack)

    await slack.saved("ana", PUBLISH, **ANSWERS)

    assert len(canvases(slack)) == 1
    assert slack.posted("summary", "#general") == []


async def test_an_answer_that_stops_at_a_person_gets_a_hint_and_is_kept(slack: Stage) -> None:
    await begun(slack)
    await whole(slack)
    form = await slack.opened("freya", CLOSE_REVIEW, DM)

    first = await form.fill(**ANSWERS | {"had_to_be_true": "Bob forgot to look."}).submit()

    assert not first.closed
    assert "“Bob forgot”" in form.text()
    assert (await form.submit()).closed


async def test_whoever_asks_gets_the_markdown_file(slack: Stage) -> None:
    await slack.started()

    await slack.person("bob").click(CHANNEL, action_id=HAND_OVER)
    await slack.settled()
    await slack.person("mei").command(CHANNEL, "/postmortem export")
    await slack.settled()

    assert names_of_files(slack, "bob") == names_of_files(slack, "mei") == ["PM-1.md"]
    for name in ("bob", "mei"):
        assert await slack.told(name, "Sent to you") == "Sent to you as a direct message: PM-1.md."


async def test_a_private_postmortem_is_handed_to_its_members_only(slack: Stage) -> None:
    await slack.started("ana", "#inc-auth-tokens")

    await slack.person("bob").command(CHANNEL, "/postmortem export PM-1")
    await slack.settled()

    assert "belongs to a private channel" in await slack.told("bob", "This postmortem belongs")
    assert names_of_files(slack, "bob") == []


@pytest.mark.parametrize("words", ["PM-9", "everything", ""])
async def test_an_export_of_nothing_says_what_to_write(slack: Stage, words: str) -> None:
    await slack.person("bob").command("#general", f"/postmortem export {words}")
    await slack.settled()

    assert "PM-12" in await slack.told("bob", "I do not know which postmortem", "#general")


def names_of_files(slack: Stage, name: str) -> list[str]:
    files = slack.sandbox.workspace.files
    said = slack.person(name).messages(DM)
    return [files[file].name for one in said for file in one.files]
