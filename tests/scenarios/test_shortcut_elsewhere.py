"""*Add to timeline* on a message that stands in another channel than its incident."""

import pytest

from tests.scenarios.noted import DEPLOYS, DM, PRIVATE, added, entries, shortcut, spoken, waiting
from tests.scenarios.stage import Stage


async def test_a_message_of_another_channel_goes_where_somebody_says(slack: Stage) -> None:
    await slack.started()
    await slack.started(channel="#general", title="Search is slow")
    ts = spoken(slack, "deploy of checkout 4.2", by="diego", channel=DEPLOYS)
    modal = await shortcut(slack, ts, channel=DEPLOYS)
    options = modal.text()
    assert options.index("PM-2 · Search is slow") < options.index("PM-1 · Checkout latency")
    assert (await modal.fill(postmortem="1").submit()).closed
    assert [one.text for one in await entries(slack)] == ["deploy of checkout 4.2"]
    assert "In the timeline of PM-1." in await slack.told("ana", "Noted, ", DEPLOYS)


async def test_a_message_may_be_in_two_timelines_and_in_each_once(slack: Stage) -> None:
    await slack.started()
    await slack.started(channel="#general")
    ts = spoken(slack, "deploy", by="diego", channel=DEPLOYS)
    await added(slack, ts, DEPLOYS, postmortem="1")
    await added(slack, ts, DEPLOYS, postmortem="2")
    modal = (await shortcut(slack, ts, channel=DEPLOYS)).fill(postmortem="1")
    assert "is in the timeline of PM-1 already" in next(
        iter((await modal.submit()).errors.values())
    )
    assert [len(await entries(slack, each)) for each in (1, 2)] == [1, 1]


async def test_a_private_incident_is_offered_to_no_other_channel(slack: Stage) -> None:
    await slack.started(channel=PRIVATE, title="Tokens leaked")
    ts = spoken(slack, "deploy", by="diego", channel=DEPLOYS)
    assert "Tokens leaked" not in (await shortcut(slack, ts, channel=DEPLOYS)).text()


async def test_a_message_of_a_private_channel_stays_there(slack: Stage) -> None:
    await slack.started()
    ts = spoken(slack, "token revoked", by="diego", channel=PRIVATE)
    modal = await shortcut(slack, ts, channel=PRIVATE)
    assert "private, so this message goes into no other" in modal.text()
    assert "PM-1" not in modal.text()
    assert (await modal.submit()).closed
    await slack.told("ana", "Noted, ", PRIVATE)
    assert [one.text for one in await waiting(slack, PRIVATE)] == ["token revoked"]


@pytest.mark.parametrize(("channel", "into"), [(PRIVATE, 1), (DEPLOYS, 2)])
async def test_a_forged_choice_carries_nothing_out_of_or_into_a_private_channel(
    slack: Stage, channel: str, into: int
) -> None:
    await slack.started()
    await slack.started(channel="#general")
    await slack.run_sql("UPDATE postmortem SET is_private = true WHERE id = 2")
    ana, modal = (
        slack.person("ana"),
        await shortcut(
            slack, spoken(slack, "deploy", by="diego", channel=channel), channel=channel
        ),
    )
    payload = ana.interactions.submitted(ana.account, modal.opened)
    chosen = {"type": "static_select", "selected_option": {"value": str(into)}}
    payload["view"]["state"]["values"]["postmortem"] = {"value": chosen}
    answer = await ana.ask("interactive", payload, "Add")
    assert "stays with its members" in str(answer)
    assert await entries(slack, into) == []


async def test_of_many_postmortems_the_newest_are_offered(slack: Stage) -> None:
    await slack.started()
    columns = (
        "workspace_id, channel_name, is_private, title, service, severity, started_at, impact, "
        "is_novel, hurt_customers, tier_reason, tier, root_cause, created_by, created_at, version, "
        "submission, revenue_lost"
    )
    for number in range(2, 40):
        await slack.run_sql(
            f"INSERT INTO postmortem (number, channel, {columns}) "  # noqa: S608 - all of it is here
            f"SELECT {number}, 'C{number}', {columns} FROM postmortem WHERE number = 1"
        )
    modal = await shortcut(slack, spoken(slack, "x", "diego", DEPLOYS), channel=DEPLOYS)
    block = next(one for one in modal.opened.blocks if one["block_id"] == "postmortem")
    labels = [one["text"]["text"] for one in block["element"]["options"]]
    assert [labels[0], labels[1][:5], labels[-1][:5], len(labels)] == [
        "This channel's own, once it is started",
        "PM-39",
        "PM-15",
        26,
    ]


async def test_where_the_app_is_not_the_person_is_told_by_direct_message(slack: Stage) -> None:
    ts = spoken(slack, "index is old", "mei", "#inc-search-index")
    await added(slack, ts, "#inc-search-index")
    assert "Noted, " in await slack.told("ana", "index is old", DM)
    assert [one.text for one in await waiting(slack, "#inc-search-index")] == ["index is old"]
