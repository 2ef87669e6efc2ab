"""Jira's webhooks, signed with a secret.

See developer.atlassian.com/cloud/jira/platform/webhooks/#secure-admin-webhooks; Data Center signs
in the same way: confluence.atlassian.com/adminjiraserver/managing-webhooks-938846912.html.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from domain.tickets import Hook
from integrations.trackers import HookRefused
from integrations.trackers.hook_reading import is_signed, object_of, seconds_from

SIGNATURE = "X-Hub-Signature"
#: Jira tries up to five times more, five to fifteen minutes apart, with the time of the first
#: (same page, "Retry policy").
OLDEST = timedelta(hours=2)


class JiraHooks:
    """Reads the webhooks of a Jira that has our secret."""

    def __init__(self, secret: str) -> None:
        self._secret = secret.encode()

    def read(self, headers: Mapping[str, str], body: bytes, now: datetime) -> Hook:
        """What a webhook tells; raises HookRefused where it is not listened to."""
        method, _, signature = self.signature(headers).partition("=")
        if method != "sha256" or not is_signed(self._secret, body, signature):
            raise HookRefused("Its signature is not made with our secret for Jira.")
        told = object_of(body, "It is not JSON as Jira sends it.")
        _fresh(told, now)
        return _hook(told)

    def signature(self, headers: Mapping[str, str]) -> str:
        """Its signature, which tells one webhook from all others."""
        return headers.get(SIGNATURE, "").strip()


def _fresh(told: Mapping[str, Any], now: datetime) -> None:
    """Each tells when it happened, in thousandths of a second."""
    apart = seconds_from(now, told.get("timestamp"), "It does not say when it happened.")
    if not apart <= OLDEST.total_seconds():  # NaN is refused too
        raise HookRefused("It happened too long ago to be told now.")


def _hook(told: Mapping[str, Any]) -> Hook:
    event = str(told.get("webhookEvent") or "")
    issue = told.get("issue")
    if not isinstance(issue, dict):
        return Hook(project="", event=event)
    fields = issue.get("fields")
    project = fields.get("project") if isinstance(fields, dict) else None
    named = project.get("key") if isinstance(project, dict) else None
    # Some tell of an issue with its key alone, which starts with its project's.
    key = str(named or str(issue.get("key") or "").rpartition("-")[0])
    return Hook(project=key, ref=str(issue.get("id") or ""), event=event)
