from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest

from domain.tickets import Place, TicketState, TrackerKind
from integrations.trackers import TrackerBusy, TrackerRefused
from integrations.trackers.linear import Linear
from tests.trackers.linear import LinearStandIn
from tests.trackers.linear_stage import NOW, SHOP, WANTED

NOWHERE = Place(kind=TrackerKind.LINEAR, project="SHIP")


async def refusal(linear: Linear, place: Place = SHOP) -> str:
    with pytest.raises(TrackerRefused) as refused:
        await linear.create(place, str(uuid4()), WANTED)
    return str(refused.value)


def reset(after: timedelta, budget: str = "Requests") -> Mapping[str, str]:
    """The headers of a budget that is spent."""
    at = int((NOW + after).timestamp() * 1000)
    start = f"X-RateLimit-{budget}"
    return {f"{start}-Remaining": "0", f"{start}-Reset": str(at)}


@pytest.mark.parametrize(
    ("headers", "wait"),
    [
        ({}, timedelta(minutes=1)),
        ({"Retry-After": "30"}, timedelta(seconds=30)),
        (reset(timedelta(minutes=4)), timedelta(minutes=4)),
        (reset(timedelta(minutes=5), "Complexity"), timedelta(minutes=5)),
        (reset(timedelta(days=5)), timedelta(hours=1)),
        (reset(timedelta(days=-5)), timedelta(seconds=1)),
    ],
)
async def test_a_limit_says_when_to_come_again(
    linear: LinearStandIn,
    linear_tracker: Linear,
    headers: Mapping[str, str],
    wait: timedelta,
) -> None:
    linear.fail_next(429, headers=headers)
    with pytest.raises(TrackerBusy, match=r"Linear is asked too often\.") as busy:
        await linear_tracker.create(SHOP, str(uuid4()), WANTED)
    assert busy.value.wait == wait


@pytest.mark.parametrize("on", ["team", "label", "create"])
async def test_a_linear_that_does_not_work_is_asked_again_later(
    linear: LinearStandIn, linear_tracker: Linear, on: str
) -> None:
    linear.fail_next(500, on=on)
    with pytest.raises(TrackerBusy):
        await linear_tracker.create(SHOP, str(uuid4()), WANTED)
    assert linear.tickets() == []


@pytest.mark.parametrize("kind", ["internal error", "lock timeout", "ratelimited"])
async def test_what_passes_is_told_by_its_type_too(
    linear: LinearStandIn, linear_tracker: Linear, kind: str
) -> None:
    told = {"errors": [{"message": "Try again", "extensions": {"type": kind}}]}
    linear.fail_next(200, body=told, on="create")
    with pytest.raises(TrackerBusy):
        await linear_tracker.create(SHOP, str(uuid4()), WANTED)
    assert linear.calls.count("create") == 1


@pytest.mark.parametrize("body", [[], "nonsense", {"data": None}])
async def test_an_answer_that_is_none_is_asked_for_again_later(
    linear: LinearStandIn, linear_tracker: Linear, body: object
) -> None:
    linear.fail_next(200, body=body)
    with pytest.raises(TrackerBusy, match="Linear did not answer as it should"):
        await linear_tracker.read(SHOP, str(uuid4()))


async def test_a_page_instead_of_an_answer_is_asked_for_again_later(
    linear: LinearStandIn, linear_tracker: Linear
) -> None:
    linear.fail_next(200, body=b"<html>")
    with pytest.raises(TrackerBusy, match="Is its address right"):
        await linear_tracker.read(SHOP, str(uuid4()))


@pytest.mark.parametrize("body", [None, "no errors"])
async def test_an_unknown_key_says_who_sets_a_new_one(
    linear: LinearStandIn, linear_tracker: Linear, body: object
) -> None:
    linear.fail_next(401, body=body)
    assert await refusal(linear_tracker) == (
        "Linear does not know our key any more. Whoever runs Closed Loop sets a new one in "
        "LINEAR_API_KEY."
    )


