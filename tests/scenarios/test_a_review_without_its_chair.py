"""A monthly review whose chair has left the workspace: who goes on with it."""

from dataclasses import replace

import pytest

from blocks.review_buttons import CLOSE_REVIEW_OF_MONTH, NEXT_CARD
from handlers.facilitators import gone
from storage import people
from tests.scenarios import monthly
from tests.scenarios.monthly import REVIEWS
from tests.scenarios.reviewing import TEAM
from tests.scenarios.stage import NOW, Stage


async def left(slack: Stage, *names: str) -> None:
    """Let it be known that these people have left."""
    ids = [slack.id_of(name) for name in names]
    async with slack.bot.database.sessions.begin() as session:
        met = await people.known(session, TEAM, ids)
        away = [replace(each, is_deactivated=True) for each in met.values()]
        await people.remember(session, TEAM, away, NOW)
        assert await gone(session, TEAM, ids) == set(ids)


@pytest.mark.parametrize("button", [NEXT_CARD, CLOSE_REVIEW_OF_MONTH])
async def test_the_lead_decides_where_the_chair_has_left(slack: Stage, button: str) -> None:
    await monthly.set_up(slack)
    await monthly.item(slack, "mei")
    await monthly.item(slack, "bob")
    await monthly.begun(slack)
    await left(slack, "freya")
    await slack.person("bob").click(REVIEWS, action_id=button)
    said = await slack.told("bob", "has left", REVIEWS)
    assert "Whoever leads the programme decides" in said


async def test_where_the_lead_has_left_too_the_chair_is_to_be_passed_on(slack: Stage) -> None:
    await monthly.set_up(slack)
    await monthly.item(slack, "mei")
    await monthly.begun(slack)
    await left(slack, "freya", "lena")
    await slack.person("bob").click(REVIEWS, action_id=CLOSE_REVIEW_OF_MONTH)
    assert "Pass the chair on first" in await slack.told("bob", "has left", REVIEWS)
