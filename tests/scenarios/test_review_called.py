"""A monthly review is called ahead: its chair, its channel and the owners are told (rule 19)."""

from datetime import date, timedelta

import pytest

from blocks.item_buttons import action_of
from blocks.review_buttons import PASS_REVIEW_ON, REVIEW_CALENDAR
from domain.decisions import Decision
from handlers import review_notices
from storage import deliveries
from tests.scenarios.calling import (
    REVIEW_CHANNEL,
    chair_told,
    notices,
    review_called,
    set_programme,
    the_review,
)
from tests.scenarios.deciding import decided
from tests.scenarios.following import heard, leaves
from tests.scenarios.hearing import until
from tests.scenarios.reviewing import DM, take_turns
from tests.scenarios.stage import Stage


@pytest.fixture
async def bobs(slack: Stage) -> Stage:
    """An item of Bob's that is overdue and one that is not, with Freya to chair."""
    await set_programme(slack, lead="lena")
    await take_turns(slack, "freya")
    await slack.started()
    for day in (date(2026, 11, 28), date(2026, 12, 24)):
        await slack.promised(due_on=day)
    return slack


def announced(slack: Stage) -> str:
    """What the channel was told of the review."""
    (message,) = slack.posted("review_called", REVIEW_CHANNEL)
    return message.words()


async def test_the_chair_is_told_what_the_role_is_and_what_is_on_the_table(bobs: Stage) -> None:
    await review_called(bobs)
    said = chair_told(bobs, "freya").words()
    assert "You chair the monthly review of 1 Dec 2026" in said
    assert "Ask *what* and *how*, not *who*" in said
    assert "but not cancel" in said
    assert "2 items (1 overdue, 1 open)" in said


async def test_the_channel_is_told_when_it_is_and_who_chairs(bobs: Stage) -> None:
    await review_called(bobs)
    said = announced(bobs)
    assert f"<@{bobs.id_of('freya')}> chairs it" in said
    assert "2 items (1 overdue, 1 open)" in said
    assert "2026-12-01 09:00 UTC" in said


async def test_the_channel_is_told_how_many_expire_by_it(bobs: Stage) -> None:
    await bobs.run_sql("UPDATE action_item SET reviews_seen = 1 WHERE position = 2")
    await review_called(bobs)
    assert "1 of them expires if it is still open after it" in announced(bobs)


async def test_where_the_channel_cannot_be_told_the_chair_hears_so(bobs: Stage) -> None:
    bobs.sandbox.workspace.channel(REVIEW_CHANNEL).archived = True
    await review_called(bobs)
    (said,) = heard(bobs, "freya", "trouble")
    assert "This channel is archived. Unarchive it" in said.words()


async def test_the_clock_with_nobody_to_ask_calls_none_and_logs_why(slack: Stage) -> None:
    assert await review_called(slack) is None
    assert slack.logged("review_without_chair")
    assert await slack.count("review") == 0


async def test_the_lead_chairs_where_nobody_takes_turns_who_is_here(slack: Stage) -> None:
    await set_programme(slack, lead="lena")
    await take_turns(slack, "freya")
    await slack.started(by="priya", channel="#inc-payments-webhooks")  # Freya was met there
    await leaves(slack, "freya")
    called = await review_called(slack)
    assert called is not None
    assert called.facilitator == slack.id_of("lena")


async def test_whoever_chaired_a_review_of_either_kind_longest_ago_is_next(slack: Stage) -> None:
    await take_turns(slack, "freya", "bob")
    mei = slack.id_of("mei")
    first = await review_called(slack, members=[mei])
    chairs = [first and first.facilitator]
    for _ in range(3):
        await slack.run_sql("UPDATE review SET closed_at = called_at")
        await slack.passes(timedelta(days=30))
        at = slack.clock.now() + timedelta(days=3)
        called = await review_called(slack, at=at, members=[mei])
        chairs.append(called and called.facilitator)
    assert set(chairs[:3]) == {slack.id_of(each) for each in ("freya", "bob")} | {mei}
    assert chairs[3] == chairs[0]


