"""Sources are asked how much is spent: once, with nothing locked, and their silence is kept."""

import asyncio
from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from domain.budgets import Source
from domain.services import Service
from handlers.budget_asking import EVERY, Asking
from integrations.budgets import NoAnswer
from storage import services, workspaces
from storage.engine import Sessions
from tests.storage.samples import NOW

NOBODY = AsyncWebClient()


class Watcher:
    """A source that knows these numbers, and remembers what it was asked."""

    def __init__(self, knows: Mapping[str, float]) -> None:
        self.knows = knows
        self.asked: list[str] = []
        self.may_answer = asyncio.Event()
        self.may_answer.set()

    async def burned(self, query: str) -> float:
        """Say what is known."""
        self.asked.append(query)
        await self.may_answer.wait()
        if query not in self.knows:
            raise NoAnswer("The query found nothing.")
        return self.knows[query]


async def made(sessions: Sessions, name: str, query: str) -> None:
    """Store a service with a query that is to be asked now."""
    async with sessions.begin() as session:
        await workspaces.ensure(session, "T1")
        service = await services.taken(session, "T1", name)
        await services.change(session, replace(service, query=query, ask_at=NOW))


async def known(sessions: Sessions, name: str) -> Service:
    """Give what is known of a service."""
    async with sessions() as session:
        service = await services.named(session, "T1", name)
    assert service is not None
    return service


async def test_what_it_says_is_kept(sessions: Sessions) -> None:
    await made(sessions, "checkout", "q")
    await Asking(Watcher({"q": 82.5}), "T1")(sessions, NOBODY, NOW)
    service = await known(sessions, "checkout")
    assert (service.burned, service.source, service.burned_at) == (82.5, Source.PROMETHEUS, NOW)
    assert (service.burning_since, service.ask_at) == (NOW, NOW + EVERY)


async def test_where_it_does_not_say_the_old_number_stands(sessions: Sessions) -> None:
    await made(sessions, "checkout", "q")
    watcher = Watcher({"q": 82.5})
    ask = Asking(watcher, "T1")
    await ask(sessions, NOBODY, NOW)
    watcher.knows = {}
    await ask(sessions, NOBODY, NOW + EVERY)
    service = await known(sessions, "checkout")
    assert (service.burned, service.trouble) == (82.5, "The query found nothing.")
    watcher.knows = {"q": 10}
    await ask(sessions, NOBODY, NOW + EVERY * 2)
    assert (await known(sessions, "checkout")).trouble == ""


async def test_two_replicas_ask_once(sessions: Sessions) -> None:
    for number in range(6):
        await made(sessions, f"s{number}", f"q{number}")
    watcher = Watcher({})
    replicas = [Asking(watcher, "T1"), Asking(watcher, "T1")]
    await asyncio.gather(*(each(sessions, NOBODY, NOW) for each in replicas))
    assert sorted(watcher.asked) == [f"q{number}" for number in range(6)]


async def test_nothing_is_locked_while_it_is_waited_for(sessions: Sessions) -> None:
    await made(sessions, "checkout", "q")
    watcher = Watcher({"q": 82.5})
    watcher.may_answer.clear()
    asking = asyncio.create_task(Asking(watcher, "T1")(sessions, NOBODY, NOW))
    while not watcher.asked:  # noqa: ASYNC110 - the source tells nobody
        await asyncio.sleep(0)
    async with asyncio.timeout(5):
        await made(sessions, "checkout", "another")
    watcher.may_answer.set()
    await asking
    service = await known(sessions, "checkout")
    assert (service.query, service.burned) == ("another", None)


async def test_one_that_breaks_holds_up_no_other(sessions: Sessions) -> None:
    await made(sessions, "broken", "b")
    await made(sessions, "checkout", "q")

    class Broken(Watcher):
        async def burned(self, query: str) -> float:
            if query == "b":
                raise OverflowError
            return await super().burned(query)

    with pytest.raises(ExceptionGroup, match="budgets not asked"):
        await Asking(Broken({"q": 5}), "T1")(sessions, NOBODY, NOW)
    assert (await known(sessions, "checkout")).burned == 5


async def test_other_workspaces_are_left_to_their_own_process(sessions: Sessions) -> None:
    await made(sessions, "checkout", "q")
    watcher = Watcher({"q": 1})
    await Asking(watcher, "T2")(sessions, NOBODY, NOW + timedelta(hours=1))
    assert watcher.asked == []
