"""The tour, followed literally by the people it names: each step can be done after the one before.

`tests/browser/test_tour.py` follows it in the page.
"""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from pathlib import Path

from blocks.action_items import ADD_ITEM
from blocks.agreements import AGREE, ASK
from blocks.backfill import FIND_ENTRIES
from blocks.item_buttons import action_of
from blocks.meetings import CALL_REVIEW, CLOSE_REVIEW, START_REVIEW
from blocks.root_causes import OPEN_ROOT_CAUSE
from blocks.tickets import REOPEN_TICKET
from bot.planner import Planner
from bot.story.tour import TOUR
from domain.decisions import Decision
from handlers.agenda import AGENDA
from handlers.sections import SUMMARY
from sandbox.tour import Step
from tests.bot.review_played import played, refused, walked
from tests.bot.storytelling import NOW, Toured, story_toured
from tests.scenarios.hearing import digests, strike
from tests.scenarios.stage import Stage

Followed = Callable[[Stage, Step], Awaitable[None]]


async def looked(stage: Stage, step: Step) -> None:
    assert "Standing down" in stage.person(step.person).messages(f"#{step.channel}")[-1].text


async def written(stage: Stage, step: Step) -> None:
    form = await stage.start_form(step.person, f"#{step.channel}")
    filled = {name.partition(".")[0]: block["value"] for name, block in form.values.items()}
    assert filled["title"]["value"] == "Checkout p99 above 8 s"
    assert filled["recovered_at"]["selected_date_time"] == int(NOW.timestamp()) - 31 * 60
    answer = await form.fill(impact="One order in five failed for 26 minutes.").submit()
    assert answer.closed, answer.errors
    await stage.settled()
    assert "Still missing for tier 1" in stage.card(f"#{step.channel}").words()


async def found(stage: Stage, step: Step) -> None:
    await stage.opened(step.person, FIND_ENTRIES, f"#{step.channel}")
    await stage.settled()
    form = await stage.person(step.person).modal()
    boxes = [block["value"]["selected_options"] for block in form.values.values()]
    assert len([one for each in boxes for one in each]) == 9
    assert (await form.submit()).closed
    await stage.settled()
    card = stage.card(f"#{step.channel}").words()
    for milestone in ("detected", "acknowledged", "cause identified", "fix deployed", "recovered"):
        assert f"*{milestone}*" in card


async def explained(stage: Stage, step: Step) -> None:
    form = await stage.opened(step.person, OPEN_ROOT_CAUSE, f"#{step.channel}")
    (chosen,) = form.values["classes"]["value"]["selected_options"]
    assert chosen["text"]["text"] == "dependency exhaustion"
    answer = await form.fill(root_cause="The admin pool has no cap.").submit()
    assert answer.closed, answer.errors
    await stage.settled()
    assert "*dependency exhaustion* · third in six months: PM-21" in stage.card().words()


async def promised(stage: Stage, step: Step) -> None:
    await stage.saved(
        step.person,
        ADD_ITEM,
        f"#{step.channel}",
        **stage.promise(what="Cap the connections of the admin pool"),
    )
    assert "1 of 3" in stage.card(f"#{step.channel}").words()


async def ticketed(stage: Stage, step: Step) -> None:
    assert isinstance(stage, Toured)
    await strike(stage)
    ticket = stage.tracker.hands.tickets()[-1]
    assert (ticket.title, ticket.assignee) == ("Cap the connections of the admin pool", "bob")
    assert ticket.sprint
    card = stage.card(f"#{step.channel}").words()
    assert f"<{stage.tracker.url}" in card
    stage.tracker.hands.close(ticket.ref, by="bob")
    await stage.tracker.hooks.settled()
    await strike(stage)
    bob = stage.person("bob")
    assert "Cap the connections" in bob.messages("@closed_loop")[-1].words()
    await bob.click("@closed_loop", action_id=REOPEN_TICKET)
    await stage.settled()
    await strike(stage)
    assert stage.tracker.hands.tickets()[-1].state == "open"


