"""The chair of a monthly review is passed on, before it begins and while it is under way."""

import pytest

from blocks.review_buttons import PASS_REVIEW_ON
from handlers.reviews import begin
from sandbox import Modal
from storage import workspaces
from tests.scenarios.calling import (
    REVIEW_CHANNEL,
    chair_told,
    review_called,
    set_programme,
    the_review,
)
from tests.scenarios.deciding import led_by
from tests.scenarios.following import leaves
from tests.scenarios.reviewing import DM, TEAM, take_turns
from tests.scenarios.stage import Stage

both_ways = pytest.mark.parametrize("mode", ["socket", "http"], indirect=True)


@pytest.fixture
async def freyas(slack: Stage) -> Stage:
    """A review of Bob's item, which Freya is called to chair; Lena is next, and leads."""
    await set_programme(slack, lead="lena")
    await take_turns(slack, "freya")
    await slack.started()
    await slack.promised()
    await review_called(slack)
    await take_turns(slack, "freya", "lena")
    return slack


async def pass_form(slack: Stage, by: str, channel: str = DM) -> Modal:
    """Give the form that somebody opened by the button in a message."""
    return await slack.opened(by, PASS_REVIEW_ON, channel)


async def passed(slack: Stage, by: str, to: str, channel: str = DM, reason: str = "") -> None:
    """Let somebody pass the chair on."""
    form = (await pass_form(slack, by, channel)).fill(facilitator=slack.id_of(to), reason=reason)
    answer = await form.submit()
    assert answer.closed, answer.errors
    await slack.settled()


async def begun(slack: Stage) -> None:
    """Let the review begin."""
    async with slack.bot.database.sessions.begin() as session:
        await workspaces.ensure(session, TEAM)
        await begin(session, await the_review(slack), slack.clock.now())
    slack.bot.courier.wake()
    await slack.settled()


@both_ways
async def test_both_are_told_and_the_new_chair_reads_why(freyas: Stage) -> None:
    await passed(freyas, "freya", "mei", reason="On leave until Thursday")
    assert (
        f"<@{freyas.id_of('mei')}> chairs the monthly review" in chair_told(freyas, "freya").words()
    )
    said = chair_told(freyas, "mei").words()
    assert "You chair the monthly review of 1 Dec 2026" in said
    assert f"<@{freyas.id_of('freya')}> passed it on to you." in said
    assert ">On leave until Thursday" in said


async def test_the_channel_reads_who_chairs_now(freyas: Stage) -> None:
    await passed(freyas, "freya", "mei")
    (message,) = freyas.posted("review_called", REVIEW_CHANNEL)
    assert f"<@{freyas.id_of('mei')}> chairs it" in message.words()


async def test_whose_turn_is_next_is_suggested(freyas: Stage) -> None:
    form = await pass_form(freyas, "freya")
    chosen = form.values["facilitator"]["value"]["selected_user"]
    assert chosen == freyas.id_of("lena")
    assert "whose turn is next" in form.text()


async def test_half_way_through_the_thread_names_the_new_chair(freyas: Stage) -> None:
    await begun(freyas)
    await passed(freyas, "freya", "mei", REVIEW_CHANNEL)
    (parent,) = freyas.posted("review", REVIEW_CHANNEL)
    assert f"<@{freyas.id_of('mei')}> chairs" in parent.words()
    assert "It began" in chair_told(freyas, "mei").words()
    assert (await the_review(freyas)).passed_on == 1


async def test_somebody_else_is_told_whom_to_ask(freyas: Stage) -> None:
    await freyas.person("bob").click(REVIEW_CHANNEL, action_id=PASS_REVIEW_ON)
    await freyas.settled()
    words = await freyas.told("bob", "chairs this review", REVIEW_CHANNEL)
    assert "the programme lead can pass it on: ask one of them" in words


async def test_the_lead_passes_it_on_for_a_chair_who_has_left(freyas: Stage) -> None:
    await leaves(freyas, "freya")
    await passed(freyas, "lena", "mei", REVIEW_CHANNEL)
    assert (await the_review(freyas)).facilitator == freyas.id_of("mei")


async def test_where_nobody_is_left_who_could_anybody_passes_it_on(freyas: Stage) -> None:
    await led_by(freyas)
    await leaves(freyas, "freya")
    await passed(freyas, "bob", "mei", REVIEW_CHANNEL)
    assert (await the_review(freyas)).facilitator == freyas.id_of("mei")


@pytest.mark.parametrize(
    ("who", "words"),
    [
        ("otto", "Otto Brandt has left the workspace"),
        ("pager", "Pager is an app"),
        ("freya", "Freya Lind chairs it already"),
    ],
)
async def test_who_cannot_chair_instead_is_refused(freyas: Stage, who: str, words: str) -> None:
    form = (await pass_form(freyas, "freya")).fill(facilitator=freyas.id_of(who))
    assert words in (await form.submit()).errors["facilitator"]
    assert (await the_review(freyas)).passed_on == 0


async def test_of_two_who_pass_it_on_at_once_the_second_is_told(freyas: Stage) -> None:
    lenas = (await pass_form(freyas, "lena", REVIEW_CHANNEL)).fill(facilitator=freyas.id_of("bob"))
    await passed(freyas, "freya", "mei")
    errors = (await lenas.submit()).errors
    assert "passed on to Mei Tanaka while you had this open" in errors["facilitator"]


async def test_a_double_click_passes_it_on_once(freyas: Stage) -> None:
    form = (await pass_form(freyas, "freya")).fill(facilitator=freyas.id_of("mei"))
    answers = await freyas.at_once(form.submit(), form.submit())
    assert [answer.closed for answer in answers] == [True, True]
    assert (await the_review(freyas)).passed_on == 1


async def test_a_closed_review_needs_no_chair(freyas: Stage) -> None:
    await freyas.run_sql("UPDATE review SET started_at = called_at, closed_at = called_at")
    await freyas.person("freya").click(DM, action_id=PASS_REVIEW_ON)
    await freyas.settled()
    assert "nobody has to chair it" in await freyas.told("freya", "This review is closed", DM)
