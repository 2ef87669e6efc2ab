import hashlib
import hmac
import json
from collections.abc import Mapping
from datetime import timedelta

import pytest

from domain.tickets import Hook
from integrations.trackers import HookRefused, HookUnreadable
from integrations.trackers.jira.hooks import JiraHooks
from tests.integrations.trackers.jira_played import NOON, OURS, SHOP, WANTED, playing

SECRET = "It's a Secret to Everybody"
AT = round(NOON.timestamp() * 1000)


def signed(body: bytes, secret: str = SECRET) -> Mapping[str, str]:
    digest = hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()
    return {"X-Hub-Signature": f"sha256={digest}"}


def read(told: object) -> Hook:
    body = json.dumps(told).encode()
    return JiraHooks(SECRET).read(signed(body), body, NOON)


def test_the_signature_is_the_one_of_the_vendors_example() -> None:
    # developer.atlassian.com/cloud/jira/platform/webhooks/#secure-admin-webhooks has this example.
    digest = "a4771c39fbe90f317c7824e83ddef3caae9cb3d976c214ace1f2937e133263c9"
    headers = {"X-Hub-Signature": f"sha256={digest}"}

    with pytest.raises(HookRefused, match="not JSON"):
        JiraHooks(SECRET).read(headers, b"Hello World!", NOON)


@pytest.mark.parametrize("cloud", [True, False])
async def test_what_the_stand_in_sends_is_read(cloud: bool) -> None:  # noqa: FBT001 - a case of the table
    async with playing(cloud=cloud) as (stand_in, jira):
        seen = await jira.create(SHOP, OURS, WANTED)
        await stand_in.delete(seen.ref)
        hooks = JiraHooks(stand_in.secret)
        told = [hooks.read(headers, body, stand_in.desk.now()) for headers, body in stand_in.hooks]

    events = ["jira:issue_created", "jira:issue_deleted"]
    assert told == [Hook(project="SHOP", ref=seen.ref, event=event) for event in events]


def test_a_moved_issue_is_told_of_its_new_project() -> None:
    issue = {"id": "1", "key": "SHOP-1", "fields": {"project": {"key": "ATTIC"}}}

    assert read({"timestamp": AT, "issue": issue}).project == "ATTIC"
    assert read({"timestamp": AT, "issue": {"id": "1", "key": "SHOP-1"}}).project == "SHOP"


def test_what_is_about_no_issue_has_no_ref() -> None:
    assert read({"timestamp": AT, "webhookEvent": "sprint_started"}) == Hook(
        project="", event="sprint_started"
    )


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"X-Hub-Signature": "sha256="},
        {"X-Hub-Signature": "sha256=é"},
        {"X-Hub-Signature": "sha1=" + "0" * 40},
        signed(b"{}", "another"),
        signed(b"{} "),
    ],
)
def test_a_wrong_signature_is_refused(headers: Mapping[str, str]) -> None:
    with pytest.raises(HookRefused, match="signature"):
        JiraHooks(SECRET).read(headers, b"{}", NOON)


def test_no_secret_makes_no_signature_right() -> None:
    with pytest.raises(HookRefused, match="signature"):
        JiraHooks("").read(signed(b"{}", ""), b"{}", NOON)


@pytest.mark.parametrize("minutes", [-121, 121])
def test_what_happened_long_ago_is_refused(minutes: int) -> None:
    at = NOON + timedelta(minutes=minutes)

    with pytest.raises(HookRefused, match="too long ago"):
        read({"timestamp": round(at.timestamp() * 1000)})


@pytest.mark.parametrize("told", [[], 1, {}, {"timestamp": "now"}, {"timestamp": True}])
def test_what_jira_does_not_send_cannot_be_read(told: object) -> None:
    with pytest.raises(HookUnreadable):
        read(told)


@pytest.mark.parametrize("at", [10**400, float("nan"), float("inf")])
def test_a_time_that_is_none_is_refused(at: float) -> None:
    with pytest.raises(HookRefused, match="too long ago"):
        read({"timestamp": at})
