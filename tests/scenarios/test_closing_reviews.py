"""Closing a monthly review: what is owed, and what was seen open thereby."""

from dataclasses import replace

from blocks.history_words import deed_words
from blocks.item_buttons import action_of
from domain.accepted_risks import ended
from domain.action_items import HistoryEntry, ItemState
from domain.decisions import Decision
from domain.record import Event, RecordEntry
from domain.reviews import Stage as Point
from handlers import kept_risks
from sandbox.messages import Message
from storage import accepted_risks, action_items, item_history
from tests.scenarios import monthly
from tests.scenarios.closing import LEARNT, canvases, closed, form, name_of, refused, summary
from tests.scenarios.deciding import history, the_item
from tests.scenarios.hearing import digests, until
from tests.scenarios.monthly import LATER, OVERDUE, begun, item
from tests.scenarios.reviewing import DM, TEAM
from tests.scenarios.stage import NOW, Stage


def buttons(message: Message) -> list[str]:
    """What can be pressed below a message."""
    rows = [each["elements"] for each in message.blocks if each["type"] == "actions"]
    return [each["action_id"] for row in rows for each in row]


async def risk_ended(slack: Stage, which: int) -> None:
    """Let whoever accepted a risk say that it is none any more."""
    async with slack.bot.database.sessions.begin() as session:
        found = await accepted_risks.risk(session, TEAM, which)
        assert found is not None
        postmortem, old = found
        entry = RecordEntry(actor=old.accepter, at=NOW, event=Event.RISK_ENDED, reason="Gone")
        await kept_risks.change(session, postmortem, old, ended(old, "Gone", NOW.date()), entry)
    slack.bot.courier.wake()
    await slack.settled()


async def untold(slack: Stage, which: int) -> None:
    """Let an item have been cancelled in a moment when no review was told."""
    async with slack.bot.database.sessions.begin() as session:
        found = await action_items.item(session, TEAM, which)
        assert found is not None
        over = replace(found[1], state=ItemState.CANCELLED)
        await action_items.change(session, over)
        by = over.owner
        entry = HistoryEntry(item_id=which, actor=by, at=NOW, event=Decision.CANCEL, changes={})
        await item_history.append(session, TEAM, entry)


async def test_a_review_is_not_closed_while_something_owed_is_undecided(slack: Stage) -> None:
    await monthly.set_up(slack)
    await item(slack, "bob", OVERDUE)
    await item(slack, "ana", reviews_seen=2)
    await item(slack, "mei")
    await begun(slack)
    said = await refused(slack, "freya", "PM-2/1, PM-1/1 are expired or overdue")
    assert "press Owner absent" in said
    assert (await monthly.the_review(slack)).stage is Point.UNDER_WAY


async def test_only_the_chair_and_the_lead_close_a_review(slack: Stage) -> None:
    await monthly.set_up(slack)
    await item(slack, "mei")
    await begun(slack)
    said = await refused(slack, "bob", "chairs this review")
    assert "decide your own items" in said
    review = await closed(slack, "lena")
    assert review.closed_by == slack.id_of("lena")
    assert f"by {name_of(slack, 'lena')}" in summary(slack).words()


async def test_what_comes_back_while_the_form_is_open_is_owed_again(slack: Stage) -> None:
    await monthly.set_up(slack)
    which = await item(slack, "bob", OVERDUE)
    await begun(slack)
    await monthly.decided(slack, "bob", Decision.REASSIGN, which, person=slack.id_of("mei"))
    opened = await form(slack)
    await slack.person("mei").click(DM, action_id=action_of(Decision.DECLINE))
    await slack.settled()
    answer = await opened.submit()
    assert "PM-1/1 is expired or overdue" in str(answer.errors)


