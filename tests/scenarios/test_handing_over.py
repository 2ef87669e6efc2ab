"""An item is handed over: somebody is asked, and takes it on, declines, or stays silent."""

from datetime import timedelta

from blocks.item_buttons import action_of
from domain.decisions import Decision
from sandbox.messages import Message
from tests.scenarios.deciding import decided, promised, the_item
from tests.scenarios.following import DAY, heard, later, the_news
from tests.scenarios.reviewing import DM
from tests.scenarios.stage import Stage


async def asked(slack: Stage) -> Message:
    """Let Bob ask Mei to take his item on; give the question."""
    await promised(slack)
    words = "You know the pool"
    await decided(slack, "bob", Decision.REASSIGN, person=slack.id_of("mei"), words=words)
    return question(slack)


def question(slack: Stage) -> Message:
    """Give what Mei was asked."""
    (message,) = heard(slack, "mei", "handover")
    return message


async def answered(slack: Stage, decision: Decision) -> None:
    """Let Mei press a button of the question."""
    await slack.person("mei").click(DM, action_id=action_of(decision))
    await slack.settled()


async def test_whoever_is_asked_reads_what_and_takes_it_on(slack: Stage) -> None:
    message = await asked(slack)
    assert "asks you to take on PM-1/1:* Drain connections first" in message.words()
    assert (await the_item(slack)).owner == slack.id_of("bob")
    await answered(slack, Decision.TAKE)
    assert (await the_item(slack)).owner == slack.id_of("mei")
    assert "You took it on" in question(slack).words()
    mei = slack.id_of("mei")
    assert the_news(slack, "bob")[1:] == [f"<@{mei}> took on your item PM-1/1. It is theirs now."]


async def test_whoever_declines_leaves_it_with_its_owner(slack: Stage) -> None:
    await asked(slack)
    await answered(slack, Decision.DECLINE)
    assert (await the_item(slack)).owner == slack.id_of("bob")
    assert "You declined" in question(slack).words()
    assert the_news(slack, "bob")[1:] == [
        f"<@{slack.id_of('mei')}> cannot take on your item PM-1/1. It stays with you."
    ]


async def test_a_question_nobody_answers_returns_after_two_working_days(slack: Stage) -> None:
    await asked(slack)
    await later(slack, DAY)
    assert (await the_item(slack)).proposed_owner == slack.id_of("mei")
    await later(slack, DAY)
    item = await the_item(slack)
    assert (item.owner, item.proposed_owner) == (slack.id_of("bob"), "")
    returned = "after two working days without an answer"
    assert f"It returned to <@{slack.id_of('bob')}> {returned}." in question(slack).words()
    assert "PM-1/1 stays with you" in the_news(slack, "bob")[-1]


async def test_what_has_returned_returns_once(slack: Stage) -> None:
    await asked(slack)
    await later(slack, 3 * DAY)
    await later(slack, timedelta(minutes=1))
    assert await slack.count("item_history WHERE event = 'returned'") == 1
    assert len(the_news(slack, "bob")) == 2


async def test_an_item_that_is_settled_otherwise_asks_nobody_any_more(slack: Stage) -> None:
    await asked(slack)
    await decided(slack, "bob", Decision.CANCEL, words="The region is gone")
    assert "It was settled otherwise" in question(slack).words()
    await later(slack, 3 * DAY)
    assert await slack.count("item_history WHERE event = 'returned'") == 0
