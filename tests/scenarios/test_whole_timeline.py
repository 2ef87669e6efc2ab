"""The window in which a whole timeline is read, from a button wherever it stands."""

from datetime import timedelta

from blocks.parts import actions
from blocks.whole_timeline import BACK_ENTRIES, NEXT_ENTRIES, READ_TIMELINE, read_button
from domain.timeline import TimelineEntry
from sandbox import Modal
from sandbox.posting import post
from storage import timeline
from tests.scenarios.stage import CHANNEL, STARTED, Stage


async def opened(slack: Stage, by: str = "ana", entries: int = 90) -> Modal:
    """Give the window somebody opens on a timeline of so many entries, an hour apart."""
    await slack.started()
    told = [
        TimelineEntry(at=STARTED + timedelta(hours=n), text=f"entry {n}.") for n in range(entries)
    ]
    workspace = slack.sandbox.workspace
    async with slack.bot.database.sessions.begin() as session:
        await timeline.replace(session, workspace.team_id, 1, told, by="U1", now=STARTED)
    place = workspace.channel(CHANNEL)
    post(
        workspace,
        place,
        workspace.app.bot_user,
        "x",
        blocks=[actions([read_button(1)]) | {"block_id": "b"}],
    )
    return await pressed(slack, by, READ_TIMELINE)


async def pressed(slack: Stage, by: str, button: str) -> Modal:
    person = slack.person(by)
    if button == READ_TIMELINE:
        await person.click(CHANNEL, action_id=button)
    else:
        await person.press(action_id=button)
    await slack.settled()
    return await person.modal()


async def test_all_of_it_can_be_read_page_by_page(slack: Stage) -> None:
    first = await opened(slack)
    assert "entry 0." in first.text()
    assert "Page 1 of 3" in first.text()
    assert "entry 40." in (await pressed(slack, "ana", NEXT_ENTRIES)).text()
    assert "entry 89." in (await pressed(slack, "ana", NEXT_ENTRIES)).text()
    assert "entry 79." in (await pressed(slack, "ana", BACK_ENTRIES)).text()


async def test_days_are_those_of_whoever_reads(slack: Stage) -> None:
    assert "Friday, 20 November 2026" in (await opened(slack, entries=3)).text()
    tokyo = await pressed(slack, "mei", READ_TIMELINE)
    assert "Friday, 20 November 2026" in tokyo.text()
    assert "Saturday, 21 November 2026" in tokyo.text()


async def test_a_page_that_does_not_exist_is_a_clear_sentence(slack: Stage) -> None:
    window = await opened(slack)
    for block in window.opened.blocks:
        for element in block.get("elements", []):
            element["value"] = "forged"
    await slack.person("ana").press(action_id=NEXT_ENTRIES)
    await slack.settled()
    assert "entry 0." in (await slack.person("ana").modal()).text()
