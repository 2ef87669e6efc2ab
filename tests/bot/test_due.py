"""What is due, read from the database: shown by workspace, to people and to programs."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from bot.due import Due, look
from bot.due_reports import as_json, as_table
from domain.accepted_risks import AcceptedRisk
from domain.people import Person
from domain.reviews import Review
from handlers.sections import CARD
from storage import accepted_risks, action_items, deliveries, people, reviews, workspaces
from storage.engine import Sessions
from tests.storage.samples import ITEM, NOW, started

A_DAY = timedelta(days=1)
RISK = AcceptedRisk(risk="Again", accepter="U1", reason="Rare", until=NOW.date())


async def fill(sessions: Sessions) -> None:
    """Owe two messages, ask somebody to take an item on, and let a risk run out."""
    async with sessions.begin() as session:
        await workspaces.ensure(session, "T1", name="Example")
        await people.remember(session, "T1", [Person(id="U1", name="Ana")], NOW)
        made = await started(session)
        asked = replace(ITEM, proposed_owner="U2", proposed_by="U1")
        item = await action_items.add(
            session, "T1", made.id, asked, by="U1", now=NOW, submission=""
        )
        await action_items.wait_for_answer(session, item.id or 0, NOW)
        await accepted_risks.add(session, "T1", made.id, RISK, by="U1", now=NOW, submission="")
        for channel, due_at in (("C1", NOW), ("U1", NOW + A_DAY)):
            await deliveries.enqueue(session, "T1", CARD, channel, channel=channel, due_at=due_at)


async def found(sessions: Sessions, at: datetime) -> list[Due]:
    return await look(sessions, at, NOW)


async def test_all_that_is_due_is_shown_by_workspace(sessions: Sessions) -> None:
    await fill(sessions)

    [due] = await found(sessions, NOW)

    assert as_table(NOW, [due]).splitlines() == [
        "Example (T1)",
        "",
        "deliveries  kind  to             since             attempts  last error",
        "            card  #inc-checkout  2026-11-20 14:03  0",
        "",
        "handovers  item    asked  returns to  since",
        "           PM-1/1  U2     Ana         2026-11-20 14:03",
        "",
        "risks  postmortem  accepted by  until",
        "       PM-1        Ana          2026-11-20",
    ]
    [later] = await found(sessions, NOW + A_DAY)
    assert [each.channel for each in later.deliveries] == ["C1", "U1"]


async def test_programs_read_the_same_with_instants_in_utc(sessions: Sessions) -> None:
    await fill(sessions)

    said = json.loads(as_json(NOW, await found(sessions, NOW)))

    assert said["at"] == "2026-11-20T14:03:00Z"
    [due] = said["workspaces"]
    assert [due["id"], due["name"]] == ["T1", "Example"]
    assert due["digests"] == []
    assert due["deliveries"][0] == {
        "kind": "card",
        "to": "#inc-checkout",
        "since": "2026-11-20T14:03:00Z",
        "attempts": 0,
        "last_error": None,
    }
    assert [due["handovers"][0]["item"], due["risks"][0]["until"]] == ["PM-1/1", "2026-11-20"]


async def test_before_its_time_nothing_is_due(sessions: Sessions) -> None:
    await fill(sessions)
    early = NOW - 2 * A_DAY

    assert as_table(early, await found(sessions, early)) == (
        "Nothing is due by 2026-11-18 14:03 UTC."
    )


async def test_looking_changes_nothing(sessions: Sessions) -> None:
    await fill(sessions)

    first = await found(sessions, NOW + A_DAY)

    assert await found(sessions, NOW + A_DAY) == first


async def test_a_private_channel_and_a_stranger_are_told_by_their_ids(sessions: Sessions) -> None:
    async with sessions.begin() as session:
        await started(session, channel="G1", is_private=True)
        for channel in ("G1", "U7"):
            await deliveries.enqueue(session, "T1", CARD, channel, channel=channel, due_at=NOW)

    [due] = await found(sessions, NOW)

    assert [due.called(each.channel) for each in due.deliveries] == ["G1", "U7"]


async def test_a_risk_runs_out_by_the_day_of_whoever_accepted_it(sessions: Sessions) -> None:
    async with sessions.begin() as session:
        made = await started(session)
        there = Person(id="U1", name="Ana", zone="Pacific/Auckland")
        await people.remember(session, "T1", [there], NOW)
        tomorrow = replace(RISK, until=NOW.date() + A_DAY)
        await accepted_risks.add(session, "T1", made.id, tomorrow, by="U1", now=NOW, submission="")

    assert await found(sessions, NOW - timedelta(hours=4)) == []
    [due] = await found(sessions, NOW)
    assert [each.accepter for each in due.risks] == ["U1"]


async def test_a_monthly_review_is_foreseen_from_its_call_to_its_beginning(
    sessions: Sessions,
) -> None:
    await fill(sessions)
    async with sessions.begin() as session:
        programme = await workspaces.programme(session, "T1")
        named = replace(programme, review_channel="C1", review_zone="Europe/Berlin")
        await workspaces.change_programme(session, "T1", named)

    [due] = await found(sessions, datetime(2026, 12, 1, 9, tzinfo=UTC))

    assert as_table(NOW, [due]).splitlines()[-6:] == [
        "reviews  what       at                in",
        "         is called  2026-11-26 08:30  #inc-checkout",
        "         begins     2026-12-01 09:00  #inc-checkout",
        "",
        "reports  of       at                in",
        "         2026-12  2026-12-01 09:00  #inc-checkout",
    ]
    assert json.loads(as_json(NOW, [due]))["workspaces"][0]["reviews"][1] == {
        "what": "begins",
        "at": "2026-12-01T09:00:00Z",
        "in": "#inc-checkout",
    }


async def test_a_review_that_was_called_is_foreseen_to_begin(sessions: Sessions) -> None:
    review = Review(
        workspace="T1",
        facilitator="U1",
        called_by="",
        called_at=NOW,
        due_at=NOW + 3 * A_DAY,
        due_on=(NOW + 3 * A_DAY).date(),
        channel="C9",
    )
    async with sessions.begin() as session:
        await workspaces.ensure(session, "T1")
        await reviews.call(session, review)

    [due] = await found(sessions, NOW + 3 * A_DAY)

    assert [(each.what, each.channel) for each in due.reviews] == [("begins", "C9")]
    assert await found(sessions, NOW + 2 * A_DAY) == []
