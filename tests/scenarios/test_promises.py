"""Who may own an action item, and when it may be due."""

from datetime import date, timedelta

import pytest

from blocks.postmortems import ADD_ITEM
from tests.scenarios.stage import NOW, Stage

TODAY = NOW.date()


async def refused(slack: Stage, **item: object) -> dict[str, str]:
    """Give what is said at an item that was not taken; what was typed is still there."""
    form = (await slack.opened("ana", ADD_ITEM)).fill(**slack.promise(**item))
    answer = await form.submit()
    assert not answer.closed
    assert form.values["done_when"]["value"]["value"] == slack.promise()["done_when"]
    assert await slack.items() == []
    return answer.errors


@pytest.mark.parametrize(
    ("owner", "words"),
    [
        ("pager", "Pager is an app. Choose the person who will see to it."),
        ("otto", "Otto Brandt has left the workspace. Choose someone who is here."),
        ("slackbot", "is an app. Choose the person"),
    ],
)
async def test_an_owner_who_cannot_answer_for_it_is_refused(
    slack: Stage, owner: str, words: str
) -> None:
    await slack.started()
    errors = await refused(slack, owner=owner)
    assert words in errors["owner"]


async def test_a_team_cannot_own_an_item(slack: Stage) -> None:
    await slack.started()
    form = (await slack.opened("ana", ADD_ITEM)).fill(**slack.promise())
    form.force("owner", {"type": "users_select", "selected_user": "S0CHECKOUT"})
    answer = await form.send()
    assert "a team cannot own it" in answer.errors["owner"]
    assert await slack.items() == []


async def test_an_item_without_an_owner_does_not_leave_the_form(slack: Stage) -> None:
    await slack.started()
    form = (await slack.opened("ana", ADD_ITEM)).fill(**slack.promise(owner=""))
    assert not (await form.submit()).sent
    errors = (await form.send()).errors
    assert "or press “Accept the risk instead” above." in errors["owner"]
    assert await slack.items() == []


async def test_an_owner_chosen_in_the_form_is_looked_up_at_once(slack: Stage) -> None:
    await slack.started()
    form = await slack.opened("ana", ADD_ITEM)
    await form.choose("owner", slack.id_of("diego"))
    await slack.settled()
    asked = len(slack.sandbox.calls_of("users.info"))
    assert (await form.fill(**slack.promise(owner="diego")).submit()).closed
    assert len(slack.sandbox.calls_of("users.info")) == asked


@pytest.mark.parametrize(("priority", "days"), [("P1", 14), ("P2", 30), ("P3", 60)])
async def test_without_a_date_the_priority_sets_it(slack: Stage, priority: str, days: int) -> None:
    await slack.started()
    await slack.promised(priority=priority)
    assert (await slack.items())[0].due_on == TODAY + timedelta(days=days)


@pytest.mark.parametrize(
    ("due_on", "words"),
    [
        (TODAY - timedelta(days=1), "This date has passed. Choose today or a later day."),
        (TODAY + timedelta(days=400), "More than a year away is a wish."),
    ],
)
async def test_a_date_that_no_item_can_have_is_refused(
    slack: Stage, due_on: date, words: str
) -> None:
    await slack.started()
    assert words in (await refused(slack, due_on=due_on))["due_on"]


async def test_the_past_is_judged_where_the_person_is(slack: Stage) -> None:
    await slack.passes(timedelta(hours=16))  # 01:30 UTC, still the day before in New York
    await slack.started()
    await slack.promised("ana", due_on=TODAY)
    form = (await slack.opened("mei", ADD_ITEM)).fill(**slack.promise(due_on=TODAY))
    assert "has passed" in (await form.submit()).errors["due_on"]
