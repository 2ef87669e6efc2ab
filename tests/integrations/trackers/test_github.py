"""Issues of GitHub as tickets; all that is said is held against GitHub's own description."""

from collections.abc import AsyncIterator
from datetime import date

import pytest

from domain.programme import Priority
from domain.tickets import Line, TicketState
from integrations.trackers import TicketGone, TrackerBusy
from tests.trackers.github_stage import BEGIN, OTHER, OURS, SHOP, Stage, staged, wanted


@pytest.fixture
async def stage() -> AsyncIterator[Stage]:
    """A GitHub with the adapter in front of it."""
    async with staged() as stage:
        yield stage


async def test_an_issue_says_what_is_wanted_and_carries_our_key(stage: Stage) -> None:
    seen = await stage.github.create(SHOP, OURS, wanted())
    assert (seen.ref, seen.key, seen.account) == ("acme/shop/1", "acme/shop#1", "ada")
    there = stage.looked()
    assert there.labels == ("closedloop", "reliability", "P1")
    assert there.body == (
        "**Done when:** A page comes before the queue is full\n\n"
        "**Postmortem:** [PM-7](<https://acme.slack.com/archives/C1/p1>)\n\n"
        f"**Due:** 15 Dec 2026\n\n<!-- closedloop:{OURS} -->"
    )


async def test_an_issue_is_found_by_our_key_whatever_became_of_it(stage: Stage) -> None:
    ref = await stage.made()
    await stage.stand_in.drop(ref, "ben")
    found = await stage.github.find(SHOP, OURS, BEGIN)
    assert found is not None
    assert (found.ref, found.state) == (ref, TicketState.DROPPED)
    assert await stage.github.find(SHOP, OTHER, BEGIN) is None


async def test_an_issue_is_found_behind_a_hundred_newer_ones(stage: Stage) -> None:
    ref = await stage.made()
    for number in range(230):
        stage.clock.later(seconds=1)
        stage.open(f"Another {number}")
    found = await stage.github.find(SHOP, OURS, BEGIN)
    assert found is not None
    assert found.ref == ref
    assert stage.stand_in.calls.count("find") == 3


async def test_what_was_made_before_is_not_read_to_its_end(stage: Stage) -> None:
    for number in range(230):
        stage.open(f"Old {number}")
    stage.clock.later(hours=1)
    for ref in (one.ref for one in stage.stand_in.tickets()):
        await stage.stand_in.close(ref, "ben")
    assert await stage.github.find(SHOP, OURS, stage.clock()) is None
    assert stage.stand_in.calls == ["find"]


async def test_an_issue_whose_label_was_taken_away_is_found(stage: Stage) -> None:
    ref = await stage.made()
    stage.label(ref)
    assert await stage.github.find(SHOP, OURS, BEGIN) is not None


async def test_an_answer_that_is_lost_is_no_second_issue(stage: Stage) -> None:
    stage.stand_in.lose_next_answer()
    with pytest.raises(TrackerBusy):
        await stage.made()
    assert stage.stand_in.calls == ["create"]
    found = await stage.github.find(SHOP, OURS, BEGIN)
    assert found is not None
    assert [one.ref for one in stage.stand_in.tickets()] == [found.ref]


async def test_who_cannot_be_assigned_keeps_no_issue_from_being_made(stage: Stage) -> None:
    seen = await stage.github.create(SHOP, OURS, wanted(account="outsider"))
    assert seen.account == ""
    assert stage.stand_in.calls == ["create", "create"]
    assert len(stage.stand_in.tickets()) == 1


async def test_an_item_that_is_done_already_makes_a_closed_issue(stage: Stage) -> None:
    seen = await stage.github.create(SHOP, OURS, wanted(state=TicketState.DONE))
    assert seen.state is TicketState.DONE


@pytest.mark.parametrize("after", TicketState)
@pytest.mark.parametrize("before", TicketState)
async def test_every_state_follows_every_other(
    stage: Stage, before: TicketState, after: TicketState
) -> None:
    ref = await stage.made(state=before)
    seen = await stage.github.update(SHOP, ref, wanted(state=before), wanted(state=after))
    assert seen.state is after
    assert stage.looked(ref).state == after.value


async def test_what_people_changed_is_left_as_they_put_it(stage: Stage) -> None:
    ref = await stage.made()
    await stage.stand_in.assign(ref, "ben", "ben")
    stage.write(ref, title="Theirs")
    stage.label(ref, "theirs", "P1")
    seen = await stage.github.update(SHOP, ref, wanted(), wanted(priority=Priority.P3))
    there = stage.looked(ref)
    assert (seen.account, there.title, there.labels) == ("ben", "Theirs", ("P3", "theirs"))


async def test_a_new_date_is_written_and_what_stands_around_it_is_kept(stage: Stage) -> None:
    ref = await stage.made()
    body = stage.looked(ref).body
    stage.write(ref, body=f"Note by Ben\r\n\r\n{body}\n\nMore")
    await stage.github.update(SHOP, ref, wanted(), wanted(due_on=date(2027, 1, 2)))
    assert stage.looked(ref).body == (
        f"Note by Ben\n\n{body}\n\nMore".replace("15 Dec 2026", "2 Jan 2027")
    )


async def test_without_what_was_said_before_all_of_it_is_written(stage: Stage) -> None:
    ref = await stage.made()
    stage.write(ref, title="Theirs")
    new = wanted(lines=(Line(label="", text="New"),), account="")
    assert (await stage.github.update(SHOP, ref, None, new)).account == ""
    there = stage.looked(ref)
    assert there.title == new.title
    assert there.body == f"New\n\n**Due:** 15 Dec 2026\n\n<!-- closedloop:{OURS} -->"


async def test_nothing_is_asked_for_that_is_so_already(stage: Stage) -> None:
    ref = await stage.made()
    await stage.stand_in.close(ref, "ben")
    await stage.github.update(SHOP, ref, wanted(), wanted(state=TicketState.DONE))
    await stage.github.update(SHOP, ref, None, wanted(state=TicketState.DONE))
    assert "update" not in stage.stand_in.calls


async def test_a_comment_is_written_once(stage: Stage) -> None:
    ref = await stage.made()
    for _ in range(2):
        await stage.github.comment(SHOP, ref, "Evidence, @ben?", OTHER)
    assert stage.looked(ref).comments == (
        f"Evidence, @<!-- -->ben?\n\n<!-- closedloop:{OTHER} -->",
    )


async def test_an_issue_that_was_transferred_is_followed(stage: Stage) -> None:
    ref = await stage.made()
    await stage.stand_in.move(ref)
    assert (await stage.github.read(SHOP, ref)).ref == "acme/attic/1"
    seen = await stage.github.update(SHOP, ref, wanted(), wanted(state=TicketState.DONE))
    await stage.github.comment(SHOP, ref, "Moved", OTHER)
    assert (seen.ref, stage.looked(seen.ref).state) == ("acme/attic/1", "done")
    assert len(stage.looked(seen.ref).comments) == 1


async def test_an_issue_that_was_deleted_is_gone(stage: Stage) -> None:
    ref = await stage.made()
    await stage.stand_in.delete(ref)
    for asking in (stage.github.read(SHOP, ref), stage.github.plan(SHOP, ref)):
        with pytest.raises(TicketGone):
            await asking
