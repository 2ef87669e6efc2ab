"""Addresses in typed text, as Slack stores them."""

import pytest

from sandbox import Sandbox
from sandbox.hands.writing import as_command_text, as_written


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("see https://x.example/a?b=1", "see <https://x.example/a?b=1>"),
        ("https://x.example/a?b=1&c=2.", "<https://x.example/a?b=1&amp;c=2>."),
        ("(https://x.example/a_(b)), then", "(<https://x.example/a_(b)>), then"),
        ("*https://x.example/*!", "*<https://x.example/>*!"),
        ("<https://x.example>", "&lt;<https://x.example>&gt;"),
        ("https://x.example/@bob", "<https://x.example/@bob>"),
        ("https://", "https://"),
        ("www.x.example,", "<http://www.x.example|www.x.example>,"),
        ("example.com/a?b is", "<http://example.com/a?b|example.com/a?b> is"),
        ("At example.com.", "At <http://example.com|example.com>."),
        ("shop.example.com:8080", "<http://shop.example.com:8080|shop.example.com:8080>"),
        ("a@b.c", "<mailto:a@b.c|a@b.c>"),
        ("mailto:a@b.c.", "<mailto:a@b.c|a@b.c>."),
        ("p99.txt at 8.1 e.g. v1.2.3", "p99.txt at 8.1 e.g. v1.2.3"),
        ("x.com.example", "x.com.example"),
        ("https://)", "https://)"),
    ],
)
def test_an_address_becomes_a_link(slack: Sandbox, typed: str, stored: str) -> None:
    assert as_written(slack.workspace, typed) == stored


def test_a_commands_addresses_are_marked_when_asked(slack: Sandbox) -> None:
    for escape, text in ((True, "start <https://x.example>"), (False, "start https://x.example")):
        typed = "start https://x.example"
        assert as_command_text(slack.workspace, typed, escape=escape) == text
