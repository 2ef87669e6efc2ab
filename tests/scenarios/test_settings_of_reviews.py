"""`/postmortem settings`: where and when the monthly review is held, and who takes turns."""

from datetime import datetime, time
from typing import Any

import pytest

from domain.programme import Programme
from sandbox import Modal
from sandbox.usergroups import UserGroup
from storage import reviews, workspaces
from tests.scenarios.reviewing import DM, TEAM
from tests.scenarios.stage import NOW, Stage

LATER = datetime.fromisoformat("2026-12-01T10:00:00+00:00")


@pytest.fixture(autouse=True)
def groups(slack: Stage) -> None:
    """Two user groups, one of them disabled."""
    there = slack.sandbox.workspace.usergroups
    for which, handle, deleted in (("S1", "facilitators", 0), ("S2", "old-guard", 1)):
        there[which] = UserGroup(
            id=which, handle=handle, name=handle, created_by="U1", created=1, deleted=deleted
        )


async def form(slack: Stage) -> Modal:
    """Give the settings form that Lena opened."""
    await slack.person("lena").command("#general", "/postmortem settings")
    return await slack.person("lena").modal("Programme settings")


async def saved(slack: Stage, **typed: Any) -> Programme:
    """Let Lena change the settings, and give what is set then."""
    answer = await (await form(slack)).fill(**typed).submit()
    assert answer.closed, answer.errors
    await slack.settled()
    return await stored(slack)


async def refused(slack: Stage, field: str, **typed: Any) -> str:
    """Let Lena try in vain to change the settings, and give what she is told."""
    return (await (await form(slack)).fill(**typed).submit()).errors[field]


async def stored(slack: Stage) -> Programme:
    """Give what is set."""
    async with slack.bot.database.sessions() as session:
        return await workspaces.programme(session, TEAM)


async def looked(slack: Stage) -> tuple[datetime | None, list[str]]:
    """Since when the cadence holds, and whose reviews the clock has to look at now."""
    async with slack.bot.database.sessions() as session:
        return await reviews.since(session, TEAM), await reviews.to_look_at(session, NOW)


async def look_later(slack: Stage) -> None:
    """Let the clock have looked, and want to look again in December."""
    async with slack.bot.database.sessions.begin() as session:
        await reviews.look_again(session, TEAM, LATER)


async def test_what_is_set_is_kept_and_shown_again(slack: Stage) -> None:
    place = slack.sandbox.workspace.channel("#reliability").id
    kept = await saved(
        slack,
        review_channel=place,
        review_day="15",
        review_time="14:30",
        review_zone="europe/berlin",
        facilitator_group="@facilitators",
        cards_at_once="25",
    )
    assert (kept.review_channel, kept.review_day, kept.review_time) == (place, "15", time(14, 30))
    assert (kept.review_zone, kept.facilitator_group) == ("Europe/Berlin", "S1")
    assert kept.cards_at_once == 25
    again = await form(slack)
    assert again.values["review_day"]["value"]["selected_option"]["value"] == "15"
    assert again.values["facilitator_group"]["value"]["value"] == "@facilitators"


async def test_a_zone_nobody_knows_is_refused_naming_one_that_is(slack: Stage) -> None:
    sentence = await refused(slack, "review_zone", review_zone="Berlin")
    assert "Did you mean Europe/Berlin?" in sentence


@pytest.mark.parametrize("handle", ["@facilitator", "@old-guard"])
async def test_a_group_that_is_not_there_is_refused(slack: Stage, handle: str) -> None:
    sentence = await refused(slack, "facilitator_group", facilitator_group=handle)
    assert f"There is no user group {handle} here." in sentence


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("plan_upgrade_required", "this workspace's plan no user groups"),
        ("internal_error", "did not say in time which groups there are"),
    ],
)
async def test_a_slack_that_tells_of_no_groups_is_said(slack: Stage, code: str, words: str) -> None:
    opened = (await form(slack)).fill(facilitator_group="@facilitators")
    slack.sandbox.faults.refuse("usergroups.list", code)
    assert words in (await opened.submit()).errors["facilitator_group"]
    assert (await stored(slack)).facilitator_group == ""


async def test_an_app_installed_before_it_could_read_groups_says_so(slack: Stage) -> None:
    opened = (await form(slack)).fill(facilitator_group="@facilitators")
    slack.sandbox.faults.refuse("usergroups.list", "missing_scope")
    answer = await opened.submit()
    assert "install it again with its newest manifest" in answer.errors["facilitator_group"]
    # Else the stage takes the missing scope, which only this test is about, for a fault of ours.
    slack.sandbox.calls_of("usergroups.list")[-1].response.clear()


async def test_a_group_that_stays_is_kept_though_slack_is_silent(slack: Stage) -> None:
    await saved(slack, facilitator_group="facilitators")
    slack.sandbox.faults.refuse("usergroups.list", "internal_error", times=2)
    opened = await form(slack)
    assert opened.values["facilitator_group"]["value"]["value"] == "S1"
    assert (await opened.fill(told_days="4").submit()).closed
    assert (await stored(slack)).facilitator_group == "S1"


async def test_a_group_can_be_taken_away(slack: Stage) -> None:
    await saved(slack, facilitator_group="@facilitators")
    assert (await saved(slack, facilitator_group="")).facilitator_group == ""


@pytest.mark.parametrize(
    "typed", [{"review_day": "last"}, {"review_time": "11:00"}, {"review_zone": "Asia/Tokyo"}]
)
async def test_another_day_begins_another_cadence(slack: Stage, typed: dict[str, str]) -> None:
    await saved(slack)
    await look_later(slack)
    assert await looked(slack) == (None, [])
    await saved(slack, **typed)
    assert await looked(slack) == (NOW, [TEAM])


@pytest.mark.parametrize(
    "typed", [{"told_days": "5"}, {"facilitator_group": "@facilitators"}, {"facilitators": "freya"}]
)
async def test_who_chairs_and_who_hears_when_has_the_clock_look_again_and_begins_nothing(
    slack: Stage, typed: dict[str, str]
) -> None:
    await saved(slack)
    await look_later(slack)
    if who := typed.get("facilitators"):
        await saved(slack, facilitators=[slack.id_of(who)])
    else:
        await saved(slack, **typed)
    assert await looked(slack) == (None, [TEAM])


async def test_items_that_are_there_and_new_ones_live_as_long_as_is_set(slack: Stage) -> None:
    await slack.started()
    await slack.promised()
    await saved(slack, reviews_to_live="3")
    await slack.promised(what="Alert on the pool")
    assert [each.reviews_to_live for each in await slack.items()] == [3, 3]


async def test_the_card_says_what_has_expired_by_that_and_what_has_not_any_more(
    slack: Stage,
) -> None:
    await slack.started()
    await slack.promised()
    await slack.run_sql("UPDATE action_item SET reviews_seen = 1")
    await saved(slack, reviews_to_live="1")
    assert "expired" in slack.card().words()
    await saved(slack, reviews_to_live="3")
    assert "expired" not in slack.card().words()


async def test_a_review_channel_without_the_app_is_kept_with_a_hint(slack: Stage) -> None:
    place = slack.sandbox.workspace.channel("#inc-search-index").id
    assert (await saved(slack, review_channel=place)).review_channel == place
    (hint,) = slack.person("lena").messages(DM)
    assert f"I am not in <#{place}> yet" in hint.words()