async def test_what_is_open_still_was_seen_once_more_and_its_history_says_so(slack: Stage) -> None:
    await monthly.set_up(slack)
    await item(slack, "mei")
    await item(slack, "bob", reviews_seen=1)
    done = await item(slack, "ana")
    await begun(slack)
    await monthly.all_up(slack)
    await monthly.decided(slack, "ana", Decision.IMPLEMENT, done, words="Shipped")
    await closed(slack)
    seen = [(await the_item(slack, which)).reviews_seen for which in (1, 2, 3)]
    assert seen == [1, 2, 0]
    told = [deed_words((await history(slack, which))[-1], "U1") for which in (1, 2)]
    assert told == [
        "The monthly review saw it open, for the first time",
        "The monthly review saw it open, for the second time: it has expired",
    ]
    assert (await the_item(slack, 2)).has_expired


async def test_a_moved_item_was_open_too(slack: Stage) -> None:
    await monthly.set_up(slack)
    which = await item(slack, "bob", OVERDUE)
    await begun(slack)
    await monthly.moved(slack, "bob", which)
    await closed(slack)
    assert (await the_item(slack, which)).reviews_seen == 1
    assert "1 item is still open." in summary(slack).words()


async def test_a_second_press_closes_once(slack: Stage) -> None:
    await monthly.set_up(slack)
    await item(slack, "mei")
    await begun(slack)
    opened = (await form(slack)).fill(learnt=LEARNT)
    answers = await slack.at_once(opened.submit(), opened.send())
    await slack.settled()
    assert [each.closed for each in answers] == [True, True]
    assert (await the_item(slack)).reviews_seen == 1
    assert len(canvases(slack)) == 1


async def test_whoever_owns_what_expired_hears_of_it_within_the_week(slack: Stage) -> None:
    await monthly.set_up(slack)
    await item(slack, "bob", LATER, reviews_seen=1)
    await begun(slack)
    await closed(slack)
    await until(slack, "2026-11-30 14:00")
    (heard,) = digests(slack, "bob")
    assert "2 monthly reviews saw it open, so it cannot be moved" in heard.words()


async def test_a_card_of_a_closed_review_offers_nothing_but_to_open_the_item(slack: Stage) -> None:
    await monthly.set_up(slack, cards_at_once=25)
    await item(slack, "bob", LATER, reviews_seen=1)
    await item(slack, "mei", LATER)
    await monthly.risk(slack, "ana")
    await begun(slack)
    await closed(slack)
    expired, still_open, risk = monthly.cards(slack)
    assert "expired now*: 2 monthly reviews saw it open · owner" in expired.words()
    assert "Mend what mei knows · still open, due 14 Dec 2026" in still_open.words()
    assert [buttons(each) for each in (expired, still_open, risk)] == [["open_item"]] * 2 + [[]]


async def test_what_is_decided_after_the_review_is_said_on_its_card(slack: Stage) -> None:
    await monthly.set_up(slack, cards_at_once=25)
    for owner in ("bob", "mei"):
        await item(slack, owner, LATER)
    await begun(slack)
    await closed(slack)
    told = summary(slack).words()
    await monthly.cancelled_elsewhere(slack, 1)
    assert [len(each.blocks) for each in monthly.cards(slack)] == [1, 2]
    done = f"{name_of(slack, 'bob')} cancelled it: Gone"
    said = f"Decided after the review: :no_entry_sign: *PM-1/1* Mend what bob knows · {done}"
    assert monthly.cards(slack)[0].blocks[0]["text"]["text"] == said
    assert (summary(slack).words(), (await monthly.table(slack))[0].settled_at) == (told, None)


async def test_a_risk_ended_after_the_review_is_said_on_its_card(slack: Stage) -> None:
    await monthly.set_up(slack)
    which = await monthly.risk(slack, "ana")
    await begun(slack)
    await closed(slack)
    assert "left undecided, accepted until" in monthly.cards(slack)[0].words()
    await risk_ended(slack, which)
    assert "decided after the review: it is no risk any more" in monthly.cards(slack)[0].words()


async def test_what_was_decided_and_not_told_is_said_on_its_card_at_the_end(slack: Stage) -> None:
    await monthly.set_up(slack)
    which = await item(slack, "bob", OVERDUE)
    await begun(slack)
    await untold(slack, which)
    await closed(slack)
    (card,) = monthly.cards(slack)
    assert card.words().startswith(":no_entry_sign: *PM-1/1* Mend what bob knows · ")
    assert "1 of 1 decided" in monthly.parent(slack).words()
