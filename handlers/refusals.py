"""What Slack says when it refuses a call."""

from slack_sdk.errors import SlackApiError


def code_of(refused: SlackApiError) -> str:
    """Slack's word for it; empty where it was not Slack itself that answered, but a proxy."""
    said = getattr(refused.response, "data", None)
    return str(said.get("error", "")) if isinstance(said, dict) else ""


def status_of(refused: SlackApiError) -> int:
    """The HTTP status it came with."""
    # Where a body cannot be read at all, the SDK hands over aiohttp's response and not its own.
    response = refused.response
    return int(getattr(response, "status_code", None) or response.status)
