"""Another lead, or none: what somebody left behind is told to whoever sees to it now (rule 16)."""

from blocks.item_buttons import action_of
from domain.decisions import Decision
from tests.scenarios.deciding import decided, led_by, offered, pressed, promised, the_item
from tests.scenarios.following import (
    DAY,
    comes_back,
    heard,
    later,
    leaves,
    the_news,
    under_the_card,
)
from tests.scenarios.reviewing import DM, take_turns
from tests.scenarios.stage import Stage
from tests.scenarios.test_settings import saved


async def led_anew(slack: Stage, name: str, by: str = "lena") -> None:
    """Let somebody be named the programme lead, in the settings."""
    await saved(slack, by, lead=slack.id_of(name))


async def test_whoever_is_named_lead_hears_at_once_of_what_waits(slack: Stage) -> None:
    await take_turns(slack, "freya")
    await promised(slack)
    await leaves(slack, "bob")
    await led_anew(slack, "mei")
    [said] = heard(slack, "mei", "orphans")
    assert f"<@{slack.id_of('bob')}> has left and answers for 1 action item." in said.text
    [named] = heard(slack, "freya", "no_lead")
    assert named.text == f"<@{slack.id_of('mei')}> leads the programme now."


async def test_a_channel_that_was_asked_reads_who_leads_now(slack: Stage) -> None:
    await promised(slack)
    await leaves(slack, "bob")
    assert "whoever is here may hand it" in under_the_card(slack)[0]
    await led_anew(slack, "mei")
    [said] = under_the_card(slack)
    assert said.endswith(f"answers for PM-1/1. <@{slack.id_of('mei')}> hands it over.")


async def test_who_led_before_is_asked_no_more(slack: Stage) -> None:
    await promised(slack)
    await led_by(slack, "freya")
    await leaves(slack, "bob")
    await led_anew(slack, "mei", by="freya")
    [before], [now] = heard(slack, "freya", "orphans"), heard(slack, "mei", "orphans")
    assert before.text.endswith(f"<@{slack.id_of('mei')}> leads the programme now and sees to it.")
    assert "decide.reassign" not in str(before.blocks)
    assert "decide.reassign" in str(now.blocks)


async def test_a_lead_who_comes_back_sees_to_it_again(slack: Stage) -> None:
    await promised(slack)
    await led_anew(slack, "freya")
    await leaves(slack, "bob")
    await leaves(slack, "freya")
    assert "whoever is here may hand it" in under_the_card(slack)[0]
    await comes_back(slack, "freya")
    assert f"<@{slack.id_of('freya')}> hands it over." in under_the_card(slack)[0]
    assert len(heard(slack, "freya", "orphans")) == 1


async def test_what_returns_to_somebody_who_left_is_told_to_the_lead(slack: Stage) -> None:
    await promised(slack)
    await led_by(slack, "freya")
    words = "You know the pool"
    await decided(slack, "bob", Decision.REASSIGN, person=slack.id_of("mei"), words=words)
    await leaves(slack, "bob")
    goes_back = f"it goes back to <@{slack.id_of('freya')}>, who leads the programme."
    assert goes_back in heard(slack, "mei", "handover")[0].words()
    await later(slack, 3 * DAY)
    assert (await the_item(slack)).proposed_owner == ""
    said = f"PM-1/1 is back with you, for its owner, <@{slack.id_of('bob')}>, has left: "
    assert [each for each in the_news(slack, "freya") if each.startswith(said)]


async def test_what_returns_is_told_to_the_lead_though_whoever_asked_is_here(slack: Stage) -> None:
    await promised(slack)
    await led_by(slack, "ana")
    mei = {"person": slack.id_of("mei"), "words": "You know the pool"}
    await decided(slack, "ana", Decision.REASSIGN, **mei)
    await led_by(slack, "freya")
    await leaves(slack, "bob")
    await later(slack, 3 * DAY)
    sees = f"has left; <@{slack.id_of('freya')}> sees to it: "
    assert sees in the_news(slack, "ana")[-1]
    assert "is back with you" in the_news(slack, "freya")[-1]


async def test_a_lead_who_hands_over_what_was_left_hears_once_what_came_of_it(
    slack: Stage,
) -> None:
    await promised(slack)
    await led_by(slack, "freya")
    await leaves(slack, "bob")
    freya = slack.person("freya")
    await freya.click(DM, action_id=action_of(Decision.REASSIGN), value="1")
    form = (await freya.modal()).fill(person=slack.id_of("mei"), words="Bob left")
    assert (await form.submit()).closed
    await slack.settled()
    await slack.person("mei").click(DM, action_id=action_of(Decision.DECLINE))
    await slack.settled()
    [said] = the_news(slack, "freya")
    assert said.startswith(f"<@{slack.id_of('mei')}> cannot take on PM-1/1.")


async def test_an_owner_who_leaves_a_second_time_is_told_and_on_record_anew(slack: Stage) -> None:
    await promised(slack)
    await led_by(slack, "freya")
    await leaves(slack, "bob")
    await comes_back(slack, "bob")
    offered(slack, "bob", Decision.START)
    form = await pressed(slack, "bob", Decision.START)
    assert form is not None
    assert (await form.fill(words="Half of it").submit()).closed
    await slack.passes(DAY)
    await leaves(slack, "bob")
    first, second = heard(slack, "freya", "orphans")
    assert "is back and owns 1 action item as before" in first.text
    assert "has left and answers for 1 action item" in second.text
    assert await slack.count("item_history WHERE event = 'owner left'") == 2


async def test_a_channel_that_was_asked_is_asked_anew_when_an_owner_leaves_again(
    slack: Stage,
) -> None:
    await promised(slack)
    await leaves(slack, "bob")
    await comes_back(slack, "bob")
    await leaves(slack, "bob")
    first, second = under_the_card(slack)
    assert "is seen to again" in first
    assert "whoever is here may hand it to somebody else" in second
