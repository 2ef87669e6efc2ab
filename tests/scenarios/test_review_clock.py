"""A monthly review is called, begins by itself, and is caught up with, by the clock (rule 19)."""

import asyncio

import pytest

from sandbox.usergroups import UserGroup
from tests.scenarios.following import heard
from tests.scenarios.hearing import replica, until
from tests.scenarios.slipping import BEGUN, CALLED, REVIEWS, has_programme, is_late, parent
from tests.scenarios.stage import Stage


@pytest.fixture
async def late(slack: Stage) -> Stage:
    """Two items that are late by December, in a workspace that holds reviews."""
    await has_programme(slack)
    await is_late(slack)
    return slack


def is_called(slack: Stage) -> bool:
    return bool(slack.posted("review_called", REVIEWS))


async def test_it_is_called_three_working_days_ahead_and_begins_on_its_day(late: Stage) -> None:
    await until(late, "2026-11-26 08:29")
    assert not is_called(late)
    await until(late, CALLED)
    assert is_called(late)
    assert heard(late, "freya", "review_chair")
    await until(late, "2026-12-01 08:59")
    assert not late.posted("review", REVIEWS)
    await until(late, BEGUN)
    assert f"<@{late.id_of('freya')}>" in parent(late).words()


async def test_two_replicas_call_and_begin_it_once(late: Stage) -> None:
    other = replica(late)
    for at in (CALLED, BEGUN):
        await until(late, at)
        await asyncio.gather(late.bot.clock.strike(), other.strike())
        await late.settled()
    assert len(late.posted("review_called", REVIEWS)) == 1
    assert len(late.posted("review_card", REVIEWS)) == 1
    parent(late)


async def test_an_app_that_was_down_over_its_day_begins_it_when_it_is_back(late: Stage) -> None:
    await until(late, "2026-12-04 12:00")
    assert not is_called(late)
    parent(late)


async def test_the_groups_members_take_turns_as_slack_names_them_then(late: Stage) -> None:
    await has_programme(late, facilitator_group="S1")
    jun = late.id_of("jun")
    group = UserGroup("S1", "chairs", "Chairs", jun, 0, users=[jun])
    late.sandbox.workspace.usergroups["S1"] = group
    await late.run_sql("DELETE FROM facilitator")
    await until(late, CALLED)
    assert heard(late, "jun", "review_chair")


async def test_where_slack_does_not_name_the_group_whoever_is_known_is_called(late: Stage) -> None:
    await has_programme(late, facilitator_group="S1")
    late.sandbox.faults.refuse("usergroups.users.list", "internal_error", times=9)
    await until(late, CALLED)
    assert heard(late, "freya", "review_chair")
    assert late.logged("facilitators_unknown")


async def test_without_a_channel_none_is_called(late: Stage) -> None:
    await has_programme(late, review_channel="")
    await until(late, CALLED)
    await until(late, BEGUN)
    assert await late.count("review") == 0
