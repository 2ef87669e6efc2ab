"""Canvases are written, looked through, changed and shown as Slack's are."""

from pathlib import Path
from typing import Any

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from sandbox import Sandbox
from sandbox.browser.snapshot import around
from sandbox.canvases import Canvas, paragraphs
from tests.sandbox.apps import refusal
from tests.sandbox.wrong_stage import MANIFEST

Json = dict[str, Any]
TEXT = "# Outage\nIt was the pool.\n\n## Actions\n\n- Mend it\n- Tell Ana\n"


@pytest.fixture
def manifest(tmp_path: Path) -> Path:
    """An app that may do everything."""
    path = tmp_path / "manifest.yml"
    path.write_text(MANIFEST)
    return path


def markdown(text: str) -> Json:
    return {"type": "markdown", "markdown": text}


async def created(client: AsyncWebClient, text: str = TEXT) -> str:
    answer = await client.canvases_create(title="PM-1", document_content=markdown(text))
    return str(answer["canvas_id"])


async def change(client: AsyncWebClient, canvas: str, operation: str, **more: Any) -> None:
    await client.canvases_edit(canvas_id=canvas, changes=[{"operation": operation, **more}])


async def find(client: AsyncWebClient, canvas: str, **criteria: Any) -> list[str]:
    answer = await client.canvases_sections_lookup(canvas_id=canvas, criteria=criteria)
    return [one["id"] for one in answer["sections"]]


def test_a_heading_is_a_section_of_its_own_and_code_is_whole() -> None:
    code = "```\n# no heading\n\nx\n```"
    assert list(paragraphs(f"{TEXT}\n{code}\n")) == [
        "# Outage",
        "It was the pool.",
        "## Actions",
        "- Mend it\n- Tell Ana",
        code,
    ]


async def test_sections_are_found_by_kind_and_words(client: AsyncWebClient) -> None:
    canvas = await created(client)
    assert len(await find(client, canvas, section_types=["any_header"])) == 2
    (actions,) = await find(client, canvas, section_types=["h2"])
    assert await find(client, canvas, contains_text="ACTIONS") == [actions]
    assert await find(client, canvas, section_types=["h3"], contains_text="Actions") == []


async def test_content_goes_where_it_is_put(slack: Sandbox, client: AsyncWebClient) -> None:
    canvas = await created(client, "## One")
    (one,) = await find(client, canvas, contains_text="One")
    await change(client, canvas, "insert_at_start", document_content=markdown("start"))
    await change(client, canvas, "insert_at_end", document_content=markdown("end"))
    await change(client, canvas, "insert_before", section_id=one, document_content=markdown("a"))
    await change(client, canvas, "insert_after", section_id=one, document_content=markdown("z"))
    written = slack.workspace.canvases[canvas].markdown
    assert written.split("\n\n") == ["start", "a", "## One", "z", "end"]


async def test_sections_and_all_are_replaced_or_deleted(
    slack: Sandbox, client: AsyncWebClient
) -> None:
    canvas = await created(client, "## One\n\nold\n\ntwo")
    (old,) = await find(client, canvas, contains_text="old")
    await change(client, canvas, "replace", section_id=old, document_content=markdown("new"))
    (two,) = await find(client, canvas, contains_text="two")
    await change(client, canvas, "delete", section_id=two)
    kept = slack.workspace.canvases[canvas]
    assert kept.markdown == "## One\n\nnew"
    await change(client, canvas, "replace", document_content=markdown("all"))
    await change(client, canvas, "rename", title_content=markdown("PM-2"))
    assert (kept.markdown, kept.title) == ("all", "PM-2")


