"""The timeline is agreed in writing; a change of it withdraws that, and says so (rule 7)."""

from datetime import timedelta

import pytest

from blocks.agreements import AGREE, ASK
from blocks.postmortems import OPEN_FACTS, OPEN_TIMELINE
from domain.record import Event, RecordEntry
from sandbox.messages import Message
from sandbox.posting import deactivate
from storage import record
from tests.scenarios.stage import CHANNEL, Stage

DM = "@closed_loop"
LINES = "09:03 failover started\n09:07 first alert"
MORE = f"{LINES}\n10:20 all clear"
A_WHILE = timedelta(minutes=11)


@pytest.fixture
async def team(slack: Stage) -> Stage:
    """A postmortem with a timeline; Ana, Bob and Mei responded."""
    responders = [slack.id_of(name) for name in ("ana", "bob", "mei")]
    await slack.started(responders=responders)
    await slack.saved("ana", OPEN_TIMELINE, entries=LINES)
    return slack


async def press(slack: Stage, who: str, button: str, where: str = CHANNEL) -> None:
    await slack.person(who).click(where, action_id=button)
    await slack.settled()


async def later(slack: Stage, by: timedelta = A_WHILE) -> None:
    await slack.passes(by)
    await slack.settled()


def dms(slack: Stage, who: str) -> list[Message]:
    return slack.person(who).messages(DM)


async def history(slack: Stage) -> list[RecordEntry]:
    async with slack.bot.database.sessions() as session:
        return await record.of_postmortem(session, 1)


async def test_each_responder_agrees_and_the_card_says_so(team: Stage) -> None:
    assert "Timeline agreed by 0 of 3" in team.card().words()
    for who in ("bob", "ana"):
        await press(team, who, AGREE)
    assert "Timeline agreed by 2 of 3 · waiting for" in team.card().words()
    await press(team, "mei", AGREE)
    assert "All 3 responders agree with the timeline." in team.card().words()
    agreed = [each.actor for each in await history(team) if each.event is Event.AGREED]
    assert agreed == [team.id_of(who) for who in ("bob", "ana", "mei")]


async def test_somebody_who_did_not_respond_is_told_alone(team: Stage) -> None:
    await press(team, "priya", AGREE)
    said = await team.told("priya", "Only responders agree to a timeline.")
    assert "press Edit beside the facts and add yourself" in said
    assert await team.count("agreement") == 0


async def test_agreeing_twice_counts_once(team: Stage) -> None:
    await press(team, "bob", AGREE)
    await press(team, "bob", AGREE)
    assert "You agree with this timeline already" in await team.told("bob", "already")
    assert await team.count("agreement") == 1


async def test_people_who_agree_at_the_same_moment_all_count(team: Stage) -> None:
    clicks = [team.person(who).click(CHANNEL, action_id=AGREE) for who in ("ana", "bob", "mei")]
    await team.at_once(*clicks)  # type: ignore[arg-type] # a click has no answer
    await team.settled()
    assert "All 3 responders agree with the timeline." in team.card().words()


async def test_agreeing_in_the_window_shows_it_there(team: Stage) -> None:
    await team.person("bob").command(CHANNEL, "/postmortem")
    window = await team.person("bob").modal("Postmortem PM-1")
    await team.person("bob").press(action_id=AGREE)
    await team.settled()
    assert "Timeline agreed by 1 of 3" in window.text()
    assert "Timeline agreed by 1 of 3" in team.card().words()


async def test_a_window_that_cannot_be_redrawn_loses_no_agreement(team: Stage) -> None:
    await team.person("bob").command(CHANNEL, "/postmortem")
    await team.person("bob").modal("Postmortem PM-1")
    team.sandbox.faults.broken("views.update", 500, times=5)
    await team.person("bob").press(action_id=AGREE)
    await team.settled()
    team.sandbox.faults.clear()
    assert team.logged("window_not_redrawn")
    assert "Timeline agreed by 1 of 3" in team.card().words()


async def test_asking_writes_to_everybody_who_has_not_agreed(team: Stage) -> None:
    await press(team, "mei", AGREE)
    await press(team, "ana", ASK)
    [asked] = dms(team, "bob")
    assert "Do you agree with the timeline? 2 entries" in asked.words()
    assert dms(team, "mei") == dms(team, "ana") == []
    said = await team.told("ana", "I have asked")
    assert said.endswith("You are waited for too: read the timeline, then press Agree.")


async def test_a_slack_that_does_not_say_who_people_are_keeps_nobody_from_asking(
    team: Stage,
) -> None:
    await team.run_sql("DELETE FROM person")
    team.sandbox.faults.broken("users.info", 500, times=20)
    await press(team, "priya", ASK)
    team.sandbox.faults.clear()
    assert team.logged("responders_not_met")
    assert [len(dms(team, who)) for who in ("ana", "bob", "mei")] == [1, 1, 1]


async def test_asking_again_says_who_is_waited_for_and_since_when(team: Stage) -> None:
    await press(team, "priya", ASK)
    await press(team, "ana", ASK)
    said = await team.told("ana", "Asked before")
    assert f"<@{team.id_of('bob')}> (<!date^" in said
    assert [len(dms(team, who)) for who in ("ana", "bob", "mei")] == [1, 1, 1]


