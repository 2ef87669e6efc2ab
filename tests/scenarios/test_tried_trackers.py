"""A place is tried: what a tracker says of it is kept, shown in the window, and told."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import replace

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from domain.tickets import Place, TrackerKind
from handlers.tracker_checks import AT_ONCE, Trying
from integrations.trackers import TrackerBusy, TrackerRefused
from integrations.trackers.nowhere import Nowhere
from storage import tickets
from tests.scenarios.deciding import promised
from tests.scenarios.reviewing import DM, TEAM
from tests.scenarios.stage import NOW, Stage
from tests.scenarios.tracked import all_kept, places, window

SHOP = Place(kind=TrackerKind.JIRA, project="SHOP", board="1")
#: What a tracker says of a place, or does instead.
Says = Callable[[], Sequence[str]]


class Tracker(Nowhere):
    """A tracker that says what a test wants of every place."""

    def __init__(self, says: Says) -> None:
        super().__init__(TrackerKind.JIRA)
        self._says = says
        self._asked = 0
        self.asked_most = 0

    async def check(self, place: Place) -> list[str]:
        """What is to be said of it."""
        del place
        self._asked += 1
        self.asked_most = max(self.asked_most, self._asked)
        await asyncio.sleep(0)
        self._asked -= 1
        return list(self._says())


@pytest.fixture
def client(slack: Stage) -> AsyncWebClient:
    """The app's way to Slack."""
    return AsyncWebClient(token=slack.sandbox.bot_token, base_url=slack.sandbox.api_url)


async def tried(slack: Stage, client: AsyncWebClient, says: Says) -> str:
    """Let Lena's window show a place that is tried; give its words then."""
    shown = await window(slack)
    trying = Trying(
        client=client,
        sessions=slack.bot.database.sessions,
        trackers={TrackerKind.JIRA: Tracker(says)},
        team_id=TEAM,
        user_id=slack.id_of("lena"),
        window=shown.view["id"],
    )
    await trying(await places(slack), NOW)
    return (await slack.person("lena").modal("Trackers")).text()


def refuses() -> Sequence[str]:
    """Say no to whatever is asked."""
    raise TrackerRefused("Jira does not know our token any more.")


def is_silent() -> Sequence[str]:
    """Answer nothing."""
    raise TrackerBusy("Jira did not answer.")


async def test_where_all_is_well_the_window_says_so(slack: Stage, client: AsyncWebClient) -> None:
    await all_kept(slack, [SHOP])
    assert "tickets can be made there" in await tried(slack, client, list)
    assert slack.person("lena").messages(DM) == []
    assert "tickets can be made there" not in (await window(slack)).text()


async def test_what_is_wrong_stands_until_it_is_well(slack: Stage, client: AsyncWebClient) -> None:
    await all_kept(slack, [SHOP])
    words = await tried(slack, client, lambda: ["No board 1.", "No <type>."])
    assert "No board 1. No &lt;type&gt;. Since" in words
    assert "tickets can be made there" not in words
    assert "• No board 1.\n• No &lt;type&gt;." in slack.person("lena").messages(DM)[-1].text
    assert "does not know our token" in await tried(slack, client, refuses)
    assert (await places(slack))[0].trouble == "Jira does not know our token any more."
    await tried(slack, client, list)
    assert (await places(slack))[0].trouble == ""


async def test_a_tracker_that_is_silent_is_no_trouble_yet(
    slack: Stage, client: AsyncWebClient
) -> None:
    await all_kept(slack, [SHOP])
    words = await tried(slack, client, is_silent)
    assert ":warning:" not in words
    assert "tickets can be made there" not in words
    told = slack.person("lena").messages(DM)[-1].text
    assert "I could not try Jira SHOP: Jira did not answer." in told


async def test_what_waits_there_is_tried_again(slack: Stage, client: AsyncWebClient) -> None:
    await all_kept(slack, [SHOP])
    far = "trouble = 'Nobody answers.', due_at = '2027-01-01 00:00:00'"
    await promised(slack)
    await slack.run_sql(f"UPDATE ticket SET {far}")  # noqa: S608 - of our own
    await tried(slack, client, list)
    async with slack.bot.database.sessions() as session:
        found = await tickets.find(session, 1)
    assert found is not None
    assert found.due_at == NOW


async def test_a_place_that_is_set_otherwise_meanwhile_is_not_spoken_of(
    slack: Stage, client: AsyncWebClient
) -> None:
    await all_kept(slack, [SHOP])
    shown = await places(slack)
    await all_kept(slack, [replace(SHOP, board="2")])
    trying = Trying(
        client=client,
        sessions=slack.bot.database.sessions,
        trackers={TrackerKind.JIRA: Tracker(lambda: ["No board 1."])},
        team_id=TEAM,
        user_id=slack.id_of("lena"),
        window="",
    )
    await trying(shown, NOW)
    assert (await places(slack))[0].trouble == ""


async def test_with_the_window_closed_meanwhile_it_is_tried_and_told(
    slack: Stage, client: AsyncWebClient
) -> None:
    await all_kept(slack, [SHOP])
    trying = Trying(
        client=client,
        sessions=slack.bot.database.sessions,
        trackers={TrackerKind.JIRA: Tracker(lambda: ["No board 1."])},
        team_id=TEAM,
        user_id=slack.id_of("lena"),
        window="V0CLOSED000",
    )
    await trying(await places(slack), NOW)
    assert (await places(slack))[0].trouble == "No board 1."
    assert "• No board 1." in slack.person("lena").messages(DM)[-1].text


async def test_many_places_are_tried_a_few_at_once(slack: Stage, client: AsyncWebClient) -> None:
    await all_kept(slack, [replace(SHOP, service=f"service {each}") for each in range(20)])
    tracker = Tracker(list)
    trying = Trying(
        client=client,
        sessions=slack.bot.database.sessions,
        trackers={TrackerKind.JIRA: tracker},
        team_id=TEAM,
        user_id=slack.id_of("lena"),
        window="",
    )
    await trying(await places(slack), NOW)
    assert tracker.asked_most == AT_ONCE
