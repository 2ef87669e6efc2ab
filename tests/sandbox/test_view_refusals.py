"""Triggers, stacks and hashes of views, refused in Slack's words."""

from slack_sdk.web.async_client import AsyncWebClient

from sandbox import Sandbox
from tests.sandbox.apps import refusal
from tests.sandbox.payloads import form, section


async def test_views_need_a_good_trigger(slack: Sandbox, client: AsyncWebClient) -> None:
    triggers, ana = slack.workspace.triggers, slack.person("ana").id
    view = form(section("x"))
    used = triggers.new(ana)
    await client.views_open(trigger_id=used, view=view)
    old = triggers.new(ana)
    triggers.issued[old].at -= 3.1
    for trigger, error in (
        (used, "exchanged_trigger_id"),
        (old, "expired_trigger_id"),
        ("1.nonsense", "invalid_trigger_id"),
        ("", "invalid_arguments"),
    ):
        assert await refusal(client, "views.open", trigger_id=trigger, view=view) == error


async def test_at_most_three_views_lie_on_each_other(
    slack: Sandbox, client: AsyncWebClient
) -> None:
    triggers, ana = slack.workspace.triggers, slack.person("ana").id
    view = form(section("x"))
    await client.views_open(trigger_id=triggers.new(ana), view=view)
    for _ in range(2):
        await client.views_push(trigger_id=triggers.new(ana, in_modal=True), view=view)
    fourth = triggers.new(ana, in_modal=True)
    error = await refusal(client, "views.push", trigger_id=fourth, view=view)
    assert error == "push_limit_reached"


async def test_a_push_needs_a_modal_and_a_home_its_hash(
    slack: Sandbox, client: AsyncWebClient
) -> None:
    ana = slack.person("ana").id
    trigger = slack.workspace.triggers.new(ana)
    error = await refusal(client, "views.push", trigger_id=trigger, view=form(section("x")))
    assert error == "not_found"
    home = {"type": "home", "blocks": []}
    first = (await client.views_publish(user_id=ana, view=home))["view"]
    second = (await client.views_publish(user_id=ana, view=home, hash=first["hash"]))["view"]
    assert second["id"] == first["id"]
    stale = {"user_id": ana, "view": home, "hash": first["hash"]}
    assert await refusal(client, "views.publish", **stale) == "hash_conflict"


async def test_an_outdated_hash_is_a_conflict(slack: Sandbox, client: AsyncWebClient) -> None:
    trigger = slack.workspace.triggers.new(slack.person("ana").id)
    view = form(section("x"), external_id="one")
    opened = (await client.views_open(trigger_id=trigger, view=view))["view"]
    await client.views_update(view_id=opened["id"], hash=opened["hash"], view=view)
    stale = {"view_id": opened["id"], "hash": opened["hash"], "view": view}
    assert await refusal(client, "views.update", **stale) == "hash_conflict"
    assert await refusal(client, "views.update", view_id="V1", view=form()) == "not_found"
    again = slack.workspace.triggers.new(slack.person("bob").id)
    error = await refusal(client, "views.open", trigger_id=again, view=view)
    assert error == "duplicate_external_id"
