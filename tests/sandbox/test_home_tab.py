"""A Home tab is published, opened, pressed and changed as Slack does it."""

from contextlib import AbstractAsyncContextManager
from pathlib import Path
from typing import Any

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from sandbox import Clock, Person, Sandbox, Shelf
from tests.sandbox.apps import refusal
from tests.sandbox.payloads import buttons, form, plain, section, typed

Json = dict[str, Any]


def home(*blocks: Json, **more: Any) -> Json:
    """A Home tab of these blocks."""
    return {"type": "home", "blocks": list(blocks), **more}


def rows(*keys: str) -> Json:
    """One button for each key, all called the same."""
    said = {"type": "button", "text": plain("Done")}
    each = [{**said, "action_id": f"done_{key}", "value": key} for key in keys]
    return {"type": "actions", "block_id": "rows", "elements": each}


async def test_it_comes_back_with_an_id_and_a_hash(slack: Sandbox, client: AsyncWebClient) -> None:
    ana = slack.person("ana").id
    given = home(section("x"), private_metadata="page 1", callback_id="mine", external_id="a")
    view = (await client.views_publish(user_id=ana, view=given))["view"]
    assert view["root_view_id"] == view["id"]
    assert (view["private_metadata"], view["callback_id"], view["external_id"]) == (
        "page 1",
        "mine",
        "a",
    )
    assert (view["title"], view["submit"], view["previous_view_id"]) == (None, None, None)
    again = (await client.views_publish(user_id=ana, view=given))["view"]
    assert (again["id"] == view["id"], again["hash"] == view["hash"]) == (True, False)


@pytest.mark.parametrize(
    ("view", "said"),
    [
        (form(typed("x")), "must be a home [json-pointer:/view/type]"),
        (home(*[section("x")] * 101), "no more than 100 items allowed"),
        (home(section("")), "must be more than 0 characters"),
        (home(title=plain("Home")), "invalid additional property: title"),
        (home(submit=plain("Send")), "invalid additional property: submit"),
        (home(private_metadata="x" * 3001), "must be less than 3001 characters"),
        (home(callback_id="x" * 256), "must be less than 256 characters"),
        ({"type": "home"}, "must be an array [json-pointer:/view/blocks]"),
    ],
    ids=str,
)
async def test_what_slack_would_not_take_is_refused(
    slack: Sandbox, client: AsyncWebClient, view: Json, said: str
) -> None:
    with pytest.raises(SlackApiError) as refused:
        await client.views_publish(user_id=slack.person("ana").id, view=view)
    answer = refused.value.response
    assert answer["error"] == "invalid_arguments"
    assert said in str(answer["response_metadata"])


async def test_nobody_has_no_home_and_two_have_no_common_name(
    slack: Sandbox, client: AsyncWebClient
) -> None:
    ana, bob = slack.person("ana"), slack.person("bob")
    assert await refusal(client, "views.publish", user_id="U0", view=home()) == "invalid_arguments"
    stale = {"user_id": ana.id, "view": home(), "hash": "0"}
    assert await refusal(client, "views.publish", **stale) == "hash_conflict"
    named = home(external_id="one")
    for _ in range(2):
        await client.views_publish(user_id=ana.id, view=named)
    other = {"user_id": bob.id, "view": named}
    assert await refusal(client, "views.publish", **other) == "duplicate_external_id"
    assert bob.home() is None


async def test_it_can_be_changed_by_its_id(slack: Sandbox, client: AsyncWebClient) -> None:
    ana = slack.person("ana")
    view = (await client.views_publish(user_id=ana.id, view=home(section("x"))))["view"]
    await client.views_update(view_id=view["id"], hash=view["hash"], view=home(section("y")))
    assert (await ana.home_with("y")).blocks[0]["text"]["text"] == "y"
    form_there = {"view_id": view["id"], "view": form(section("z"))}
    assert await refusal(client, "views.update", **form_there) == "invalid_arguments"


async def test_the_app_hears_who_opens_it_and_what_they_see(
    ana: Person, told: list[Json], client: AsyncWebClient
) -> None:
    await ana.open_home()
    view = (await client.views_publish(user_id=ana.id, view=home(section("x"))))["view"]
    await ana.open_home()
    await ana.open_dm("closed_loop")
    first, second, third = (one["event"] for one in told)
    assert (first["tab"], first["user"], "view" in first) == ("home", ana.id, False)
    assert second["view"] == view
    assert (third["tab"], "view" in third) == ("messages", False)
    assert {one["channel"] for one in (first, second, third)} == {ana.channel("@closed_loop").id}


async def test_a_press_in_it_opens_a_form_and_has_nowhere_to_answer(
    ana: Person, told: list[Json], client: AsyncWebClient
) -> None:
    view = (await client.views_publish(user_id=ana.id, view=home(buttons("Go"))))["view"]
    await ana.press("Go")
    (press,) = told
    assert press["container"] == {"type": "view", "view_id": view["id"]}
    assert (press["type"], press["view"]) == ("block_actions", view)
    assert not {"channel", "message", "response_url"} & press.keys()
    lay = {"trigger_id": press["trigger_id"], "view": form(section("x"))}
    await client.views_open(**lay)
    assert (await ana.modal("Form")).is_open
    assert await refusal(client, "views.update", view_id="V0", view=home()) == "not_found"


async def test_nothing_can_be_pushed_onto_it(
    ana: Person, told: list[Json], client: AsyncWebClient
) -> None:
    await client.views_publish(user_id=ana.id, view=home(buttons("Go")))
    await ana.press("Go")
    lay = {"trigger_id": told[0]["trigger_id"], "view": form(section("x"))}
    assert await refusal(client, "views.push", **lay) == "not_found"


async def test_of_buttons_alike_the_one_with_the_value_is_pressed(
    ana: Person, told: list[Json], client: AsyncWebClient
) -> None:
    await client.views_publish(user_id=ana.id, view=home(rows("7", "8", "9")))
    await ana.press("Done", value="8")
    assert [one["value"] for one in told[0]["actions"]] == ["8"]
    with pytest.raises(LookupError, match="No open view has a button"):
        await ana.press("Done", value="10")


async def test_what_was_typed_stays_when_it_is_published_again(
    ana: Person, told: list[Json], client: AsyncWebClient
) -> None:
    view = home(typed("why"), buttons("Go"))
    await client.views_publish(user_id=ana.id, view=view)
    held = {"why": {"value": {"type": "plain_text_input", "value": "Because"}}}
    await ana.press("Go", values=held)
    assert told[0]["view"]["state"]["values"] == held
    again = (await client.views_publish(user_id=ana.id, view=view))["view"]
    assert again["state"]["values"] == held


async def test_it_outlives_the_process(manifest: Path, tmp_path: Path, clock: Clock) -> None:
    def opened() -> AbstractAsyncContextManager[Sandbox]:
        return Sandbox.open(manifest=manifest, clock=clock, shelf=Shelf(tmp_path / "kept"))

    def api(slack: Sandbox) -> AsyncWebClient:
        return AsyncWebClient(token=slack.bot_token, base_url=slack.api_url)

    async with opened() as slack:
        ana = slack.person("ana").id
        view = (await api(slack).views_publish(user_id=ana, view=home(section("x"))))["view"]
    async with opened() as slack:
        assert (kept := slack.person("ana").home())
        assert (kept.id, kept.text()) == (view["id"], "x")
        fresh = {"user_id": ana, "view": home(section("y")), "hash": view["hash"]}
        assert (await api(slack).views_publish(**fresh))["view"]["hash"] != view["hash"]
