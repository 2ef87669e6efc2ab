"""What the tour's people do at the monthly review, for the test that follows them."""

from blocks.item_buttons import action_of
from blocks.review_buttons import CLOSE_REVIEW_OF_MONTH, NEXT_CARD
from bot.planner import Planner
from domain.decisions import Decision
from handlers.reviews import REVIEW, REVIEW_CARD
from sandbox.tour import Step
from tests.scenarios.monthly import has
from tests.scenarios.stage import Stage

PROJECT = {"words": "The pools of next quarter", "link": "https://projects.example.com/pools"}


async def played(stage: Stage, step: Step) -> None:
    """Turn the clock to the review: it is called on the way, and begins by itself."""
    diary, channel = stage.sandbox.workspace.diary, f"#{step.channel}"
    diary.planner = Planner(stage.bot, stage.sandbox.workspace.team_id)
    came = [due.what for due in await diary.turn_to("review")]
    await stage.settled()
    assert step.turn == "review"
    assert "monthly review is called" in came
    assert came[-1].startswith("monthly review begins (")
    told = [each.text for each in stage.person(step.person).messages("@closed_loop")]
    assert any(each.startswith("You chair the monthly review") for each in told)
    (parent,) = stage.posted(REVIEW, channel)
    assert f"<@{stage.id_of(step.person)}> chairs." in parent.words()
    assert len(stage.posted(REVIEW_CARD, channel)) == 1


async def walked(stage: Stage, step: Step) -> None:
    """Decide the first card, and bring up the next."""
    channel, chair = f"#{step.channel}", stage.person(step.person)
    (card,) = stage.posted(REVIEW_CARD, channel)
    assert not has(card, action_of(Decision.RESCHEDULE))
    await chair.click(channel, action_id=action_of(Decision.PROMOTE))
    form = (await chair.modal()).fill(**PROJECT, person=stage.id_of("bob"))
    assert (await form.submit()).closed
    await stage.settled()
    await chair.click(channel, action_id=NEXT_CARD)
    await stage.settled()
    shrunk, following = stage.posted(REVIEW_CARD, channel)
    assert "chairing the review for Bob Okonjo, promoted it" in shrunk.words()
    assert has(following, action_of(Decision.PROMOTE))


async def refused(stage: Stage, step: Step) -> None:
    """Hear what must be decided before closing."""
    channel = f"#{step.channel}"
    await stage.person(step.person).click(channel, action_id=CLOSE_REVIEW_OF_MONTH)
    said = await stage.told(step.person, "are expired or overdue", channel)
    assert "PM-6/2" in said
