"""The timeline found in the channel's history: read, proposed, looked through, added."""

from datetime import timedelta

import pytest

from blocks.backfill import BACK_FOUND, FIND_ENTRIES, NEXT_FOUND
from blocks.postmortems import OPEN_TIMELINE
from domain.timeline import Milestone, Source
from storage import postmortems
from tests.scenarios.past import chatter, entries, found, incident, ticked, was_said
from tests.scenarios.stage import CHANNEL, STARTED, Stage


async def test_what_the_channel_tells_is_proposed_and_ticked(slack: Stage) -> None:
    await slack.started()
    incident(slack)
    form = await found(slack)
    assert ticked(form) == [
        "08:58 Deployed checkout 4.2 to production",
        "09:07 [FIRING:1] checkout p99 above 8 s",
        "09:09 I'm on it",
        "09:34 Found it: the pool was sized for one region",
        "09:43 Rolled back to the build from this morning",
        "10:15 Back under 400 ms. Calling it recovered.",
    ]
    assert "alert, 2 times until 09:17 · detected" in form.text()
    assert "is anybody else" in form.text()


async def test_one_press_makes_a_timeline_with_milestones_and_links(slack: Stage) -> None:
    await slack.started()
    incident(slack)
    assert (await (await found(slack)).submit()).closed
    await slack.settled()
    stored = await entries(slack)
    assert [one.milestone for one in stored] == [
        None,
        Milestone.DETECTED,
        Milestone.ACKNOWLEDGED,
        Milestone.CAUSE_IDENTIFIED,
        Milestone.FIX_DEPLOYED,
        Milestone.RECOVERED,
    ]
    assert all(one.permalink.endswith(one.message_ts.replace(".", "")) for one in stored)
    assert [one.source for one in stored[:3]] == [Source.DEPLOY, Source.ALERT, Source.TYPED]
    assert "6 entries" in slack.card().words()


async def test_the_facts_learn_when_it_was_detected_and_over(slack: Stage) -> None:
    await slack.started()
    incident(slack)
    await (await found(slack)).submit()
    await slack.settled()
    async with slack.bot.database.sessions() as session:
        stored = await postmortems.in_channel(
            session, slack.sandbox.workspace.team_id, slack.sandbox.workspace.channel(CHANNEL).id
        )
    assert stored is not None
    facts = stored.facts
    assert facts.detected_at == STARTED + timedelta(minutes=4)
    assert facts.recovered_at == STARTED + timedelta(minutes=72)


async def test_only_what_is_ticked_is_added(slack: Stage) -> None:
    await slack.started()
    incident(slack)
    form = await found(slack)
    values = [each["value"] for each in form.values["found.1"]["value"]["selected_options"]]
    assert (await form.fill(**{"found.1": values[:2]}).submit()).closed
    assert len(await entries(slack)) == 2


async def test_nothing_ticked_is_refused_and_says_what_to_do(slack: Stage) -> None:
    await slack.started()
    incident(slack)
    answer = await (await found(slack)).fill(**{"found.1": []}).submit()
    assert answer.errors == {
        "found.1": "Tick what belongs into the timeline, or close this window."
    }


async def test_what_was_added_is_not_proposed_again(slack: Stage) -> None:
    await slack.started()
    incident(slack)
    await (await found(slack)).submit()
    await slack.settled()
    form = await found(slack)
    assert form.text().count("somebody's words") == 1
    assert "Of 8 messages this one may belong" in form.text()


async def test_where_much_was_said_only_what_stands_out_is_offered(slack: Stage) -> None:
    await slack.started()
    incident(slack)
    for number in range(17):
        was_said(slack, "ana", f"who has key {number}?", 20 + number)
    text = (await found(slack)).text()
    assert "Of 25 messages these 6 may belong" in text
    assert "who has key" not in text


@pytest.mark.parametrize("mode", ["socket", "http"], indirect=True)
async def test_a_double_click_adds_each_entry_once(slack: Stage) -> None:
    await slack.started()
    incident(slack)
    form = await found(slack)
    answers = await slack.at_once(form.submit(), form.submit())
    assert [answer.closed for answer in answers] == [True, True]
    assert len(await entries(slack)) == 6