@pytest.mark.parametrize(
    "changes",
    [
        [],
        "no JSON",
        [{"operation": "insert_at_end"}],
        [{"operation": "shuffle", "document_content": markdown("x")}],
        [{"operation": "insert_at_end", "document_content": markdown("x")}] * 2,
        [{"operation": "rename", "title_content": "PM-2"}],
    ],
)
async def test_changes_of_no_form_are_refused(client: AsyncWebClient, changes: object) -> None:
    canvas = await created(client)
    error = await refusal(client, "canvases.edit", canvas_id=canvas, changes=changes)
    assert error == "invalid_arguments"


async def test_a_channel_has_one_canvas_of_its_own(slack: Sandbox, client: AsyncWebClient) -> None:
    place = slack.workspace.channel("inc-checkout").id
    args: Json = {"channel_id": place, "document_content": markdown("# Here")}
    canvas = (await client.conversations_canvases_create(**args))["canvas_id"]
    assert slack.workspace.canvases[canvas].to_page()["channel"] == place
    error = await refusal(client, "conversations.canvases.create", **args)
    assert error == "channel_canvas_already_exists"
    more = await client.canvases_create(title="More", channel_id=place)
    assert slack.workspace.canvases[more["canvas_id"]].channel == place


async def test_who_was_given_a_canvas_may_write_in_it(
    slack: Sandbox, client: AsyncWebClient
) -> None:
    ana, place = slack.person("ana").id, slack.workspace.channel("inc-checkout").id
    hers = slack.workspace.canvases["F0HERS"] = Canvas("F0HERS", "Hers", ana, "x", 1, 1)
    hers.access[place] = "write"
    await change(client, "F0HERS", "insert_at_end", document_content=markdown("y"))
    assert hers.markdown == "x\n\ny"
    assert await refusal(client, "canvases.delete", canvas_id="F0HERS") == "restricted_action"


async def test_a_canvas_given_away_is_the_other_ones(
    slack: Sandbox, client: AsyncWebClient
) -> None:
    canvas, ana = await created(client), slack.person("ana").id
    await client.canvases_access_set(canvas_id=canvas, access_level="owner", user_ids=[ana])
    assert slack.workspace.canvases[canvas].owner == ana
    mine = await created(client)
    assert (await client.files_info(file=mine))["file"]["filetype"] == "quip"
    await client.canvases_delete(canvas_id=mine)
    assert mine not in slack.workspace.canvases


async def test_a_canvas_is_seen_by_its_owner_and_whom_it_was_shown(
    slack: Sandbox, client: AsyncWebClient
) -> None:
    canvas, (ana, bob) = await created(client), (slack.person(one).id for one in ("ana", "bob"))

    def seen(person: str) -> bool:
        return bool(around(slack.workspace, person)["canvases"])

    assert (seen(ana), seen(bob), seen(slack.workspace.app.bot_user)) == (False, False, True)
    await client.canvases_access_set(canvas_id=canvas, access_level="read", user_ids=[ana])
    assert (seen(ana), seen(bob)) == (True, False)
    hidden = slack.workspace.channel("inc-auth-tokens")
    await client.canvases_access_set(canvas_id=canvas, access_level="read", channel_ids=[hidden.id])
    assert seen(bob) is (bob in hidden.members)


async def test_a_channels_canvas_is_seen_by_who_sees_the_channel(slack: Sandbox) -> None:
    for name, seen in (("general", True), ("sec-review", False)):
        place = slack.workspace.channel(name).id
        tab = Canvas("F0TAB", "Tab", slack.person("ana").id, "x", 1, 1, channel=place)
        slack.workspace.canvases["F0TAB"] = tab
        shown = around(slack.workspace, slack.person("bob").id)["canvases"]
        assert bool(shown) is seen


async def test_a_canvas_that_the_app_cannot_see_is_no_file_to_it(
    slack: Sandbox, client: AsyncWebClient
) -> None:
    ana = slack.person("ana").id
    slack.workspace.canvases["F0HERS"] = Canvas("F0HERS", "Hers", ana, "x", 1, 1)
    assert await refusal(client, "files.info", file="F0HERS") == "file_not_found"
