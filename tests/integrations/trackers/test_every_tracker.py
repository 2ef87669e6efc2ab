from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import date, timedelta

import pytest

from domain.tickets import LABEL, Aspect, TicketState
from integrations.trackers import TrackerBusy, TrackerRefused
from tests.integrations.trackers.every_tracker import MARK, OURS, WANTED, Played, playing

OTHER = "5e1d4d7a-0a1b-4c2d-8e3f-4a5b6c7d8e9f"
LATER = date(2026, 4, 1)


@pytest.fixture(params=["GitHub", "Jira Cloud", "Jira Data Center", "Linear"])
async def played(request: pytest.FixtureRequest) -> AsyncIterator[Played]:
    async with playing(request.param) as one:
        yield one


async def test_a_ticket_is_found_by_our_key_once_it_is_made(played: Played) -> None:
    assert await played.found() is None

    seen = await played.made()
    await played.made(OTHER)

    assert await played.found() == seen


async def test_it_says_what_our_account_is_called(played: Played) -> None:
    assert "closed" in (await played.tracker.known_as()).lower()
    played.stand_in.fail_next(401)
    with pytest.raises(TrackerRefused, match="does not know our"):
        await played.tracker.known_as()


async def test_a_ticket_says_what_is_wanted(played: Played) -> None:
    seen = await played.made(wanted=replace(WANTED, account=played.stand_in.account_of("ada")))

    ticket = played.looked()
    assert (ticket.ref, ticket.key) == (seen.ref, seen.key)
    assert (ticket.title, ticket.state, ticket.assignee) == (WANTED.title, "open", "ada")
    assert "an alert fires at 80" in ticket.body
    assert LABEL in ticket.labels
    assert seen.account == played.stand_in.account_of("ada")
    assert seen.due_on == (WANTED.due_on if Aspect.DUE in played.tracker.aspects else None)


async def test_an_answer_that_is_lost_makes_no_second_ticket(played: Played) -> None:
    played.stand_in.lose_next_answer("create")

    with pytest.raises(TrackerBusy):
        await played.made()

    found = await played.found()
    assert found is not None
    assert found.ref == played.looked().ref


@pytest.mark.parametrize(("status", "wait"), [(500, None), (429, 7)])
async def test_a_tracker_that_is_busy_makes_nothing_and_says_when(
    played: Played, status: int, wait: int | None
) -> None:
    headers = {"Retry-After": str(wait)} if wait else {}
    played.stand_in.fail_next(status, headers=headers, on="create")

    with pytest.raises(TrackerBusy) as busy:
        await played.made()

    assert busy.value.wait == (timedelta(seconds=wait) if wait else None)
    assert played.stand_in.tickets() == []
    assert await played.found() is None


@pytest.mark.parametrize("status", [401, 403, 404])
async def test_a_refusal_is_a_sentence_that_names_the_tracker(played: Played, status: int) -> None:
    played.stand_in.fail_next(status, on="create")

    with pytest.raises(TrackerRefused) as refused:
        await played.made()

    said = str(refused.value)
    assert said.startswith(played.tracker.kind.called) or f" {played.tracker.kind.called}" in said
    assert said.endswith((".", "…", "?"))
    assert played.stand_in.tickets() == []


async def test_only_what_differs_is_written(played: Played) -> None:
    mine = replace(WANTED, account=played.stand_in.account_of("ada"))
    seen = await played.made(wanted=mine)
    await played.by_hand(played.stand_in.assign(seen.ref, "ben", by="cleo"))

    now = await played.update(seen.ref, mine, replace(mine, title="Another", due_on=LATER))

    ticket = played.looked()
    assert (ticket.title, ticket.assignee) == ("Another", "ben")
    assert now.account == played.stand_in.account_of("ben")
    assert now.due_on == (LATER if Aspect.DUE in played.tracker.aspects else None)


