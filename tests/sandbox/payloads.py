"""Small views and blocks for the tests."""

from typing import Any


def form(*blocks: dict[str, Any], **more: Any) -> dict[str, Any]:
    """A modal of these blocks."""
    frame = {"type": "modal", "callback_id": "form", "title": plain("Form")}
    return {**frame, "submit": plain("Send"), "blocks": list(blocks), **more}


def plain(text: str) -> dict[str, Any]:
    """A plain text object."""
    return {"type": "plain_text", "text": text}


def typed(block_id: str, **more: Any) -> dict[str, Any]:
    """An input block with a text field."""
    element = {"type": "plain_text_input", "action_id": "value", **more}
    return {"type": "input", "block_id": block_id, "label": plain(block_id), "element": element}


def section(text: str) -> dict[str, Any]:
    """A section block."""
    return {"type": "section", "text": {"type": "mrkdwn", "text": text}}


def buttons(*labels: str) -> dict[str, Any]:
    """An actions block with these buttons; their action ids are their labels in small."""
    return {
        "type": "actions",
        "block_id": "buttons",
        "elements": [
            {"type": "button", "action_id": one.lower(), "text": plain(one)} for one in labels
        ],
    }
