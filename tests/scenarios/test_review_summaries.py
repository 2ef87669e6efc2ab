"""What is read of a closed monthly review: a message, a canvas, a file."""

from dataclasses import replace

import pytest

from blocks.review_buttons import REVIEW_MARKDOWN
from domain.decisions import Decision
from domain.errors import RuleBroken
from handlers import kept_items
from handlers.kept_items import Deed
from handlers.review_summaries import send_markdown
from handlers.reviews import begin
from storage import reviews, workspaces
from tests.scenarios import monthly
from tests.scenarios.closing import (
    LEARNT,
    canvases,
    closed,
    file_of,
    name_of,
    summary,
)
from tests.scenarios.deciding import the_item
from tests.scenarios.monthly import OVERDUE, REVIEWS, TODAY, begun, item, parent
from tests.scenarios.reviewing import TEAM
from tests.scenarios.stage import NOW, Stage


async def test_the_summary_tells_what_was_decided_by_whom_and_why(slack: Stage) -> None:
    await monthly.set_up(slack)
    late = await item(slack, "bob", OVERDUE, reschedules=2)
    await item(slack, "mei", reviews_seen=1)
    await begun(slack)
    await monthly.moved(slack, "freya", late)
    await closed(slack, learnt=LEARNT)
    said = summary(slack).words()
    bob, freya = (name_of(slack, name) for name in ("bob", "freya"))
    assert "1 of 2 decided.* 1 moved" in said
    assert f"moved to 24 Dec 2026 by {freya}, chairing for {bob}: The vendor is late" in said
    assert "2 items are still open. :hourglass: Expired now: PM-2/1; it cannot be moved" in said
    assert f"Moved most often:_ *PM-1/1* Mend what bob knows ({bob}), 3 times" in said
    assert "checkout 2 of 2 open, 1 of them overdue or expired" in said
    assert LEARNT in said
    assert "<@" not in said


async def test_the_summary_stands_in_the_channel_and_the_parent_says_closed(slack: Stage) -> None:
    await monthly.set_up(slack)
    await item(slack, "mei")
    await begun(slack)
    review = await closed(slack)
    assert summary(slack).thread_ts is None
    assert review.closed_at == NOW
    assert f"closed <!date^{int(NOW.timestamp())}" in summary(slack).words()
    assert "losed" in parent(slack).words()
    counted = "0 of 1 decided, 1 still open"
    assert summary(slack).text == f"Monthly review of 24 Nov 2026 is closed: {counted}."


async def moved(slack: Stage, by: str, why: str) -> None:
    """Let the owner of the first item move it, wherever."""
    item = await the_item(slack)
    deed = Deed(by=slack.id_of(by), at=NOW, event=Decision.RESCHEDULE, reason=why)
    async with slack.bot.database.sessions.begin() as session:
        later = replace(item, due_on=TODAY + 30 * monthly.DAY, reschedules=1)
        await kept_items.change(session, TEAM, item, later, deed)


async def test_a_private_item_is_told_by_its_key_and_outcome_alone(slack: Stage) -> None:
    await monthly.set_up(slack)
    of = await monthly.incident(slack, is_private=True)
    await item(slack, "bob", OVERDUE, of=of, what="Rotate the stolen key")
    await begun(slack)
    await moved(slack, "bob", "The thief is inside")
    await closed(slack)
    await slack.person("mei").click(REVIEWS, action_id=REVIEW_MARKDOWN)
    await slack.settled()
    told = (summary(slack).words(), canvases(slack)[0].markdown, await file_of(slack, "mei"))
    for said in told:
        assert "PM-1/1" in said
        assert "moved to 24 Dec 2026" in said
        assert "private incidents" in said
        for word in ("stolen", "thief", "checkout"):
            assert word not in said


async def test_each_review_has_a_canvas_of_its_own(slack: Stage) -> None:
    await monthly.set_up(slack)
    which = await item(slack, "bob", OVERDUE)
    await begun(slack)
    await monthly.moved(slack, "bob", which)
    await closed(slack, learnt=LEARNT)
    (first,) = canvases(slack)
    assert first.markdown.startswith("# Monthly review of 24 Nov 2026")
    assert "- **PM-1/1** Mend what bob knows: moved to 24 Dec 2026 by" in first.markdown
    await next_month(slack)
    await closed(slack)
    assert [each.title for each in canvases(slack)] == [
        "Monthly review of 24 Nov 2026",
        "Monthly review of 1 Dec 2026",
    ]
    assert "24 Nov" in first.markdown


async def next_month(slack: Stage) -> None:
    """Let the next review be called and begun, a week later."""
    await slack.passes(7 * monthly.DAY)
    now = slack.clock.now()
    review = await monthly.called(slack, called_at=now, due_at=now, due_on=now.date())
    async with slack.bot.database.sessions.begin() as session:
        await workspaces.ensure(session, TEAM)
        await begin(session, review, now)
    await slack.settled()


async def test_whoever_asks_gets_the_review_as_a_file(slack: Stage) -> None:
    await monthly.set_up(slack)
    sessions, client = slack.bot.database.sessions, slack.bot.app.client
    with pytest.raises(RuleBroken, match="No monthly review has been closed yet"):
        await send_markdown(client, sessions, TEAM, slack.id_of("mei"))
    await item(slack, "bob")
    await begun(slack)
    await closed(slack, learnt=f"{LEARNT}\n- Fewer items")
    await slack.person("mei").click(REVIEWS, action_id=REVIEW_MARKDOWN)
    assert "monthly-review-2026-11-24.md" in await slack.told("mei", "Sent to you", REVIEWS)
    text = await file_of(slack, "mei")
    assert "## What nobody decided\n\n- **PM-1/1** Mend what bob knows:" in text
    assert f"{LEARNT}\n\n\\- Fewer items" in text


async def test_a_closed_review_says_the_same_whatever_is_done_later(slack: Stage) -> None:
    await monthly.set_up(slack)
    which = await item(slack, "bob", OVERDUE)
    await begun(slack)
    await monthly.moved(slack, "bob", which)
    await closed(slack)
    before = canvases(slack)[0].markdown
    await slack.passes(monthly.DAY)
    await slack.run_sql("UPDATE action_item SET due_on = '2027-03-01', state = 'cancelled'")
    review = await monthly.the_review(slack)
    await slack.person("mei").click(REVIEWS, action_id=REVIEW_MARKDOWN)
    await slack.settled()
    assert "- **Still open:** 1" in before
    for line in ("- **Still open:** 1", "- **PM-1/1** Mend what bob knows: moved to 24 Dec 2026"):
        assert line in await file_of(slack, "mei")
    assert review.due_on == TODAY
    async with slack.bot.database.sessions() as session:
        assert await reviews.last_closed(session, TEAM) == review