async def test_a_key_that_may_not_says_what_to_do(
    linear: LinearStandIn, linear_tracker: Linear
) -> None:
    linear.fail_next(403)
    assert await refusal(linear_tracker) == (
        "Linear does not allow this with our key: You do not have access to this team. Whoever "
        "runs Closed Loop lets the key write in that team, or sets another one in LINEAR_API_KEY."
    )


async def test_a_team_that_is_not_there_is_named(linear_tracker: Linear) -> None:
    told = await refusal(linear_tracker, NOWHERE)
    assert told.startswith("Linear has no team SHIP, or our key may not see it. Write the key of")


async def test_a_retired_team_takes_no_tickets(
    linear: LinearStandIn, linear_tracker: Linear
) -> None:
    linear.world.teams["SHOP"]["retiredAt"] = NOW.isoformat()
    told = await refusal(linear_tracker)
    assert told.startswith("Linear's team SHOP is retired and takes no tickets. Name another one")


async def test_what_linear_refuses_is_told_in_its_words(
    linear: LinearStandIn, linear_tracker: Linear
) -> None:
    told = {"message": "x", "extensions": {"userPresentableMessage": "The team wants an estimate."}}
    linear.fail_next(400, body={"errors": [told]}, on="create")
    assert await refusal(linear_tracker) == (
        "Linear refused it: The team wants an estimate. Correct what it says in Linear, or in "
        "/postmortem settings trackers."
    )


async def test_a_label_that_cannot_be_made_is_named(
    linear: LinearStandIn, linear_tracker: Linear
) -> None:
    told = {"message": "x", "extensions": {"userPresentableMessage": "Only admins make labels."}}
    linear.fail_next(200, body={"errors": [told]}, on="label")
    assert "It was about the label “closedloop”, which is missing" in await refusal(linear_tracker)
    assert linear.tickets() == []


async def test_a_group_of_labels_is_no_label(linear: LinearStandIn, linear_tracker: Linear) -> None:
    linear.world.new_label("postmortem", group=True)
    told = await refusal(linear_tracker)
    assert told.startswith("“Postmortem” is a group of labels in Linear")


async def test_a_team_without_a_status_for_what_is_done_is_told(
    linear: LinearStandIn, linear_tracker: Linear
) -> None:
    seen = await linear_tracker.create(SHOP, str(uuid4()), WANTED)
    linear.world.teams["SHOP"]["_states"] = linear.world.teams["SHOP"]["_states"][:4]
    done = replace(WANTED, state=TicketState.DONE)
    with pytest.raises(TrackerRefused, match="has no status of the kind completed"):
        await linear_tracker.update(SHOP, seen.ref, WANTED, done)


async def test_an_owner_who_cannot_be_assigned_later_is_told(
    linear: LinearStandIn, linear_tracker: Linear
) -> None:
    seen = await linear_tracker.create(SHOP, str(uuid4()), WANTED)
    stranger = replace(WANTED, account=linear.account_of("outsider"))
    with pytest.raises(TrackerRefused, match="no member of the team"):
        await linear_tracker.update(SHOP, seen.ref, WANTED, stranger)


async def test_an_owner_whose_account_is_no_more_is_told_and_the_ticket_is_not_gone(
    linear_tracker: Linear,
) -> None:
    seen = await linear_tracker.create(SHOP, str(uuid4()), WANTED)
    with pytest.raises(TrackerRefused, match="Could not find referenced User"):
        await linear_tracker.update(SHOP, seen.ref, WANTED, replace(WANTED, account=str(uuid4())))


async def test_a_comment_that_is_refused_is_told(
    linear: LinearStandIn, linear_tracker: Linear
) -> None:
    seen = await linear_tracker.create(SHOP, str(uuid4()), WANTED)
    linear.fail_next(400, on="comment")
    with pytest.raises(TrackerRefused):
        await linear_tracker.comment(SHOP, seen.ref, "text", str(uuid4()))


async def test_a_linear_that_is_not_there_is_asked_again_later() -> None:
    tracker = Linear("key", "http://127.0.0.1:9/graphql", now=lambda: NOW)
    with pytest.raises(TrackerBusy, match=r"Linear did not answer\."):
        await tracker.read(SHOP, str(uuid4()))
    await tracker.close()