async def agreed(stage: Stage, step: Step) -> None:
    ana = stage.person(step.person)
    for button in (AGREE, ASK):
        await ana.click(f"#{step.channel}", action_id=button)
        await stage.settled()
    assert "Timeline agreed by 1 of 4" in stage.card(f"#{step.channel}").words()
    assert "Do you agree with the timeline" in stage.person("bob").messages("@closed_loop")[-1].text
    form = await stage.opened(step.person, CALL_REVIEW, f"#{step.channel}")
    chair = form.values["facilitator"]["value"]["selected_user"]
    assert chair not in {stage.id_of(name) for name in ("ana", "bob", "mei", "priya")}
    assert (await form.submit()).closed


async def reviewed(stage: Stage, step: Step) -> None:
    channel = f"#{step.channel}"
    await stage.person(step.person).click(channel, action_id=START_REVIEW)
    await stage.settled()
    (agenda,) = stage.posted(AGENDA, channel)
    assert "Renew certificates by themselves" in agenda.words()
    answers = dict.fromkeys(("had_to_be_true", "verifiable", "more_likely"), "One list of keys.")
    await stage.saved(step.person, CLOSE_REVIEW, channel, **answers)
    assert "Published" in stage.card(channel).words()
    assert "PM-30" in stage.posted(SUMMARY, "#engineering")[-1].text


async def turned(stage: Stage, step: Step) -> None:
    card = stage.card(f"#{step.channel}").words()
    assert "*expired* (open at 2 monthly reviews)" in card
    assert "moved twice" in card
    planner = Planner(stage.bot, stage.sandbox.workspace.team_id)
    assert await planner.coming(NOW, NOW + timedelta(days=14))


async def heard(stage: Stage, step: Step) -> None:
    bob = stage.person(step.person)
    assert "4 items need you" in digests(stage, step.person)[-1].text
    await bob.click(step.channel, action_id=action_of(Decision.VERIFY))
    form = await bob.modal()
    assert (await form.fill(words="A table with three wrong rates was refused.").submit()).closed
    await stage.settled()
    assert ":white_check_mark: *PM-18/1* works" in digests(stage, step.person)[-1].words()


async def told(stage: Stage, step: Step) -> None:
    place = stage.sandbox.workspace.channel(step.channel)
    assert "A table with three wrong rates was refused" in place.messages[-1].text
    assert "*verified*" in stage.card(f"#{step.channel}").words()
    await stage.person(step.person).command(f"#{step.channel}", step.type)
    await stage.settled()
    window = (await stage.person(step.person).modal()).text()
    assert "PM-19 · The wildcard certificate of ap-south expired" in window
    assert "PM-3 · Logins failed after the token service's certificate expired" in window


async def at_home(stage: Stage, step: Step) -> None:
    await stage.person(step.person).open_home()
    await stage.person(step.person).home_with("The programme")
    await strike(stage)
    home = stage.person(step.person).home()
    assert home is not None
    for words in ("Waiting for you", "PM-24/1", "repeated a known class", "1 untagged"):
        assert words in home.text()


async def reported(stage: Stage, step: Step) -> None:
    await stage.person(step.person).command(f"#{step.channel}", step.type)
    await stage.settled()
    said = (await stage.person(step.person).modal()).text()
    assert (
        "8 of 12 tagged incidents repeated a known class: 67 %, down from 10 of 12 (83 %)." in said
    )
    assert "1 more incident is untagged and not counted." in said


#: What is done at each step.
DONE: tuple[Followed, ...] = (
    looked,
    written,
    found,
    explained,
    promised,
    ticketed,
    agreed,
    reviewed,
    turned,
    heard,
    told,
    at_home,
    reported,
    played,
    walked,
    refused,
)


def test_the_tour_says_what_is_so() -> None:
    said = {done.__name__: step.text for step, done in zip(TOUR, DONE, strict=True)}

    assert said["promised"].startswith("*Add* beside *Contributing factors* comes first")
    assert "within ten minutes: turn the clock" in said["agreed"]
    assert "Within seconds your item has a ticket in the next sprint" in said["ticketed"]
    assert said["reviewed"].startswith("Another incident, PM-30, is ready for its review.")


async def test_every_step_of_the_tour_can_be_done_after_the_one_before(tmp_path: Path) -> None:
    async with story_toured(tmp_path) as stage:
        for step, done in zip(TOUR, DONE, strict=True):
            await done(stage, step)
