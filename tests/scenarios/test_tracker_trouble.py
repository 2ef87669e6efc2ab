"""A tracker takes no tickets: the programme lead hears of it, once, and when it works again."""

from datetime import timedelta

from blocks.trackers import SETTINGS_TRACKERS
from handlers import ticket_news
from handlers.ticket_news import TROUBLE
from storage import ticket_places
from tests.scenarios.deciding import led_by, promised
from tests.scenarios.following import heard, later
from tests.scenarios.reviewing import DM, TEAM
from tests.scenarios.stage import Stage
from tests.scenarios.ticketed import placed

REFUSED = "Jira wants the field “Team” filled in."


async def told(slack: Stage, place: int, trouble: str) -> None:
    """Let it be known what is wrong with a place; empty that nothing is."""
    now = slack.clock.now()
    async with slack.bot.database.sessions.begin() as session:
        await ticket_places.tell_trouble(session, place, trouble, now)
        await ticket_news.tell_trouble(session, TEAM, place, now)
    await slack.settled()


def the_word(slack: Stage, name: str = "lena") -> str:
    """Give the one message somebody has about a place, in words."""
    [message] = heard(slack, name, TROUBLE)
    return message.words()


async def test_the_lead_hears_why_and_where_it_is_mended(slack: Stage) -> None:
    await led_by(slack, "lena")
    await told(slack, await placed(slack), REFUSED)
    assert "Tickets in Jira SHOP cannot be made or kept" in the_word(slack)
    assert REFUSED in the_word(slack)
    await slack.person("lena").click(DM, action_id=SETTINGS_TRACKERS)
    await slack.settled()
    assert (await slack.person("lena").modal()).title == "Trackers"


async def test_another_reason_is_said_in_the_same_message(slack: Stage) -> None:
    await led_by(slack, "lena")
    place = await placed(slack)
    await told(slack, place, REFUSED)
    await told(slack, place, "Jira does not know our token any more.")
    assert "our token" in the_word(slack)
    assert REFUSED not in the_word(slack)


async def test_when_it_works_again_the_message_says_so_and_another_time_is_another(
    slack: Stage,
) -> None:
    await led_by(slack, "lena")
    place = await placed(slack)
    await told(slack, place, REFUSED)
    await told(slack, place, "")
    assert "Tickets in Jira SHOP work again." in the_word(slack)
    await slack.passes(timedelta(minutes=5))
    await told(slack, place, REFUSED)
    before, after = heard(slack, "lena", TROUBLE)
    assert "work again" in before.words()
    assert REFUSED in after.words()


async def test_trouble_that_was_over_by_the_morning_is_not_told(slack: Stage) -> None:
    await led_by(slack, "lena")
    place = await placed(slack)
    await later(slack, timedelta(hours=12))
    await told(slack, place, REFUSED)
    assert heard(slack, "lena", TROUBLE) == []
    await told(slack, place, "")
    await later(slack, timedelta(hours=12))
    assert heard(slack, "lena", TROUBLE) == []


async def test_without_a_lead_nobody_is_told(slack: Stage) -> None:
    await told(slack, await placed(slack), REFUSED)
    assert await slack.count(f"delivery WHERE kind = '{TROUBLE}'") == 0


async def test_of_a_place_that_is_not_there_nothing_is_told(slack: Stage) -> None:
    await led_by(slack, "lena")
    await told(slack, 99, REFUSED)
    assert heard(slack, "lena", TROUBLE) == []


async def test_a_tracker_that_is_not_set_up_is_told_with_what_waits(slack: Stage) -> None:
    await led_by(slack, "lena")
    await placed(slack)
    await promised(slack)
    await later(slack, timedelta(0))
    assert "Jira is not set up: whoever runs Closed Loop sets JIRA_URL" in the_word(slack)
    assert "1 item waits for a ticket." in the_word(slack)
