"""The lessons and the notes, through their forms."""

from blocks.lessons import OPEN_LESSONS
from blocks.notes import OPEN_NOTES, READ_NOTES
from domain.passages import Passage
from storage import passages
from tests.scenarios.stage import CHANNEL, Stage

LESSONS = {
    "went_well": "The alert named the tenant\nNobody had to search",
    "went_wrong": "The status page said that all was well",
    "lessons": "One limit for all belongs to nobody",
}


async def noted(slack: Stage, notes: str) -> None:
    """Start a postmortem that has notes, as an imported one may, and show them on its card."""
    await slack.started()
    async with slack.bot.database.sessions.begin() as session:
        await passages.write(session, slack.sandbox.workspace.team_id, 1, {Passage.NOTES: notes})
    await slack.saved("ana", OPEN_LESSONS, lessons="One limit for all")


async def test_lessons_are_kept_and_their_first_lines_shown(slack: Stage) -> None:
    await slack.started()
    assert "what went well, what went wrong, lessons" in slack.card().words()
    await slack.saved("ana", OPEN_LESSONS, **LESSONS)
    assert "_What went well:_ The alert named the tenant …" in slack.card().words()
    assert "what went well, what went wrong" not in slack.card().words()
    form = await slack.opened("bob", OPEN_LESSONS)
    assert form.values["went_well"]["value"]["value"] == LESSONS["went_well"]


async def test_two_people_writing_lessons_lose_nothing(slack: Stage) -> None:
    await slack.started()
    bobs = await slack.opened("bob", OPEN_LESSONS)
    await slack.saved("ana", OPEN_LESSONS, **LESSONS)
    assert not (await bobs.fill(lessons="Bob's lesson").submit()).closed
    assert ">Lessons: One limit for all belongs to nobody" in bobs.text()
    assert (await bobs.submit()).closed
    await slack.settled()
    assert "_Lessons:_ Bob's lesson" in slack.card().words()


async def test_words_worth_a_second_look_are_hinted_at_and_can_be_kept(slack: Stage) -> None:
    await slack.started()
    form = (await slack.opened("ana", OPEN_LESSONS)).fill(lessons="We should have been careful")
    assert not (await form.submit()).closed
    assert ":bulb:" in form.text()
    assert (await form.submit()).closed


async def test_notes_are_read_in_a_window_and_changed_in_a_form(slack: Stage) -> None:
    await noted(slack, "# Old\n\nA table of <numbers> & more")
    bob = slack.person("bob")
    await bob.click(CHANNEL, action_id=READ_NOTES)
    window = await bob.modal("PM-1 · Notes")
    assert "A table of <numbers> & more" in window.text()
    await bob.press(action_id=OPEN_NOTES)
    form = await bob.modal("PM-1 · Edit notes")
    assert (await form.fill(notes="Shorter\n\nnow").submit()).closed
    await slack.settled()
    assert "*Notes* · 12 characters" in slack.card().words()


async def test_two_people_changing_the_notes_see_each_other(slack: Stage) -> None:
    await noted(slack, "Old")
    forms = []
    for name in ("ana", "bob"):
        await slack.person(name).click(CHANNEL, action_id=READ_NOTES)
        await slack.person(name).modal("PM-1 · Notes")
        await slack.person(name).press(action_id=OPEN_NOTES)
        forms.append(await slack.person(name).modal("PM-1 · Edit notes"))
    assert (await forms[0].fill(notes="Ana's notes").submit()).closed
    assert not (await forms[1].fill(notes="Bob's notes").submit()).closed
    assert ">Ana's notes" in forms[1].text()
