from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import date

import httpx
import pytest

from domain.tickets import Aspect, TicketState
from integrations.trackers import HookRefused, TicketGone
from tests.integrations.trackers.every_tracker import MARK, WANTED, Played, playing

OTHER = "5e1d4d7a-0a1b-4c2d-8e3f-4a5b6c7d8e9f"
LATER = date(2026, 4, 1)


@pytest.fixture(params=["GitHub", "Jira Cloud", "Jira Data Center", "Linear"])
async def played(request: pytest.FixtureRequest) -> AsyncIterator[Played]:
    async with playing(request.param) as one:
        yield one


async def test_what_people_do_by_hand_is_seen(played: Played) -> None:
    seen = await played.made()
    states = []
    for deed in (played.stand_in.close, played.stand_in.reopen, played.stand_in.drop):
        await played.by_hand(deed(seen.ref, by="cleo"))
        states.append((await played.read(seen.ref)).state)
    await played.by_hand(played.stand_in.set_due(seen.ref, LATER, by="cleo"))

    assert states == [TicketState.DONE, TicketState.OPEN, TicketState.DROPPED]
    now = await played.read(seen.ref)
    assert now.due_on == (LATER if Aspect.DUE in played.tracker.aspects else None)
    assert now.updated_at > seen.updated_at


async def test_who_changed_what_last_is_told(played: Played) -> None:
    seen = await played.made()
    await played.by_hand(played.stand_in.assign(seen.ref, "ben", by="dan"))
    await played.by_hand(played.stand_in.assign(seen.ref, "ada", by="cleo"))
    await played.by_hand(played.stand_in.close(seen.ref, by="ben"))

    owner = await played.tracker.changed(played.place, seen.ref, Aspect.OWNER)
    state = await played.tracker.changed(played.place, seen.ref, Aspect.STATE)

    assert owner is not None
    assert state is not None
    assert owner.at < state.at < played.clock.at
    accounts = [played.stand_in.account_of(name) for name in ("cleo", "ben")]
    assert [owner.account, state.account] == accounts
    assert owner.name.casefold().startswith("cleo")


async def test_who_changed_a_due_date_is_told_where_there_are_any(played: Played) -> None:
    seen = await played.made()
    await played.by_hand(played.stand_in.set_due(seen.ref, LATER, by="cleo"))

    due = await played.tracker.changed(played.place, seen.ref, Aspect.DUE)

    if Aspect.DUE in played.tracker.aspects:
        assert due is not None
        assert due.account == played.stand_in.account_of("cleo")
    else:
        assert due is None


async def test_a_ticket_that_moved_is_read_where_it_is_now(played: Played) -> None:
    seen = await played.made()
    await played.by_hand(played.stand_in.move(seen.ref))

    moved = await played.read(seen.ref)

    assert moved.key != seen.key
    assert moved.key == played.looked().key
    assert moved.key.rpartition("#")[0].rpartition("/")[2] in moved.url
    assert await played.read(moved.ref) == moved


async def test_a_ticket_that_was_deleted_is_gone(played: Played) -> None:
    seen = await played.made()
    await played.by_hand(played.stand_in.delete(seen.ref))

    tracker, place, ref = played.tracker, played.place, seen.ref
    for asked in (
        tracker.read(place, ref),
        tracker.update(place, ref, WANTED, replace(WANTED, title="Another")),
        tracker.comment(place, ref, "Hello", MARK),
        tracker.plan(place, ref),
        tracker.changed(place, ref, Aspect.STATE),
    ):
        with pytest.raises(TicketGone):
            await asked
    assert played.stand_in.tickets() == []


async def test_a_webhook_tells_which_ticket_changed(played: Played) -> None:
    seen = await played.made()
    before = len(played.stand_in.hooks)
    await played.by_hand(played.stand_in.close(seen.ref, by="cleo"))

    told = [played.hook(at) for at in range(before, len(played.stand_in.hooks))]

    assert {hook.ref for hook in told} == {seen.ref}
    assert {hook.project for hook in told} == {played.place.project}


async def test_a_webhook_of_a_deleted_ticket_names_it(played: Played) -> None:
    seen = await played.made()
    await played.by_hand(played.stand_in.delete(seen.ref))

    assert played.hook(-1).ref == seen.ref


async def test_a_webhook_signed_with_another_secret_is_refused(played: Played) -> None:
    seen = await played.made()
    await played.by_hand(played.stand_in.close(seen.ref, by="cleo"))

    with pytest.raises(HookRefused):
        played.hook(-1, secret="another")


async def test_two_webhooks_are_told_apart_by_their_signatures(played: Played) -> None:
    seen = await played.made()
    await played.by_hand(played.stand_in.close(seen.ref, by="cleo"))
    await played.by_hand(played.stand_in.reopen(seen.ref, by="cleo"))

    reader = played.reader(played.stand_in.secret)
    signatures = [reader.signature(httpx.Headers(headers)) for headers, _ in played.stand_in.hooks]
    assert len(set(signatures)) == len(signatures)
    assert "" not in signatures