async def test_owners_get_their_items_within_their_working_hours(slack: Stage) -> None:
    await set_programme(slack, lead="lena")
    await take_turns(slack, "freya")
    await slack.started()
    for who in ("bob", "mei"):
        await slack.promised(owner=who)
    await until(slack, "2026-11-26 09:30")
    await review_called(slack)
    assert [len(notices(slack, who)) for who in ("bob", "mei")] == [1, 0]
    await until(slack, "2026-11-27 00:30")
    assert "1 item of yours comes to the monthly review" in notices(slack, "mei")[0].words()


async def test_an_owner_can_decide_early_and_what_is_decided_drops_out(bobs: Stage) -> None:
    await review_called(bobs)
    [said] = notices(bobs, "bob")
    assert "2 items of yours come to the monthly review" in said.words()
    await bobs.person("bob").click(DM, action_id=action_of(Decision.IMPLEMENT), ts=said.ts)
    form = await bobs.person("bob").modal()
    assert (await form.fill(words="Merged and shipped").submit()).closed
    await bobs.settled()
    [said] = notices(bobs, "bob")
    assert "1 item of yours comes to the monthly review" in said.words()
    assert "Decided: PM-1/1" in said.words()


async def test_whoever_has_decided_everything_hears_nothing(slack: Stage) -> None:
    await set_programme(slack, lead="lena")
    await take_turns(slack, "freya")
    await slack.started()
    await slack.promised(owner="mei")
    await review_called(slack)  # it is evening where Mei lives
    words = {"words": "It waits for the vendor", "day": date(2027, 1, 15)}
    await decided(slack, "mei", Decision.RESCHEDULE, **words)
    await until(slack, "2026-11-25 00:30")
    assert notices(slack, "mei") == []


async def test_what_somebody_owns_who_has_left_is_told_to_the_lead(bobs: Stage) -> None:
    await leaves(bobs, "bob")
    await review_called(bobs)
    assert notices(bobs, "bob") == []
    assert f"<@{bobs.id_of('bob')}> has left: hand it over" in notices(bobs, "lena")[0].words()


async def test_nothing_of_a_private_item_is_told_to_others(slack: Stage) -> None:
    await set_programme(slack, lead="lena")
    await take_turns(slack, "freya")
    await slack.started(channel="#inc-auth-tokens")
    await slack.promised(channel="#inc-auth-tokens", owner="diego")
    await until(slack, "2026-11-24 13:00")
    await review_called(slack)
    assert "Drain connections first" in notices(slack, "diego")[0].words()
    await leaves(slack, "diego")
    await told_to_lead(slack)
    assert "A private item" in notices(slack, "lena")[0].words()
    assert "Drain connections" not in notices(slack, "lena")[0].words()


async def told_to_lead(slack: Stage) -> None:
    """Let the lead be told what they would have been, had Diego left before."""
    review = await the_review(slack)
    async with slack.bot.database.sessions.begin() as session:
        await review_notices.owe(session, review, slack.clock.now())
        assert (await deliveries.health(session, slack.clock.now())).owed
    await slack.settled()


async def test_one_that_is_due_already_is_not_announced(bobs: Stage) -> None:
    await review_called(bobs, at=bobs.clock.now())
    assert chair_told(bobs, "freya")
    assert bobs.posted("review_called", REVIEW_CHANNEL) == []
    assert notices(bobs, "bob") == []


@pytest.mark.parametrize("button", [PASS_REVIEW_ON, REVIEW_CALENDAR])
async def test_the_chair_has_a_button_for(bobs: Stage, button: str) -> None:
    await review_called(bobs)
    rows = [block for block in chair_told(bobs, "freya").blocks if block["type"] == "actions"]
    assert button in [each["action_id"] for row in rows for each in row["elements"]]
