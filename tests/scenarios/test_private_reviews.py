"""Private incidents stay private: in messages to people, and where an import has no channel."""

import pytest

from blocks.agreements import AGREE, ASK
from blocks.find import OPEN_FOUND
from blocks.meetings import CALL_REVIEW, START_REVIEW
from blocks.postmortems import OPEN_TIMELINE
from domain.postmortems import Severity
from storage import postmortems, workspaces
from tests.scenarios.reviewing import DM, TEAM, told
from tests.scenarios.stage import CHANNEL, NOW, Stage
from tests.scenarios.test_settings import saved
from tests.storage.samples import FACTS

GENERAL = "#general"
PRIVATE = "#inc-auth-tokens"
SECRET = "Tokens of a customer leaked"


async def imported(slack: Stage, *, private: bool = True) -> None:
    """Let a postmortem have been imported: it has no channel."""
    async with slack.bot.database.sessions.begin() as session:
        await workspaces.ensure(session, TEAM)
        await postmortems.start(
            session,
            TEAM,
            channel=None,
            channel_name="",
            is_private=private,
            facts=FACTS,
            created_by="import",
            submission="",
            now=NOW,
        )


async def in_list(slack: Stage, name: str) -> str:
    """Open the only postmortem of the list, where there is one; what the window says."""
    person = slack.person(name)
    await person.command(GENERAL, "/postmortem list")
    window = await person.modal("Postmortems")
    await slack.settled()
    if "PM-1" in window.text():
        await person.press(action_id=OPEN_FOUND)
        await slack.settled()
        window = await person.modal()
    return window.text()


async def test_a_message_about_a_private_timeline_says_nothing_of_it(slack: Stage) -> None:
    responders = [slack.id_of(name) for name in ("ana", "bob")]
    await slack.started(channel=PRIVATE, title=SECRET, responders=responders)
    await slack.saved("ana", OPEN_TIMELINE, PRIVATE, entries="09:03 the dump was published")
    await slack.person("ana").click(PRIVATE, action_id=ASK)
    await slack.settled()
    said = told(slack, "bob").words()
    assert "*PM-1 · private*\nDo you agree with the timeline? 1 entry" in said
    assert SECRET not in said
    assert "Show me the timeline" not in said
    await slack.person("bob").click(DM, action_id=AGREE)
    await slack.settled()
    assert SECRET not in told(slack, "bob").words()


async def test_a_private_import_is_found_and_opened_by_the_programme_lead_alone(
    slack: Stage,
) -> None:
    await imported(slack)
    await saved(slack, lead=slack.id_of("lena"))
    assert "Nothing was found" in await in_list(slack, "ana")
    assert FACTS.title in await in_list(slack, "lena")


async def test_a_private_import_is_handed_over_to_the_programme_lead_alone(slack: Stage) -> None:
    await imported(slack)
    await saved(slack, lead=slack.id_of("lena"))
    for name in ("ana", "lena"):
        await slack.person(name).command(GENERAL, "/postmortem export PM-1")
        await slack.settled()
    assert "`/postmortem settings` says who" in await slack.told(
        "ana", "imported as private", GENERAL
    )
    files = slack.sandbox.workspace.files
    assert [each.name for each in files.values()] == ["PM-1.md"]


async def test_the_review_of_a_private_import_is_chaired_by_the_programme_lead(
    slack: Stage,
) -> None:
    await imported(slack)
    await saved(slack, lead=slack.id_of("lena"))
    await in_list(slack, "lena")
    await slack.person("lena").press(action_id=CALL_REVIEW)
    form = await slack.person("lena").modal("PM-1 · Review")
    errors = (await form.fill(facilitator=slack.id_of("freya")).submit()).errors
    assert "Only the programme lead may see it" in errors["facilitator"]
    assert (await form.fill(facilitator=slack.id_of("lena")).submit()).closed


@pytest.mark.parametrize("mode", ["socket", "http"], indirect=True)
async def test_the_agenda_of_an_import_goes_to_whoever_starts_its_review(slack: Stage) -> None:
    await imported(slack, private=False)
    await in_list(slack, "ana")
    await slack.person("ana").press(action_id=CALL_REVIEW)
    form = await slack.person("ana").modal("PM-1 · Review")
    assert (await form.fill(facilitator=slack.id_of("freya")).submit()).closed
    await slack.settled()
    assert "I send you its agenda" in told(slack, "freya").words()
    await slack.run_sql("DELETE FROM responder")
    await slack.person("freya").click(DM, action_id=START_REVIEW)
    await slack.settled()
    assert "This incident* · 30 min" in slack.person("freya").messages(DM)[-1].words()


async def test_more_words_than_can_be_looked_for_are_cut(slack: Stage) -> None:
    await slack.started(severity=Severity.P3)
    for word in ("search " + "checkout " * 300, "list " + "🔥" * 3000):
        await slack.person("bob").command(CHANNEL, f"/postmortem {word}")
        window = await slack.person("bob").modal("Postmortems")
        await slack.settled()
        await window.close()