async def test_agreeing_in_the_dm_changes_that_message_and_no_other(team: Stage) -> None:
    await press(team, "ana", ASK)
    theirs = dms(team, "mei")[0].words()
    await press(team, "bob", AGREE, DM)
    [answered] = dms(team, "bob")
    assert "You agreed to this timeline <!date^" in answered.words()
    assert "Agree\n" not in answered.words()
    assert dms(team, "mei")[0].words() == theirs
    assert "agreed by 1 of 3" in team.card().words()


async def test_a_change_withdraws_the_agreements_and_says_what_changed(team: Stage) -> None:
    for who in ("ana", "bob"):
        await press(team, who, AGREE)
    await team.saved("ana", OPEN_TIMELINE, entries=MORE)
    assert "Timeline agreed by 0 of 3" in team.card().words()
    entry = (await history(team))[-1]
    assert (entry.event, entry.reason) == (Event.WITHDRAWN, "added 1 line")
    assert entry.changes["added"] == ("", "2026-11-20 15:20 UTC all clear")
    assert entry.changes["agreed"] == (f"{team.id_of('ana')}, {team.id_of('bob')}", "")


async def test_whoever_agreed_hears_of_several_changes_in_one_message(team: Stage) -> None:
    for who in ("ana", "bob"):
        await press(team, who, AGREE)
    for n in range(5):
        lines = "\n".join(f"10:2{m} step" for m in range(n + 1))
        await team.saved("ana", OPEN_TIMELINE, entries=f"{LINES}\n{lines}")
    assert dms(team, "bob") == []
    await later(team)
    [asked] = dms(team, "bob")
    assert f"<@{team.id_of('ana')}> added 5 lines, so you are asked anew." in asked.words()
    assert "|2026-11-20 15:24 UTC> step" in asked.words()
    assert dms(team, "ana") == dms(team, "mei") == []


async def test_agreeing_anew_counts_and_the_next_change_asks_in_a_new_message(team: Stage) -> None:
    await press(team, "bob", AGREE)
    for lines in (MORE, LINES):
        await team.saved("ana", OPEN_TIMELINE, entries=lines)
        await later(team)
        await press(team, "bob", AGREE, DM)
    assert "agreed by 1 of 3" in team.card().words()
    first, second = dms(team, "bob")
    assert all("You agreed to this timeline" in each.words() for each in (first, second))


async def test_saving_the_timeline_unchanged_withdraws_nothing(team: Stage) -> None:
    await press(team, "ana", ASK)
    await press(team, "mei", AGREE)
    await team.saved("priya", OPEN_TIMELINE)
    await press(team, "bob", AGREE, DM)
    assert "Timeline agreed by 2 of 3" in team.card().words()


async def test_marking_milestones_withdraws_nothing(team: Stage) -> None:
    await press(team, "bob", AGREE)
    marked = "09:03 [started] failover started\n09:07 [detected] first alert"
    await team.saved("ana", OPEN_TIMELINE, entries=marked)
    assert "*detected* · first alert" in team.card().words()
    assert await team.count("agreement") == 1
    assert Event.WITHDRAWN not in [each.event for each in await history(team)]


async def test_a_dm_from_before_a_change_is_refused_and_shows_it_as_it_is(team: Stage) -> None:
    await press(team, "ana", ASK)
    await later(team)
    await team.saved("ana", OPEN_TIMELINE, entries=MORE)
    await press(team, "bob", AGREE, DM)
    said = await team.told("bob", "The timeline has changed since this was sent:", DM)
    assert f"<@{team.id_of('ana')}> added 1 line. Look at it as it is now" in said
    assert await team.count("agreement") == 0
    await press(team, "bob", AGREE, DM)
    assert await team.count("agreement") == 1


async def test_who_has_left_is_not_asked_and_not_waited_for(team: Stage) -> None:
    await press(team, "bob", AGREE)
    deactivate(team.sandbox.workspace, team.id_of("mei"))
    await press(team, "ana", ASK)
    assert dms(team, "mei") == []
    assert "I have asked" not in await team.told("ana", "You are waited for too")


async def test_a_responder_who_is_taken_out_does_not_count(team: Stage) -> None:
    for who in ("ana", "bob"):
        await press(team, who, AGREE)
    left = [team.id_of(who) for who in ("bob", "mei", "priya")]
    await team.saved("ana", OPEN_FACTS, responders=left)
    assert "Timeline agreed by 1 of 3" in team.card().words()


async def test_who_was_taken_out_while_asked_is_told_so_when_they_press(team: Stage) -> None:
    await press(team, "ana", ASK)
    await team.saved("ana", OPEN_FACTS, responders=[team.id_of("ana")])
    await press(team, "bob", AGREE, DM)
    assert "add yourself" in await team.told("bob", "Only responders", DM)


async def test_an_emptied_timeline_asks_nobody(team: Stage) -> None:
    await press(team, "bob", AGREE)
    await team.saved("ana", OPEN_TIMELINE, entries=None)
    await later(team)
    assert dms(team, "bob") == []
    assert "agreed by" not in team.card().words()


async def test_sixty_responders_are_asked_one_message_each(slack: Stage) -> None:
    names = [f"p{n:02}" for n in range(60)]
    crowd = [slack.sandbox.workspace.add_person(name, name).id for name in names]
    await slack.started(responders=crowd)
    await slack.saved("ana", OPEN_TIMELINE, entries=LINES)
    await press(slack, "ana", ASK)
    assert "and 48 more" in slack.card().words()
    assert [len(dms(slack, name)) for name in names] == [1] * 60
