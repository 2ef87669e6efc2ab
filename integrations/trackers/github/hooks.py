"""GitHub's webhooks (docs.github.com/en/webhooks/using-webhooks/validating-webhook-deliveries)."""

from collections.abc import Mapping
from datetime import datetime

from domain.tickets import Hook
from integrations.trackers import HookRefused
from integrations.trackers.hook_reading import is_signed, object_of

_SIGNATURE = "X-Hub-Signature-256"
_NO_JSON = "It holds no JSON. Set the content type of the webhook on GitHub to application/json."


class GitHubHooks:
    """Reads them; `secret` is what GitHub signs them with.

    They do not say when they were sent: one that comes again is told by its signature alone.
    """

    def __init__(self, secret: str) -> None:
        self._secret = secret.encode()

    def read(self, headers: Mapping[str, str], body: bytes, now: datetime) -> Hook:
        """What a webhook tells; only of `issues` it is about a ticket."""
        del now
        self._check(headers, body)
        told, event = object_of(body, _NO_JSON), headers.get("X-GitHub-Event", "")
        repository, issue = told.get("repository"), told.get("issue")
        project = str(repository.get("full_name") or "") if isinstance(repository, dict) else ""
        done = f"{event}.{told['action']}" if "action" in told else event
        number = issue.get("number") if isinstance(issue, dict) else None
        about = event == "issues" and project and isinstance(number, int)
        return Hook(project=project, ref=f"{project}/{number}" if about else "", event=done)

    def signature(self, headers: Mapping[str, str]) -> str:
        """Its signature: of the same text the same, which tells the same."""
        return headers.get(_SIGNATURE, "")

    def _check(self, headers: Mapping[str, str], body: bytes) -> None:
        if not self._secret:
            raise HookRefused(
                "GitHub's webhooks are not set up: whoever runs Closed Loop sets "
                "GITHUB_WEBHOOK_SECRET to the secret of the webhook on GitHub."
            )
        method, _, signature = self.signature(headers).partition("=")
        if method != "sha256" or not is_signed(self._secret, body, signature):
            raise HookRefused("It is not signed with the secret of GITHUB_WEBHOOK_SECRET.")
