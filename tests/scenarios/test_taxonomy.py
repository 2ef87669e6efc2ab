"""The taxonomy: classes are added, renamed, merged and retired, and incidents follow."""

from zoneinfo import ZoneInfo

import pytest

from blocks.postmortems import OPEN_ROOT_CAUSE
from blocks.taxonomy import ADD_CLASS, MERGE, RENAME, RESTORE_CLASS, SETTINGS_CLASSES
from domain.windows import EVERYTHING, Window
from storage import measures
from tests.scenarios.hearing import strike
from tests.scenarios.monthly import DAY, set_up
from tests.scenarios.reviewing import TEAM
from tests.scenarios.stage import CHANNEL, NOW, STARTED, Stage
from tests.scenarios.tagging import (
    added,
    chosen,
    classes_of,
    form_of,
    merged,
    offered,
    renamed,
    retired,
    saved,
    tagged,
    the_class,
    window,
)

OTHER = "#inc-payments-webhooks"
both_ways = pytest.mark.parametrize("mode", ["socket", "http"], indirect=True)


@both_ways
async def test_the_window_lists_classes_and_how_many_incidents_have_each(slack: Stage) -> None:
    await set_up(slack)
    await tagged(slack, "capacity")
    words = (await window(slack)).text()
    assert "*capacity* · 1 incident\n" in words
    assert "*missing alert* · no incident yet" in words


async def test_it_opens_from_the_settings_form_too(slack: Stage) -> None:
    await set_up(slack)
    await slack.person("lena").command("#general", "/postmortem settings")
    await slack.person("lena").modal("Programme settings")
    await slack.person("lena").press(action_id=SETTINGS_CLASSES)
    assert "*capacity*" in (await slack.person("lena").modal("Causal classes")).text()


async def test_a_class_that_is_added_is_offered_and_said_who_added_it(slack: Stage) -> None:
    await set_up(slack)
    await slack.started()
    await added(slack, "  DNS  changed ")
    shown = (await slack.person("lena").modal("Causal classes")).text()
    assert "*DNS changed* · no incident yet" in shown
    assert f"<@{slack.id_of('lena')}> added “DNS changed”" in shown
    assert "DNS changed" in offered(await slack.opened("ana", OPEN_ROOT_CAUSE))


async def test_a_name_that_there_is_already_is_refused_in_the_form(slack: Stage) -> None:
    await set_up(slack)
    await window(slack)
    await slack.person("lena").press(action_id=ADD_CLASS)
    form = await slack.person("lena").modal("Add a class")
    answer = await form.fill(name="Capacity").submit()
    said = "There is a class “capacity” already. Tag incidents with that one."
    assert answer.errors == {"name": said}


async def test_a_double_click_adds_one(slack: Stage) -> None:
    await set_up(slack)
    await window(slack)
    await slack.person("lena").press(action_id=ADD_CLASS)
    form = (await slack.person("lena").modal("Add a class")).fill(name="DNS")
    answers = await slack.at_once(form.submit(), form.submit())
    assert [answer.errors for answer in answers] == [{}, {}]
    assert await slack.count("causal_class") == 9


async def test_a_new_name_shows_on_cards_in_forms_and_in_search(slack: Stage) -> None:
    await set_up(slack)
    await tagged(slack, "capacity")
    await renamed(slack, "capacity", "Too small")
    await strike(slack)
    assert "*Too small*" in slack.card().words()
    assert "capacity" not in slack.card().words()
    assert "Too small" in offered(await slack.opened("bob", OPEN_ROOT_CAUSE))
    await slack.person("ana").command("#general", "/postmortem search too small")
    assert "1 postmortem" in (await slack.person("ana").modal("Postmortems")).text()


async def test_a_renamed_default_is_suggested_by_the_same_words(slack: Stage) -> None:
    await set_up(slack)
    await renamed(slack, "expired credential", "Zertifikate")
    await slack.started(title="The certificate expired at noon")
    form = await slack.opened("ana", OPEN_ROOT_CAUSE)
    (one,) = form.values["classes"]["value"]["selected_options"]
    assert one["text"]["text"] == "Zertifikate"


async def test_of_two_who_rename_one_class_the_second_is_told(slack: Stage) -> None:
    await set_up(slack, lead="")
    anas, bobs = [await form_of(slack, RENAME, "capacity", who) for who in ("ana", "bob")]
    await saved(slack, anas, name="Too small")
    answer = await bobs.fill(name="Too weak").submit()
    assert answer.errors["name"].startswith("Somebody renamed “capacity” to “Too small” while")
    assert await the_class(slack, "Too small")


async def test_incidents_follow_a_merge_and_the_window_says_so(slack: Stage) -> None:
    await set_up(slack)
    await tagged(slack, "capacity", "missing alert")
    await merged(slack, "capacity", "dependency exhaustion")
    assert await classes_of(slack) == ["dependency exhaustion", "missing alert"]
    await strike(slack)
    assert "*dependency exhaustion*" in slack.card().words()
    shown = (await slack.person("lena").modal("Causal classes")).text()
    assert "capacity · merged into dependency exhaustion" in shown
    assert "merged “capacity” into “dependency exhaustion”, with 1 incident" in shown


