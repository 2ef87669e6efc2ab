"""What Slack refuses is refused here, with Slack's own error code."""

from copy import deepcopy
from pathlib import Path

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from sandbox import Sandbox
from sandbox.browser.snapshot import snapshot
from sandbox.methods import METHODS
from tests.sandbox.apps import refusal
from tests.sandbox.documented import DOCUMENTED, GENERAL
from tests.sandbox.wrong_calls import SAYING, VIEWS, WrongCall
from tests.sandbox.wrong_papers import PAPERS
from tests.sandbox.wrong_places import PLACES
from tests.sandbox.wrong_stage import MANIFEST, names, resolved

CALLS = [*SAYING, *VIEWS, *PLACES, *PAPERS]


@pytest.fixture
def manifest(tmp_path: Path) -> Path:
    """An app that may do everything."""
    path = tmp_path / "manifest.yml"
    path.write_text(MANIFEST)
    return path


@pytest.mark.parametrize("method", sorted({one.method for one in CALLS}))
async def test_wrong_calls_are_refused_in_slacks_words(slack: Sandbox, method: str) -> None:
    known = names(slack)
    before = deepcopy(snapshot(slack.workspace, known["ana"]))
    wrong = [one for one in CALLS if one.method == method]
    refused = {one.name: await refused_with(slack, one, known) for one in wrong}
    assert refused == {one.name: one.error for one in wrong}
    assert snapshot(slack.workspace, known["ana"]) == before


async def refused_with(slack: Sandbox, wrong: WrongCall, known: dict[str, str]) -> str:
    """The error name that a wrong call is refused with."""
    tokens = {"bot": slack.bot_token, "app": slack.app_token, "none": "", "wrong": "xoxb-wrong"}
    client = AsyncWebClient(tokens[wrong.token], slack.api_url, retry_handlers=[])
    return await refusal(client, wrong.method, **resolved(wrong.args, known))


def test_every_code_stands_on_its_methods_page_where_that_was_read() -> None:
    """The pages of the other methods are still to be read (tests/sandbox/documented.py)."""
    read = [one for one in CALLS if one.method in DOCUMENTED]
    own = {method: {*codes.split()} for method, codes in DOCUMENTED.items()}
    strange = [one for one in read if one.error not in own[one.method] | GENERAL]
    assert strange == []
    assert own.keys() <= {one.method for one in read}


def test_every_wrong_call_is_of_a_known_method() -> None:
    assert {one.method for one in CALLS} <= METHODS.keys()
    assert len(CALLS) >= 60


def test_no_wrong_call_is_there_twice() -> None:
    assert len({(one.method, one.name) for one in CALLS}) == len(CALLS)
    said = [(one.method, one.error, repr(one.args), one.token) for one in CALLS]
    assert len(set(said)) == len(CALLS)
