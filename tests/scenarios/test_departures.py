"""Somebody leaves who owns action items: they go to the programme lead within the day (rule 16)."""

from blocks.item_buttons import action_of
from domain.decisions import Decision
from sandbox.messages import Message
from tests.scenarios.deciding import decided, led_by, promised, the_item
from tests.scenarios.following import comes_back, heard, leaves, the_news, under_the_card
from tests.scenarios.reviewing import DM, take_turns
from tests.scenarios.stage import CHANNEL, Stage


async def left(slack: Stage, lead: str = "freya") -> None:
    """Let Bob, who owns an item, leave; Freya leads the programme."""
    await promised(slack)
    await slack.promised(what="Alert on the pool", owner="bob")
    await led_by(slack, lead)
    await leaves(slack, "bob")


def orphans(slack: Stage, name: str = "freya") -> Message:
    """Give the one message about what Bob owned."""
    (message,) = heard(slack, name, "orphans")
    return message


async def test_the_lead_gets_one_message_about_all_that_somebody_left_behind(slack: Stage) -> None:
    await left(slack)
    said = orphans(slack).words()
    assert f"<@{slack.id_of('bob')}> has left and answers for 2 action items." in said
    assert "*PM-1/1* Drain connections first" in said
    assert "*PM-1/2* Alert on the pool" in said
    assert await slack.count("item_history WHERE event = 'owner left'") == 2


async def test_that_somebody_left_is_recorded_once_however_often_it_is_said(slack: Stage) -> None:
    await left(slack)
    await leaves(slack, "bob")
    assert await slack.count("item_history WHERE event = 'owner left'") == 2
    assert len(heard(slack, "freya", "orphans")) == 1


async def test_the_message_shrinks_as_its_items_are_handed_over(slack: Stage) -> None:
    await left(slack)
    for which in (1, 2):
        freya = slack.person("freya")
        await freya.click(DM, action_id=action_of(Decision.REASSIGN), value=str(which))
        form = (await freya.modal()).fill(person=slack.id_of("mei"), words="Bob left")
        assert (await form.submit()).closed
        await slack.settled()
        assert f"asked: <@{slack.id_of('mei')}>" in orphans(slack).words()
        taken = action_of(Decision.TAKE)
        await slack.person("mei").click(DM, action_id=taken, value=str(which))
        await slack.settled()
    assert "Everything that" in orphans(slack).words()
    assert (await the_item(slack, 2)).owner == slack.id_of("mei")


async def test_somebody_who_comes_back_owns_what_they_owned(slack: Stage) -> None:
    await left(slack)
    await comes_back(slack, "bob")
    assert "is back and owns 2 action items as before" in orphans(slack).words()
    assert (await the_item(slack)).owner == slack.id_of("bob")


async def test_without_a_lead_whoever_is_in_the_channel_hands_it_over(slack: Stage) -> None:
    await take_turns(slack, "freya")
    await left(slack, lead="")
    [said] = under_the_card(slack)
    assert "answers for PM-1/1, PM-1/2. Nobody leads the programme" in said
    [asked] = heard(slack, "freya", "no_lead")
    assert "2 action items wait for a new owner" in asked.text
    await slack.person("mei").click(CHANNEL, action_id=action_of(Decision.REASSIGN), value="1")
    form = (await slack.person("mei").modal()).fill(person=slack.id_of("ana"), words="Bob left")
    assert (await form.submit()).closed


async def test_a_lead_who_leaves_is_told_to_those_who_may_name_another(slack: Stage) -> None:
    await take_turns(slack, "freya", "lena")
    await promised(slack)
    await led_by(slack, "mei")
    await leaves(slack, "mei")
    for name in ("freya", "lena"):
        [said] = heard(slack, name, "no_lead")
        assert f"<@{slack.id_of('mei')}>, who led the programme, has left." in said.text


async def test_what_was_asked_of_somebody_who_leaves_returns_at_once(slack: Stage) -> None:
    await promised(slack)
    words = "You know the pool"
    await decided(slack, "bob", Decision.REASSIGN, person=slack.id_of("mei"), words=words)
    await leaves(slack, "mei")
    assert (await the_item(slack)).proposed_owner == ""
    said = "PM-1/1 stays with you: Mei Tanaka has left the workspace."
    assert said in the_news(slack, "bob")[-1]


async def test_what_somebody_who_leaves_asked_of_another_still_waits_for_an_answer(
    slack: Stage,
) -> None:
    await promised(slack)
    await led_by(slack, "freya")
    words = "You know the pool"
    await decided(slack, "bob", Decision.REASSIGN, person=slack.id_of("mei"), words=words)
    await leaves(slack, "bob")
    assert (await the_item(slack)).proposed_owner == slack.id_of("mei")
    await slack.person("mei").click(DM, action_id=action_of(Decision.TAKE))
    await slack.settled()
    assert "Everything that" in orphans(slack).words()