async def test_nothing_is_written_where_nothing_differs(played: Played) -> None:
    seen = await played.made()

    assert await played.update(seen.ref, WANTED, WANTED) == seen
    assert "update" not in played.stand_in.calls


async def test_all_is_written_where_nothing_is_known_of_before(played: Played) -> None:
    seen = await played.made()
    await played.by_hand(played.stand_in.assign(seen.ref, "ben", by="cleo"))

    mine = replace(WANTED, account=played.stand_in.account_of("ada"), state=TicketState.DONE)
    now = await played.update(seen.ref, None, mine)

    assert now.account == played.stand_in.account_of("ada")
    assert now.state is TicketState.DONE


async def test_an_owner_may_be_taken_away(played: Played) -> None:
    mine = replace(WANTED, account=played.stand_in.account_of("ada"))
    seen = await played.made(wanted=mine)

    assert (await played.update(seen.ref, mine, WANTED)).account == ""
    assert played.looked().assignee == ""


@pytest.mark.parametrize("state", [TicketState.DONE, TicketState.DROPPED])
async def test_a_ticket_is_closed_and_reopened(played: Played, state: TicketState) -> None:
    seen = await played.made()

    closed = await played.update(seen.ref, WANTED, replace(WANTED, state=state))
    assert (closed.state, played.looked().state) == (state, state)

    opened = await played.update(seen.ref, replace(WANTED, state=state), WANTED)
    assert (opened.state, played.looked().state) == (TicketState.OPEN, "open")


async def test_a_comment_is_written_once_by_its_mark(played: Played) -> None:
    seen = await played.made()

    for mark in (MARK, MARK, OTHER):
        await played.tracker.comment(played.place, seen.ref, "It was closed here.", mark)

    comments = played.looked().comments
    assert len(comments) == 2
    assert "It was closed here." in comments[0]


async def test_a_comment_whose_answer_is_lost_is_not_written_again(played: Played) -> None:
    seen = await played.made()
    played.stand_in.lose_next_answer("comment")

    with pytest.raises(TrackerBusy):
        await played.tracker.comment(played.place, seen.ref, "It was closed here.", MARK)
    await played.tracker.comment(played.place, seen.ref, "It was closed here.", MARK)

    assert len(played.looked().comments) == 1


async def test_a_ticket_is_placed_in_the_next_sprint_and_stays_there(played: Played) -> None:
    seen = await played.made()
    assert played.looked().sprint == ""

    planned = await played.tracker.plan(played.place, seen.ref)

    assert planned
    assert planned in played.looked().sprint or played.looked().sprint in planned
    assert await played.tracker.plan(played.place, seen.ref) == planned


async def test_an_account_is_found_by_address_and_by_what_the_tracker_calls_it(
    played: Played,
) -> None:
    ada = played.stand_in.account_of("ada")

    for said in ("ada@example.com", " Ada ", ada):
        found = await played.tracker.account(played.place, said)
        assert found is not None, said
        assert found.id == ada
    assert await played.tracker.account(played.place, "nobody@example.com") is None
    assert await played.tracker.account(played.place, "") is None


async def test_an_owner_who_cannot_be_assigned_keeps_no_ticket_from_being_made(
    played: Played,
) -> None:
    outsider = played.stand_in.account_of("outsider")

    seen = await played.made(wanted=replace(WANTED, account=outsider))

    assert seen.account == ""
    assert played.looked().assignee == ""


async def test_a_place_that_works_has_nothing_said_of_it_and_no_ticket_in_it(
    played: Played,
) -> None:
    assert await played.tracker.check(played.place) == []
    assert played.stand_in.tickets() == []


async def test_a_project_that_there_is_not_is_said_by_its_name(played: Played) -> None:
    nowhere = replace(played.place, project=played.place.project.replace("p", "pp") + "NO")

    sentences = await played.tracker.check(nowhere)

    assert any(nowhere.project in sentence for sentence in sentences)
    with pytest.raises(TrackerRefused, match=nowhere.project):
        await played.tracker.create(nowhere, OURS, WANTED)
