"""What we are compared with: a Bolt app as its documentation has it, and a form of 30 blocks."""

import asyncio
import os
from typing import Any

from slack_bolt.adapter.socket_mode.async_handler import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient


def form() -> dict[str, Any]:
    """A form of 30 blocks, half of them inputs."""
    blocks: list[dict[str, Any]] = []
    for number in range(15):
        text = f"What the next field is for, in a sentence or two ({number})"
        element = {"type": "plain_text_input", "action_id": "value", "max_length": 3000}
        label = {"type": "plain_text", "text": f"Field {number}"}
        blocks += [
            {"type": "section", "text": {"type": "mrkdwn", "text": text}},
            {"type": "input", "block_id": f"b{number}", "label": label, "element": element},
        ]
    title = {"type": "plain_text", "text": "A form"}
    submit = {"type": "plain_text", "text": "Save"}
    return {
        "type": "modal",
        "callback_id": "bare",
        "title": title,
        "submit": submit,
        "blocks": blocks,
    }


async def main() -> None:
    """Answer `/postmortem` until killed."""
    token = os.environ["SLACK_BOT_TOKEN"]
    app = AsyncApp(
        token=token, client=AsyncWebClient(token=token, base_url=os.environ["SLACK_API_URL"])
    )

    @app.command("/postmortem")
    async def postmortem(ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient) -> None:
        await ack()
        await client.views_open(trigger_id=body["trigger_id"], view=form())

    await AsyncSocketModeHandler(app, os.environ["SLACK_APP_TOKEN"]).start_async()  # type: ignore[no-untyped-call] # the adapter has no annotations


if __name__ == "__main__":
    asyncio.run(main())
