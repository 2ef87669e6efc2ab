"""Milestones chosen by menu or written in brackets, and the window that shows all of a timeline."""

from datetime import timedelta

from blocks.milestones import OPEN_MILESTONES
from blocks.postmortems import OPEN_FACTS, OPEN_TIMELINE
from blocks.timeline import EARLIER_PART, LATER_PART
from domain.timeline import Milestone, TimelineEntry
from sandbox import Modal
from storage import timeline
from tests.scenarios.stage import CHANNEL, STARTED, Stage

LINES = "09:03 failover started\n09:07 first alert\n10:15 all clear"


async def entries(slack: Stage) -> list[TimelineEntry]:
    async with slack.bot.database.sessions() as session:
        return await timeline.entries(session, 1)


async def marked(slack: Stage) -> dict[Milestone, str]:
    return {one.milestone: one.text for one in await entries(slack) if one.milestone}


async def told(slack: Stage, lines: str = LINES) -> None:
    """Let there be a postmortem with a timeline."""
    await slack.started()
    await slack.saved("ana", OPEN_TIMELINE, entries=lines)


async def milestones(slack: Stage, by: str = "ana") -> Modal:
    await slack.opened(by, OPEN_TIMELINE)
    await slack.person(by).press(action_id=OPEN_MILESTONES)
    await slack.settled()
    return await slack.person(by).modal()


def chosen(form: Modal) -> dict[str, str]:
    return {
        name: block["value"]["selected_option"]["text"]["text"]
        for name, block in form.values.items()
        if block["value"]["selected_option"]["value"] != "0"
    }


async def id_of(slack: Stage, text: str) -> str:
    return str(next(one.id for one in await entries(slack) if one.text == text))


async def test_what_the_words_say_is_chosen_beforehand(slack: Stage) -> None:
    await told(slack)
    assert chosen(await milestones(slack)) == {
        "started": "09:03 failover started",
        "detected": "09:07 first alert",
        "all_clear": "10:15 all clear",
    }


async def test_saving_marks_the_entries_and_fills_in_the_facts(slack: Stage) -> None:
    await told(slack)
    form = (await milestones(slack)).fill(all_clear="0", recovered=await id_of(slack, "all clear"))
    assert (await form.submit()).closed
    await slack.settled()
    assert await marked(slack) == {
        Milestone.STARTED: "failover started",
        Milestone.DETECTED: "first alert",
        Milestone.RECOVERED: "all clear",
    }
    facts = await slack.opened("bob", OPEN_FACTS)
    over = STARTED + timedelta(minutes=72)
    assert facts.values["recovered_at"]["value"]["selected_date_time"] == over.timestamp()


async def test_a_milestone_typed_logged_or_added_fills_in_the_facts_too(slack: Stage) -> None:
    await told(slack, "09:07 [detected] first alert")
    assert "detected after" in slack.card().words()
    assert "recovered after" not in slack.card().words()
    await slack.person("ana").command(CHANNEL, "/postmortem log 2026-11-20 10:15 [recovered] back")
    await slack.settled()
    assert "recovered after 1 h 12 min" in slack.card().words()


async def test_a_start_that_is_still_the_alerts_moves_to_what_is_marked(slack: Stage) -> None:
    alert = STARTED + timedelta(minutes=4)
    await slack.started(started_at=alert, detected_at=alert)
    await slack.saved("ana", OPEN_TIMELINE, entries="09:03 failover\n09:07 [detected] alert")
    form = await milestones(slack)
    assert (await form.fill(started=await id_of(slack, "failover")).submit()).closed
    await slack.settled()
    assert "detected after 4 min" in slack.card().words()
    assert "different times" not in slack.card().words()


async def test_what_waited_for_the_postmortem_fills_in_its_facts(slack: Stage) -> None:
    await slack.person("ana").command(CHANNEL, "/postmortem log 2026-11-20 10:15 [recovered] back")
    await slack.started()
    assert "recovered after 1 h 12 min" in slack.card().words()


async def test_a_card_that_misses_milestones_leads_to_their_form(slack: Stage) -> None:
    await told(slack)
    form = await slack.opened("bob", OPEN_MILESTONES)
    first = await id_of(slack, "first alert")
    form.fill(detected=first, all_clear="0", recovered=await id_of(slack, "all clear"))
    assert (await form.submit()).closed
    await slack.settled()
    assert OPEN_MILESTONES not in str(slack.card().blocks)


async def test_an_impossible_order_is_refused_at_its_menu(slack: Stage) -> None:
    await told(slack)
    first, last = await id_of(slack, "failover started"), await id_of(slack, "all clear")
    form = (await milestones(slack)).fill(
        started=last, detected="0", recovered=first, all_clear="0"
    )
    answer = await form.submit()
    assert answer.errors["recovered"].startswith("“recovered” cannot come before “started”")
    assert await marked(slack) == {}


