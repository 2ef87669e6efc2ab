"""GitHub's own description is what the adapter is held against; and it does refuse."""

import json
from dataclasses import replace

import pytest
from openapi_core.testing import MockResponse

from domain.tickets import Aspect
from integrations.trackers.github.projects import ADD, PROJECT, PUT
from tests.trackers.github_stage import OTHER, OURS, SHOP, Stage, staged, wanted
from tests.trackers.github_watch import (
    described,
    request,
    wrong_with_answer,
    wrong_with_call,
    wrong_with_document,
)

ISSUES = "/repos/acme/shop/issues"


@pytest.mark.parametrize(
    ("method", "path", "said", "words"),
    [
        ("POST", ISSUES, {"body": "x"}, "'title' is a required property"),
        ("POST", ISSUES, {"title": "x", "labels": "bug"}, "'bug' is not of type 'array'"),
        ("POST", ISSUES, {"title": "x", "label": ["bug"]}, "'label' was unexpected"),
        ("PATCH", f"{ISSUES}/1", {"state": "done"}, "'done' is not one of"),
        ("PATCH", f"{ISSUES}/1", {"state_reason": "dropped"}, "'dropped' is not one of"),
        ("POST", f"{ISSUES}/1/comments", {}, "'body' is a required property"),
        ("PUT", f"{ISSUES}/1", {}, "OperationNotFound"),
        ("POST", "/repos/acme/shop/issue", {}, "PathNotFound"),
    ],
)
def test_what_github_would_refuse_is_refused(
    method: str, path: str, said: object, words: str
) -> None:
    (wrong,) = wrong_with_call(request(method, path, {}, json.dumps(said).encode()))
    assert words in wrong


@pytest.mark.parametrize(
    ("query", "words"),
    [({"state": "every"}, "'every' is not one of"), ({"states": "all"}, "no parameter states")],
)
def test_a_wrong_parameter_is_refused(query: dict[str, str], words: str) -> None:
    (wrong,) = wrong_with_call(request("GET", ISSUES, query, b""))
    assert words in wrong


def test_an_answer_that_github_would_not_give_is_refused() -> None:
    (wrong,) = wrong_with_answer("GET", f"{ISSUES}/1", {}, b"", MockResponse(b'{"number": 1}'))
    assert "'title' is a required property" in wrong


@pytest.mark.parametrize(
    ("document", "words"),
    [
        ("query { repositoryOwner { id } }", "of type 'String!' is required"),
        (PROJECT.replace("closed", "isClosed"), "Cannot query field 'isClosed'"),
        (ADD.replace("$content: ID!", "$content: Int!"), "expecting type 'ID!'"),
        (PUT, "Variable '$item' has invalid value"),
        ("mutation {", "Syntax Error"),
    ],
)
def test_a_document_that_github_would_not_read_is_refused(document: str, words: str) -> None:
    said = {"query": document, "variables": {"project": "P", "field": "F", "iteration": "I"}}
    assert words in "\n".join(wrong_with_document(json.dumps(said).encode()))


async def everything(stage: Stage) -> None:
    """All that the adapter can do."""
    github, since = stage.github, stage.clock()
    await github.check(SHOP)
    await github.account(SHOP, "ada@example.com")
    await github.find(SHOP, OURS, since)
    ref = (await github.create(SHOP, OURS, wanted())).ref
    await github.update(SHOP, ref, wanted(), wanted(title="Another"))
    await github.comment(SHOP, ref, "x", OTHER)
    await github.changed(SHOP, ref, Aspect.OWNER)
    for board in ("milestones", "project 7"):
        await github.plan(replace(SHOP, board=board), ref)


async def test_everything_that_is_described_is_asked() -> None:
    async with staged(as_app=True) as stage:
        await everything(stage)
        await stage.github.known_as()
        asked = {(method.lower(), path) for method, path, _ in stage.heard.asked}
    async with staged() as stage:
        await stage.github.known_as()
        asked |= {(method.lower(), path) for method, path, _ in stage.heard.asked}
    paths = json.loads(json.dumps(described().spec["paths"].read_value()))
    assert len(asked) == sum(map(len, paths.values())) + 1
