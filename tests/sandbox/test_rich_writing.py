"""Typed text as the block that a rich text input holds."""

from typing import Any

import pytest

from sandbox.hands.rich_writing import rich_text

Json = dict[str, Any]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("plain", [("section", [{"type": "text", "text": "plain"}])]),
        (
            "a *b* _c_d `e f`",
            [
                (
                    "section",
                    [
                        {"type": "text", "text": "a "},
                        {"type": "text", "text": "b", "style": {"bold": True}},
                        {"type": "text", "text": " _c_d "},
                        {"type": "text", "text": "e f", "style": {"code": True}},
                    ],
                )
            ],
        ),
        (
            "https://a.example <https://b.example|b>",
            [
                (
                    "section",
                    [
                        {"type": "link", "url": "https://a.example"},
                        {"type": "text", "text": " "},
                        {"type": "link", "url": "https://b.example", "text": "b"},
                    ],
                )
            ],
        ),
        ("> so\n> what", [("quote", [{"type": "text", "text": "so\nwhat"}])]),
    ],
    ids=["plain", "styles", "links", "quote"],
)
def test_typed_text_becomes_rich(text: str, parts: list[tuple[str, list[Json]]]) -> None:
    wanted = [{"type": f"rich_text_{kind}", "elements": pieces} for kind, pieces in parts]
    assert rich_text(text) == {"type": "rich_text", "elements": wanted}


def test_lines_that_begin_alike_are_one_list() -> None:
    block = rich_text("Because:\n- pool\n- cache\n1. then") or {}
    kinds = [(one["type"], one.get("style"), len(one["elements"])) for one in block["elements"]]
    assert kinds == [
        ("rich_text_section", None, 1),
        ("rich_text_list", "bullet", 2),
        ("rich_text_list", "ordered", 1),
    ]
