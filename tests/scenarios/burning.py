"""What scenarios about error budgets need: who tells how much is spent, and what becomes of it."""

from datetime import timedelta

import aiohttp

from blocks.services import NEW_TOKEN
from domain.action_items import HistoryEntry
from domain.budgets import Source
from domain.services import Service, Told
from handlers import budgets
from handlers.budget_items import BUDGET
from storage import item_history, services
from tests.scenarios.following import heard, later
from tests.scenarios.reviewing import TEAM
from tests.scenarios.stage import Stage

A_MINUTE = timedelta(minutes=1)
#: So often the app may be struck at one instant, and does nothing more.
AT_ONCE = timedelta(0)


async def token(slack: Stage, by: str = "lena") -> str:
    """Let somebody make a token; give it."""
    await slack.person(by).command("#general", "/postmortem settings services")
    await slack.person(by).modal("Services")
    await slack.person(by).press(action_id=NEW_TOKEN)
    words = (await slack.person(by).modal("New token")).text()
    await slack.settled()
    return next(word.strip("`") for word in words.split() if "clb_" in word)


async def put(
    slack: Stage, shown: str, burned: object, service: str = "checkout"
) -> tuple[int, dict[str, object]]:
    """Tell the app by the web how much is spent."""
    url = f"http://127.0.0.1:{slack.bot.port}/api/budgets/{service}"
    headers = {"Authorization": f"Bearer {shown}"}
    async with (
        aiohttp.ClientSession() as http,
        http.put(url, json={"burned": burned}, headers=headers) as answer,
    ):
        return answer.status, await answer.json()


async def spent(slack: Stage, burned: float, service: str = "checkout") -> None:
    """Let it be known how much is spent, and the clock strike."""
    await told(slack, burned, service)
    await later(slack, AT_ONCE)


async def told(slack: Stage, burned: float, service: str = "checkout") -> None:
    """Let it be known how much is spent; the clock has not seen it yet."""
    async with slack.bot.database.sessions.begin() as session:
        taken = await services.taken(session, TEAM, service)
        said = Told(burned=burned, source=Source.API, at=slack.clock.now())
        await budgets.keep(session, TEAM, taken, said)


async def known(slack: Stage, name: str = "checkout") -> Service:
    """Give what is known of a service."""
    async with slack.bot.database.sessions() as session:
        service = await services.named(session, TEAM, name)
    assert service is not None
    return service


async def history(slack: Stage, item_id: int = 1) -> list[HistoryEntry]:
    """Give what was done to an item."""
    async with slack.bot.database.sessions() as session:
        return await item_history.of_item(session, item_id)


def told_of(slack: Stage, name: str) -> str:
    """Give the one message somebody has about budgets, in words."""
    (message,) = heard(slack, name, BUDGET)
    return message.words()
