"""Views are changed by who knows their latest hash."""

from slack_sdk.web.async_client import AsyncWebClient

from sandbox import Sandbox
from tests.sandbox.apps import refusal
from tests.sandbox.payloads import form, section


async def test_a_home_is_changed_by_its_hash(slack: Sandbox, client: AsyncWebClient) -> None:
    ana = slack.person("ana").id
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
