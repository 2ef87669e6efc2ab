"""An act that says something as what it cannot be is answered with a sentence."""

from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest

from sandbox import Sandbox
from tests.sandbox.pages import Page
from tests.sandbox.payloads import form, section, typed

Json = dict[str, Any]


@pytest.fixture
async def page(slack: Sandbox) -> AsyncIterator[Page]:
    async with aiohttp.ClientSession() as session:
        yield Page(session, slack, "ana")


@pytest.mark.parametrize(
    ("act", "words"),
    [
        ({"do": "clock", "seconds": 1e20}, "0 to 400 days"),
        ({"do": "clock", "seconds": -3600}, "0 to 400 days"),
        ({"do": "clock", "seconds": float("nan")}, "0 to 400 days"),
        ({"do": "clock", "seconds": "abc"}, "say seconds as a number"),
        ({"do": "clock", "seconds": True}, "say seconds as a number"),
        ({"do": "clock", "to": "banana"}, "one of: next, review"),
        ({"do": "say", "channel": "#general", "text": 5}, "say text as text"),
        ({"do": "say", "channel": ["C1"], "text": "x"}, "say channel as text"),
        ({"do": "react", "channel": {}, "ts": 1, "name": []}, "."),
        ({"do": "create_channel", "name": "x", "private": "no"}, "as yes or no"),
        ({"do": "upload", "name": 1, "content": "AAEC"}, "say name as text"),
        ({"do": "submit", "view": "V1", "values": [1]}, "say values as an object"),
        ({"do": "submit", "view": "V1", "values": {"b": 5}}, "by block and action"),
        ({"do": "submit", "view": "V1", "values": {"b": {"a": 5}}}, "by block and action"),
    ],
    ids=str,
)
async def test_what_an_act_cannot_be_told_is_said(page: Page, act: Json, words: str) -> None:
    answer = await page.act(**act)
    assert (answer["ok"], words in answer["error"]) == (False, True), answer


@pytest.mark.parametrize("kind", ["datepicker", "datetimepicker", "static_select", "file_input"])
@pytest.mark.parametrize("value", [5.5, [1], {"a": 1}, {"files": [1]}, "x"], ids=str)
async def test_what_cannot_be_chosen_is_said(
    page: Page, slack: Sandbox, kind: str, value: Any
) -> None:
    menu = {"type": kind, "action_id": "menu", "options": []}
    slack.workspace.views.open(page.who["as"], form({**section("x"), "accessory": menu}))
    (view,) = (await page.state())["modals"]
    slack.faults.ack_seconds = 0.01
    answer = await page.act("click", view=view["id"], action_id="menu", value=value)
    assert answer["ok"] is False


async def test_files_of_no_form_are_refused(page: Page, slack: Sandbox) -> None:
    given = {**typed("log"), "element": {"type": "file_input", "action_id": "value"}}
    slack.workspace.views.open(page.who["as"], form(given))
    (view,) = (await page.state())["modals"]
    for files in ([1], [{"name": "x"}], "F1", 1):
        values = {"log": {"value": {"type": "file_input", "files": files}}}
        answer = await page.act("submit", view=view["id"], values=values)
        assert answer["ok"] is False