async def test_two_people_who_add_the_same_have_each_message_once(slack: Stage) -> None:
    await slack.started()
    incident(slack)
    forms = [await found(slack, name) for name in ("ana", "bob")]
    answers = await slack.at_once(*(form.submit() for form in forms))
    assert [answer.closed for answer in answers] == [True, True]
    assert len(await entries(slack)) == 6


async def test_pins_and_the_reaction_say_what_belongs_in(slack: Stage) -> None:
    await slack.started()
    pinned, marked = (was_said(slack, "bob", words, 9) for words in ("disk full", "queue grows"))
    pinned.pinned, pinned.pinned_by = True, slack.id_of("mei")
    marked.ts = f"{float(marked.ts) + 60:.6f}"
    marked.reactions["stopwatch"] = [slack.id_of("ana")]
    form = await found(slack)
    assert ticked(form) == ["09:12 disk full", "09:13 queue grows"]
    assert "marked by Ana Duarte" in form.text()


async def test_three_hundred_are_looked_through_page_by_page(slack: Stage) -> None:
    await slack.started()
    chatter(slack, 300)
    form = await found(slack)
    assert "Page 1 of 6" in form.text()
    form.fill(**{"found.1": []})
    for _ in range(5):
        await slack.person("ana").press(action_id=NEXT_FOUND)
        await slack.settled()
    form.fill(**{"found.30": []})
    assert (await form.submit()).closed
    assert len(await entries(slack)) == 280


async def test_going_back_shows_what_was_ticked(slack: Stage) -> None:
    await slack.started()
    chatter(slack, 60)
    form = await found(slack)
    kept = [each["value"] for each in form.values["found.2"]["value"]["selected_options"]][3:]
    form.fill(**{"found.2": kept})
    for button in (NEXT_FOUND, BACK_FOUND):
        await slack.person("ana").press(action_id=button)
        await slack.settled()
    shown = form.values["found.2"]["value"]["selected_options"]
    assert [each["value"] for each in shown] == kept


async def test_what_is_typed_and_not_saved_is_never_lost(slack: Stage) -> None:
    await slack.started()
    form = await slack.opened("ana", OPEN_TIMELINE)
    form.fill(entries="09:03 failover")
    await slack.person("ana").press(action_id=FIND_ENTRIES)
    await slack.settled()
    above = await slack.person("ana").modal()
    assert above.title == "Save first"
    await above.close()
    assert (await form.submit()).closed


async def test_a_proposal_a_day_old_says_to_look_again(slack: Stage) -> None:
    await slack.started()
    incident(slack)
    form = await found(slack)
    await slack.run_sql("DELETE FROM proposal")
    answer = await form.submit()
    assert answer.errors["found.1"].startswith("What was found here is a day old")


async def test_nobody_can_add_what_was_proposed_to_somebody_else(slack: Stage) -> None:
    await slack.started()
    incident(slack)
    form = await found(slack)
    await slack.run_sql("UPDATE proposal SET person = 'U0ELSE'")
    assert not (await form.submit()).closed
    assert await entries(slack) == []


async def test_the_card_offers_it_until_an_apps_words_are_in(slack: Stage) -> None:
    await slack.started()
    incident(slack)
    await slack.saved("ana", OPEN_TIMELINE, entries="09:03 failover started")
    await slack.opened("ana", FIND_ENTRIES)
    await slack.settled()
    assert (await (await slack.person("ana").modal()).submit()).closed
    await slack.settled()
    assert FIND_ENTRIES not in str(slack.card().blocks)


async def test_what_was_found_for_one_postmortem_goes_into_no_other(slack: Stage) -> None:
    await slack.started()
    await slack.started(channel="#inc-payments-webhooks")
    incident(slack)
    form = await found(slack)
    await slack.run_sql("UPDATE proposal SET postmortem_id = 2")
    assert not (await form.submit()).closed
    assert await entries(slack) == []


async def test_an_address_slack_does_not_tell_leaves_the_entry_without_a_link(
    slack: Stage,
) -> None:
    await slack.started()
    incident(slack)
    slack.sandbox.faults.broken("chat.getPermalink", 500, times=99)
    assert (await (await found(slack)).submit()).closed
    await slack.settled()
    assert {one.permalink for one in await entries(slack)} == {""}
    assert len(slack.logged("permalink_not_told")) == 6
