"""What has expired stays so by any door; and whoever may not decide reads who chairs the review."""

from blocks.item_buttons import action_of
from domain.decisions import Decision
from tests.scenarios import monthly
from tests.scenarios.deciding import changed, decided, offered, pressed, promised, the_item
from tests.scenarios.reviewing import DM, begun
from tests.scenarios.stage import Stage


async def test_the_accepter_who_declines_gives_an_expired_item_no_new_life(slack: Stage) -> None:
    await promised(slack)
    await changed(slack, reviews_seen=2)
    due = (await the_item(slack)).due_on
    said = {"risk": "It is lost", "words": "Rare enough", "person": slack.id_of("lena")}
    await decided(slack, "bob", Decision.ACCEPT, **said)
    await slack.person("lena").click(DM, action_id=action_of(Decision.REOPEN))
    await slack.settled()
    opened = await slack.person("lena").modal()
    assert "Why not?" in str(opened.opened.blocks)
    answer = await opened.fill(words="I do not accept it").submit()
    assert answer.closed, answer.errors
    item = await the_item(slack)
    assert (item.has_expired, item.reviews_seen, item.due_on) == (True, 2, due)


async def test_others_are_told_who_chairs_the_review(slack: Stage) -> None:
    await begun(slack)
    await slack.promised()
    offered(slack, "mei", Decision.RESCHEDULE)
    assert await pressed(slack, "mei", Decision.RESCHEDULE) is None
    chair = f", or <@{slack.id_of('freya')}>, who chairs the review, decides"
    assert chair in await slack.told("mei", "who chairs the review", DM)


async def test_others_are_told_who_chairs_the_monthly_review(slack: Stage) -> None:
    await monthly.set_up(slack)
    await monthly.item(slack, "bob")
    await monthly.begun(slack)
    action_id = action_of(Decision.RESCHEDULE)
    await slack.person("mei").click(monthly.REVIEWS, action_id=action_id)
    said = await slack.told("mei", "who chairs the review", monthly.REVIEWS)
    lena, freya = slack.id_of("lena"), slack.id_of("freya")
    assert f"<@{lena}>, who leads the programme, or <@{freya}>, who chairs the review" in said