async def test_one_entry_cannot_be_two_milestones(slack: Stage) -> None:
    await told(slack)
    form = (await milestones(slack)).fill(acknowledged=await id_of(slack, "first alert"))
    assert "this one is chosen for “detected” too" in (await form.submit()).errors["acknowledged"]


async def test_a_milestone_can_be_taken_away(slack: Stage) -> None:
    await told(slack, "09:07 [detected] first alert\n09:09 looking")
    assert await marked(slack) == {Milestone.DETECTED: "first alert"}
    form = (await milestones(slack)).fill(detected="0", acknowledged="0")
    assert (await form.submit()).closed
    assert await marked(slack) == {}


async def test_two_people_who_choose_at_once_see_each_others_choice(slack: Stage) -> None:
    await told(slack)
    anas, bobs = await milestones(slack, "ana"), await milestones(slack, "bob")
    assert (await anas.submit()).closed
    assert not (await bobs.submit()).closed
    assert ">detected: 14:07 first alert" in bobs.text()
    assert (await bobs.submit()).closed


async def test_an_entry_that_is_gone_is_refused(slack: Stage) -> None:
    await told(slack)
    form = await milestones(slack)
    await slack.run_sql("DELETE FROM timeline_entry WHERE text = 'first alert'")
    assert "not in the timeline any more" in (await form.submit()).errors["detected"]


async def test_brackets_in_the_form_say_and_unsay_a_milestone(slack: Stage) -> None:
    await told(slack, "09:03 [Started] failover\n09:07 [detected] first alert")
    form = await slack.opened("ana", OPEN_TIMELINE)
    typed = "09:03 [started] failover\n09:07 [detected] first alert"
    assert form.values["entries"]["value"]["value"] == typed
    await form.fill(entries="09:03 [started] failover\n09:07 first alert").submit()
    assert await marked(slack) == {Milestone.STARTED: "failover"}


async def test_the_form_points_out_gaps_and_impossible_orders(slack: Stage) -> None:
    await told(slack, "09:03 [recovered] flapped\n09:07 [started] failover\n10:20 looked at it")
    words = (await slack.opened("ana", OPEN_TIMELINE)).text()
    assert "“recovered” cannot come before “started”" in words
    assert "What happened between" in words


async def test_what_is_typed_and_not_saved_is_never_lost(slack: Stage) -> None:
    await told(slack)
    form = (await slack.opened("ana", OPEN_TIMELINE)).fill(**{"entries.2": "10:20 one more"})
    await slack.person("ana").press(action_id=OPEN_MILESTONES)
    await slack.settled()
    assert (await slack.person("ana").modal()).title == "Save first"
    await (await slack.person("ana").modal()).close()
    assert (await form.submit()).closed
    assert len(await entries(slack)) == 4


async def long_timeline(slack: Stage) -> None:
    """Let there be a timeline of 300 entries in letters of six bytes, kept as it came."""
    await slack.started()
    told = [
        TimelineEntry(at=STARTED + timedelta(minutes=n), text=f"{n} " + "\u05d0" * 250)
        for n in range(300)
    ]
    async with slack.bot.database.sessions.begin() as session:
        team = slack.sandbox.workspace.team_id
        await timeline.replace(session, team, 1, told, by="U1", now=STARTED)


async def turned(slack: Stage, button: str) -> Modal:
    await slack.person("ana").press(action_id=button)
    await slack.settled()
    return await slack.person("ana").modal()


async def test_a_timeline_too_long_for_one_form_is_edited_in_parts(slack: Stage) -> None:
    await long_timeline(slack)
    before = [one.text for one in await entries(slack)]
    await slack.opened("ana", OPEN_TIMELINE)
    form = await turned(slack, LATER_PART)
    assert "this is part 2 of" in form.text()
    first = next(iter(form.values))
    rest = form.values[first]["value"]["value"].splitlines()[1:]
    assert (await form.fill(**{first: "\n".join(rest)}).submit()).closed
    after = [one.text for one in await entries(slack)]
    assert len(after) == 299
    assert [text for text in before if text in after] == after


async def test_a_part_that_is_not_saved_is_not_turned_away_from(slack: Stage) -> None:
    await long_timeline(slack)
    form = await slack.opened("ana", OPEN_TIMELINE)
    form.fill(entries="09:03 one line")
    assert (await turned(slack, LATER_PART)).title == "Save first"
    await (await slack.person("ana").modal()).close()
    form = await slack.person("ana").modal()
    assert form.values["entries"]["value"]["value"] == "09:03 one line"


async def test_turning_to_and_fro_shows_each_part_as_it_is(slack: Stage) -> None:
    await long_timeline(slack)
    form = await slack.opened("ana", OPEN_TIMELINE)
    first = form.values["entries"]["value"]["value"]
    await turned(slack, LATER_PART)
    form = await turned(slack, EARLIER_PART)
    assert form.values["entries"]["value"]["value"] == first
