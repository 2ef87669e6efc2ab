from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from domain.passages import Passage
from domain.search import PAGE, Page, Wanted
from storage import causal_classes, indexing, passages, search, workspaces
from storage.engine import Sessions
from tests.storage.samples import FACTS, NOW, started


async def keep(sessions: Sessions, channel: str | None, text: str = "", **facts: Any) -> int:
    """Store a postmortem with a lesson that can be found."""
    async with sessions.begin() as session:
        private = facts.pop("is_private", False)
        kept = replace(FACTS, **facts)
        made = await started(session, channel=channel, facts=kept, is_private=private)
        await passages.write(session, "T1", made.id, {Passage.LESSONS: text})
        await indexing.index(session, "T1", made.id)
    return made.number


async def found(sessions: Sessions, *channels: str, **wanted: Any) -> list[int]:
    return [each.number for each in (await page(sessions, *channels, **wanted)).found]


async def page(sessions: Sessions, *channels: str, **wanted: Any) -> Page:
    async with sessions() as session:
        return await search.find(session, "T1", Wanted(**wanted), channels)


@pytest.mark.parametrize(
    "words",
    ["zażół", "ZAŻÓŁĆ gęś", "gęś checkout", "pm-1", "🦆", "latency", "دكان", "lat'ency\" OR *"],
)
async def test_a_postmortem_is_found_by_words_of_any_part(sessions: Sessions, words: str) -> None:
    await keep(sessions, "C1", "Zażółć gęślą jaźń 🦆 دكانة; lat ency or")
    await keep(sessions, "C2", "Nothing of the kind", title="Search is slow", service="search")
    only_symbols = words == "🦆"

    assert await found(sessions, words=words) == ([2, 1] if only_symbols else [1])


async def test_all_words_are_wanted_and_the_newest_comes_first(sessions: Sessions) -> None:
    for days, channel in enumerate(("C1", "C2", "C3")):
        at = FACTS.started_at - timedelta(days=days)
        await keep(sessions, channel, f"pool {'cache' if days else ''}", started_at=at)

    assert await found(sessions, words="pool") == [1, 2, 3]
    assert await found(sessions, words="cache pool") == [2, 3]
    assert await found(sessions, words="cache spoon") == []


async def test_what_is_changed_is_found_by_its_new_words_only(sessions: Sessions) -> None:
    await keep(sessions, "C1", "expired")
    async with sessions.begin() as session:
        await passages.write(session, "T1", 1, {Passage.LESSONS: "renewed"})
        await indexing.index(session, "T1", 1)

    assert await found(sessions, words="renewed") == [1]
    assert await found(sessions, words="expired") == []


async def test_a_private_incident_is_found_by_who_is_in_its_channel(sessions: Sessions) -> None:
    await keep(sessions, "C1", "pool")
    await keep(sessions, "G2", "pool", is_private=True)

    assert await found(sessions, words="pool") == [1]
    assert sorted(await found(sessions, "G2", "G3", words="pool")) == [1, 2]
    async with sessions() as session:
        assert await search.has_private(session, "T1")
        assert not await search.has_private(session, "T2")
        assert await search.find(session, "T2", Wanted(), ["G2"]) == Page(found=[], total=0)


async def test_a_private_one_without_a_channel_is_found_by_whoever_may_see_it(
    sessions: Sessions,
) -> None:
    await keep(sessions, "C1")
    await keep(sessions, "G2", is_private=True)
    await keep(sessions, None, is_private=True)

    async with sessions() as session:
        asked = await search.find(session, "T1", Wanted(), ["G3"], imported=True)
    assert sorted(each.number for each in asked.found) == [1, 3]
    assert await found(sessions, "G3") == [1]


async def test_filters_narrow_a_list(sessions: Sessions) -> None:
    await keep(sessions, "C1", service="Checkout")
    await keep(sessions, "C2", service="search")
    await keep(sessions, "C3", service="Überweisung")
    async with sessions.begin() as session:
        await workspaces.ensure(session, "T1")
        known = await causal_classes.taxonomy(session, "T1")
        await causal_classes.tag(session, "T1", 2, [known[3].id], by="U1", now=NOW)

    assert await found(sessions, service="checkout") == [1]
    assert await found(sessions, service="Überweisung") == [3]
    assert await found(sessions, class_id=known[3].id) == [2]
    assert await found(sessions, class_id=known[2].id) == []
    assert await found(sessions, only_open=True) == []


async def test_a_long_list_has_pages(sessions: Sessions) -> None:
    for number in range(PAGE + 2):
        await keep(sessions, f"C{number}")

    first, second = await page(sessions), await page(sessions, page=1)

    assert (first.total, len(first.found)) == (PAGE + 2, PAGE)
    assert len(second.found) == 2
    assert not {each.id for each in first.found} & {each.id for each in second.found}
