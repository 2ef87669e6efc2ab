"""An incident's channel is archived: owners are told where they decide now, and nothing is lost."""

from blocks.item_buttons import OPEN_ITEM
from blocks.postmortems import ACCEPT_RISK
from sandbox.posting import archive, unarchive
from tests.scenarios.deciding import promised
from tests.scenarios.following import heard, heard_of_it
from tests.scenarios.reviewing import DM
from tests.scenarios.stage import CHANNEL, Stage


async def closed(slack: Stage) -> None:
    """Let Ana archive the incident's channel."""
    place = slack.sandbox.workspace.channel(CHANNEL)
    archive(slack.sandbox.workspace, place, slack.id_of("ana"))
    await heard_of_it(slack)


async def reopened(slack: Stage) -> None:
    """Let Ana open it again."""
    place = slack.sandbox.workspace.channel(CHANNEL)
    unarchive(slack.sandbox.workspace, place, slack.id_of("ana"))
    await heard_of_it(slack)


async def test_owners_and_accepters_are_told_once_where_they_decide_now(slack: Stage) -> None:
    await promised(slack)
    risk = {"risk": "Two regions fail", "reason": "Rare"}
    await slack.saved("ana", ACCEPT_RISK, accepter=slack.id_of("mei"), **risk)
    await closed(slack)
    [told] = heard(slack, "bob", "archived")
    assert told.text == "The channel of PM-1 was archived. You answer for PM-1/1 as before."
    [risky] = heard(slack, "mei", "archived")
    assert "You answer for an accepted risk as before." in risky.text
    await slack.person("bob").click(DM, action_id=OPEN_ITEM)
    assert "Drain connections first" in (await slack.person("bob").modal()).text()


async def test_a_channel_archived_twice_is_told_once(slack: Stage) -> None:
    await promised(slack)
    await closed(slack)
    await reopened(slack)
    await closed(slack)
    assert len(heard(slack, "bob", "archived")) == 1


async def test_a_channel_without_promises_tells_nobody(slack: Stage) -> None:
    await slack.started()
    await closed(slack)
    assert await slack.count("delivery WHERE kind = 'archived'") == 0


async def test_what_waits_for_the_channel_is_let_go_and_sent_when_it_opens(slack: Stage) -> None:
    await promised(slack)
    place = slack.sandbox.workspace.channel(CHANNEL)
    place.archived = True
    await slack.promised(by="bob", what="Alert on the pool")
    await closed(slack)
    assert await slack.count("delivery WHERE given_up_at IS NOT NULL AND due_at IS NULL") == 1
    await reopened(slack)
    assert "Alert on the pool" in slack.card().words()