async def test_the_repeat_rate_follows_a_merge(slack: Stage) -> None:
    await set_up(slack)
    await tagged(slack, "capacity")
    await tagged(slack, "missing alert", channel=OTHER)
    assert await repeats(slack) == 0
    await merged(slack, "capacity", "missing alert")
    assert await repeats(slack) == 1


async def repeats(slack: Stage) -> int:
    """How many incidents repeated a class, up to now."""
    whole = Window(since=STARTED - 9 * DAY, until=NOW, zone=ZoneInfo("UTC"))
    async with slack.bot.database.sessions() as session:
        (found,) = await measures.repeats(session, TEAM, [whole], EVERYTHING)
    return found.repeats


async def test_a_form_that_names_a_merged_class_tags_the_one_it_went_into(slack: Stage) -> None:
    await set_up(slack)
    await slack.started()
    form = (await slack.opened("ana", OPEN_ROOT_CAUSE)).fill(classes=["capacity"])
    await merged(slack, "capacity", "missing alert")
    assert (await form.submit()).closed
    assert await classes_of(slack) == ["missing alert"]


async def test_a_retired_class_is_kept_and_offered_no_more(slack: Stage) -> None:
    await set_up(slack)
    await tagged(slack, "capacity")
    await retired(slack, "capacity")
    assert "capacity · 1 incident" in (await slack.person("lena").modal()).text()
    assert await classes_of(slack) == ["capacity"]
    form = await slack.opened("ana", OPEN_ROOT_CAUSE)
    assert "capacity" in offered(form)
    await form.close()
    await slack.started(channel=OTHER)
    assert "capacity" not in offered(await slack.opened("ana", OPEN_ROOT_CAUSE, OTHER))


async def test_a_class_that_was_retired_meanwhile_is_refused_in_the_form(slack: Stage) -> None:
    await set_up(slack)
    await slack.started()
    form = (await slack.opened("ana", OPEN_ROOT_CAUSE)).fill(classes=["capacity"])
    await retired(slack, "capacity")
    said = "“capacity” was retired while you had this open. Choose another class."
    assert (await form.submit()).errors == {"classes": said}


async def test_a_retired_class_is_restored_by_its_button_or_its_name(slack: Stage) -> None:
    await set_up(slack)
    for name in ("capacity", "missing alert"):
        await retired(slack, name)
    which = (await the_class(slack, "capacity")).id
    await slack.person("lena").press(action_id=RESTORE_CLASS, block_id=f"class.{which}")
    await slack.settled()
    await added(slack, "Missing alert")
    assert not (await the_class(slack, "capacity")).is_retired
    assert not (await the_class(slack, "missing alert")).is_retired


async def test_a_merged_class_is_not_restored_not_even_by_an_old_window(slack: Stage) -> None:
    await set_up(slack, lead="")
    await retired(slack, "capacity", "ana")
    await window(slack, "bob")
    which = (await the_class(slack, "capacity")).id
    await slack.run_sql(
        "UPDATE causal_class SET merged_into = (SELECT id FROM causal_class "
        "WHERE name = 'missing alert') WHERE name = 'capacity'"
    )
    await slack.person("bob").press(action_id=RESTORE_CLASS, block_id=f"class.{which}")
    await slack.settled()
    said = "“capacity” was merged into “missing alert”, and its incidents with it."
    assert said in await slack.told("bob", "was merged into", "@closed_loop")
    assert (await the_class(slack, "capacity")).is_retired


async def test_a_stale_window_shows_what_became_of_a_class(slack: Stage) -> None:
    await set_up(slack, lead="")
    bobs = await window(slack, "bob")
    await retired(slack, "capacity", "ana")
    await chosen(slack, MERGE, "capacity", "bob")
    assert "retired “capacity”" in bobs.text()
    assert (await slack.person("bob").modal()).title == "Causal classes"


async def test_of_two_merges_at_once_the_second_is_refused(slack: Stage) -> None:
    await set_up(slack, lead="")
    anas = (await form_of(slack, MERGE, "capacity", "ana")).fill(into="missing alert")
    bobs = (await form_of(slack, MERGE, "missing alert", "bob")).fill(into="capacity")
    answers = await slack.at_once(anas.submit(), bobs.submit())
    (refused,) = [answer for answer in answers if not answer.closed]
    assert "was merged into another class meanwhile" in refused.errors["into"]


async def test_nobody_but_the_lead_changes_them(slack: Stage) -> None:
    await set_up(slack, lead="")
    bobs = (await form_of(slack, RENAME, "capacity", "bob")).fill(name="Too small")
    await set_up(slack)
    sentence = "Lena Vogt leads the programme and alone changes its settings. Ask Lena Vogt."
    assert (await bobs.submit()).errors == {"name": sentence}
    await bobs.close(everything=True)
    await slack.person("bob").command(CHANNEL, "/postmortem settings classes")
    assert sentence in await slack.told("bob", "leads the programme")
