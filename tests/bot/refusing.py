"""Answers of Slack that the local workspace never gives."""

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse


def refusal(code: str, status: int = 200, **headers: str) -> SlackApiError:
    """What the SDK raises when Slack answers so; `Retry_After` is the header `Retry-After`."""
    answer = AsyncSlackResponse(
        client=AsyncWebClient(),
        http_verb="POST",
        api_url="",
        req_args={},
        data={"ok": False, "error": code},
        headers={name.replace("_", "-"): value for name, value in headers.items()},
        status_code=status,
    )
    return SlackApiError(code, answer)
