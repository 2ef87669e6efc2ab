from dataclasses import replace

import pytest

from integrations.trackers.linear import Linear
from tests.trackers.linear import LinearStandIn
from tests.trackers.linear_stage import NOW, SHOP


@pytest.mark.parametrize("said", ["ada@example.com", " ADA@example.com", "@ada", "Ada", "ada"])
async def test_an_account_is_found_by_what_people_know(
    linear: LinearStandIn, linear_tracker: Linear, said: str
) -> None:
    account = await linear_tracker.account(SHOP, said)
    assert account is not None
    assert (account.id, account.name) == (linear.account_of("ada"), "ada")


async def test_an_account_is_found_by_its_id(linear: LinearStandIn, linear_tracker: Linear) -> None:
    account = await linear_tracker.account(SHOP, linear.account_of("ben"))
    assert account is not None
    assert account.name == "ben"


@pytest.mark.parametrize("said", ["", " ", "nobody@example.com", "outsider@example.com"])
async def test_nobody_is_found_who_is_none_of_the_team(linear_tracker: Linear, said: str) -> None:
    assert await linear_tracker.account(SHOP, said) is None


async def test_everybody_can_be_in_a_team_that_everybody_sees(
    linear: LinearStandIn, linear_tracker: Linear
) -> None:
    linear.world.teams["SHOP"]["visibility"] = "public"
    assert await linear_tracker.account(SHOP, "outsider@example.com") is not None


async def test_a_name_of_two_people_finds_neither(
    linear: LinearStandIn, linear_tracker: Linear
) -> None:
    linear.world.users["ben"]["name"] = "Ada"
    assert await linear_tracker.account(SHOP, "ada") is None
    assert await linear_tracker.account(SHOP, "ada@example.com") is not None


async def test_somebody_who_left_is_not_found(
    linear: LinearStandIn, linear_tracker: Linear
) -> None:
    linear.world.users["ada"]["active"] = False
    assert await linear_tracker.account(SHOP, "ada@example.com") is None


async def test_a_place_that_is_fine_has_no_troubles_and_nothing_is_made(
    linear: LinearStandIn, linear_tracker: Linear
) -> None:
    assert await linear_tracker.check(SHOP) == []
    assert await linear_tracker.check(replace(SHOP, board="")) == []
    assert (linear.calls, linear.world.labels) == (["check", "check"], [])


async def test_a_key_that_is_unknown_is_a_trouble(linear: LinearStandIn) -> None:
    tracker = Linear("another key", linear.url, now=lambda: NOW)
    [trouble] = await tracker.check(SHOP)
    assert "sets a new one in LINEAR_API_KEY" in trouble
    await tracker.close()


async def test_a_team_that_is_not_there_is_a_trouble(linear_tracker: Linear) -> None:
    [trouble] = await linear_tracker.check(replace(SHOP, project="SHIP"))
    assert trouble.startswith("Linear has no team SHIP")


async def test_a_board_that_linear_does_not_have_is_a_trouble(linear_tracker: Linear) -> None:
    [trouble] = await linear_tracker.check(replace(SHOP, board="project 7"))
    assert trouble.startswith("“project 7” is no board of Linear. Write cycles")


async def test_a_team_without_a_next_cycle_is_a_trouble(
    linear: LinearStandIn, linear_tracker: Linear
) -> None:
    del linear.world.teams["SHOP"]["_cycles"][1:]
    [trouble] = await linear_tracker.check(SHOP)
    assert trouble.startswith("Linear's team SHOP has no cycle that begins after today. Let")


async def test_all_troubles_are_told_at_once(linear: LinearStandIn, linear_tracker: Linear) -> None:
    team = linear.world.teams["SHOP"]
    team |= {"cyclesEnabled": False, "_cycles": [], "_states": team["_states"][:5]}
    linear.world.new_label("Postmortem", "SHOP", group=True)
    troubles = " ".join(await linear_tracker.check(SHOP))
    assert "has no status of the kind canceled" in troubles
    assert "“Postmortem” is a group of labels" in troubles
    assert "Switch them on in Linear" in troubles
