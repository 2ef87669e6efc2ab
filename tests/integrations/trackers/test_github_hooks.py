"""GitHub's webhooks: signed ones are read, all others refused."""

import hashlib
import hmac
import json

import pytest
from multidict import CIMultiDict

from domain.tickets import Hook
from integrations.trackers import HookRefused, HookUnreadable
from integrations.trackers.github.hooks import GitHubHooks
from tests.trackers.github_stage import BEGIN, Stage, staged

READER = GitHubHooks("a secret")


def signed(body: bytes, event: str = "issues", secret: bytes = b"a secret") -> CIMultiDict[str]:
    """The headers of a webhook."""
    right = hmac.new(secret, body, hashlib.sha256).hexdigest()
    told = {"x-hub-signature-256": f"sha256={right}", "x-github-event": event}
    return CIMultiDict(told)


def about(**more: object) -> bytes:
    """The body of a webhook, as docs.github.com/en/webhooks/webhook-events-and-payloads has it."""
    repository = {"id": 1, "full_name": "acme/shop"}
    return json.dumps({"action": "closed", "repository": repository, **more}).encode()


def test_the_example_of_the_manual_is_right() -> None:
    body = b"Hello, World!"
    given = "757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17"
    headers = CIMultiDict({"X-Hub-Signature-256": f"sha256={given}"})
    with pytest.raises(HookRefused, match="It holds no JSON"):
        GitHubHooks("It's a Secret to Everybody").read(headers, body, BEGIN)


def test_an_issue_that_was_closed_is_told() -> None:
    body = about(issue={"number": 12})
    hook = READER.read(signed(body), body, BEGIN)
    assert hook == Hook(project="acme/shop", ref="acme/shop/12", event="issues.closed")


@pytest.mark.parametrize("event", ["ping", "repository", "issue_comment"])
def test_what_is_about_no_issue_names_none(event: str) -> None:
    body = about(issue={"number": 12, "pull_request": {}})
    assert READER.read(signed(body, event), body, BEGIN).ref == ""


@pytest.mark.parametrize("body", [b"[]", b"payload=%7B%7D", b"\xff", b"", b'{"a":', b"[" * 9_999])
def test_what_cannot_be_read_is_said_to_be_so(body: bytes) -> None:
    with pytest.raises(HookUnreadable, match="Set the content type of the webhook"):
        READER.read(signed(body), body, BEGIN)


@pytest.mark.parametrize("body", [b"{}", b'{"repository":[],"issue":"x","action":{}}'])
def test_what_has_another_shape_is_about_nothing(body: bytes) -> None:
    assert READER.read(signed(body), body, BEGIN).ref == ""


def test_another_secret_is_refused() -> None:
    body = about(issue={"number": 12})
    with pytest.raises(HookRefused, match="not signed with the secret"):
        READER.read(signed(body, secret=b"another"), body, BEGIN)


def test_another_text_with_the_signature_of_one_is_refused() -> None:
    headers = signed(about(issue={"number": 12}))
    with pytest.raises(HookRefused, match="not signed"):
        READER.read(headers, about(issue={"number": 13}), BEGIN)


@pytest.mark.parametrize("headers", [{}, {"X-Hub-Signature-256": "sha256=é"}])
def test_no_signature_is_refused(headers: dict[str, str]) -> None:
    with pytest.raises(HookRefused, match="not signed"):
        READER.read(CIMultiDict(headers), b"{}", BEGIN)


def test_without_a_secret_nothing_is_believed() -> None:
    with pytest.raises(HookRefused, match="sets GITHUB_WEBHOOK_SECRET"):
        GitHubHooks("").read(signed(b"{}", secret=b""), b"{}", BEGIN)


def test_the_same_webhook_has_the_same_signature() -> None:
    assert READER.signature(signed(b"{}")) == READER.signature(signed(b"{}"))
    assert READER.signature(signed(b"{}")) != READER.signature(signed(b"{ }"))
    assert READER.signature(CIMultiDict()) == ""


async def _everything(stage: Stage) -> str:
    ref = await stage.made()
    await stage.stand_in.assign(ref, "ben", "cleo")
    await stage.stand_in.close(ref, "cleo")
    await stage.stand_in.reopen(ref, "cleo")
    await stage.stand_in.move(ref)
    await stage.stand_in.delete("acme/attic/1")
    return ref


async def test_whatever_github_tells_is_read() -> None:
    async with staged() as stage:
        ref = await _everything(stage)
        reader = GitHubHooks(stage.stand_in.secret)
        read = [reader.read(CIMultiDict(one), body, BEGIN) for one, body in stage.stand_in.hooks]
    done = [(hook.event, hook.ref) for hook in read]
    for event in ("opened", "assigned", "closed", "reopened", "transferred"):
        assert (f"issues.{event}", ref) in done
    assert ("issues.deleted", "acme/attic/1") in done
