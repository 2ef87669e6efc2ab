"""What is wrong with the settings of a tracker is said in one line, and no secret is repeated."""

from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    KeySerializationEncryption,
    NoEncryption,
    PrivateFormat,
)
from pydantic import ValidationError

from bot.clock import wall
from bot.settings import Settings, complaints
from bot.trackers import hook_readers, trackers_of
from domain.tickets import TrackerKind
from integrations.trackers.nowhere import Nowhere

WORKING: dict[str, Any] = {"slack_bot_token": "xoxb-1", "slack_app_token": "xapp-1"}
NOTHING: dict[str, Any] = {}
KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)


def pem(encryption: KeySerializationEncryption | None = None) -> str:
    """A private key as GitHub gives it for download."""
    form = PrivateFormat.TraditionalOpenSSL
    return KEY.private_bytes(Encoding.PEM, form, encryption or NoEncryption()).decode()


def settings(**more: Any) -> Settings:
    """Settings as variables would say them."""
    return Settings(_env_file=None, **WORKING, **more)


def said(**more: Any) -> list[str]:
    """The lines that these settings are complained of with."""
    with pytest.raises(ValidationError) as wrong:
        settings(**more)
    return complaints(wrong.value)


@pytest.mark.parametrize(
    ("more", "line"),
    [
        ({"github_url": "ghe.example.com"}, "GITHUB_URL: write it with https:// in front"),
        ({"github_token": "secret\n"}, "GITHUB_TOKEN: a token has no line ends, and none but "),
        ({"github_app_id": "acme"}, "GITHUB_APP_ID: Input should be a valid integer"),
        ({"github_app_id": "7"}, "GITHUB_APP_PRIVATE_KEY: set it too: the private key of the app"),
        ({"github_app_private_key": pem()}, "GITHUB_APP_PRIVATE_KEY: set GITHUB_APP_ID too"),
        ({"jira_url": "example.net"}, "JIRA_URL: write it with https:// in front"),
        ({"jira_url": "https://example.net"}, "JIRA_TOKEN: set it too: Jira at JIRA_URL answers"),
        ({"jira_token": "secret"}, "JIRA_TOKEN: set JIRA_URL too: where the Jira is"),
        ({"linear_api_key": "sécret"}, "LINEAR_API_KEY: a token has no line ends"),
        ({"linear_url": "linear"}, "LINEAR_URL: write it with https:// in front"),
    ],
)
def test_each_wrong_setting_is_one_clear_line(more: dict[str, str], line: str) -> None:
    (complaint,) = said(**more)
    assert complaint.startswith(line)
    assert "secret" not in complaint.removeprefix(line)


@pytest.mark.parametrize(
    ("key", "line"),
    [
        ("-----BEGIN RSA PRIVATE KEY-----\nsecret", "this is no private key in PEM"),
        (pem(BestAvailableEncryption(b"password")), "this is no private key in PEM without a pass"),
        ("nowhere/secret.pem", "the file it names cannot be read: No such file or directory"),
    ],
)
def test_a_private_key_that_cannot_be_used_is_refused(key: str, line: str) -> None:
    (complaint,) = said(github_app_id="7", github_app_private_key=key)
    assert complaint.startswith(f"GITHUB_APP_PRIVATE_KEY: {line}")
    assert "secret" not in complaint


def test_a_file_that_holds_no_key_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "key.pem"
    for content in (b"Buy milk", b"\xff\xfe"):
        file.write_bytes(content)
        (line,) = said(github_app_id="7", github_app_private_key=str(file))
        assert line.startswith("GITHUB_APP_PRIVATE_KEY: ")


def test_a_token_and_an_app_are_one_too_many() -> None:
    (line,) = said(github_token="t", github_app_id="7", github_app_private_key=pem())
    assert "one of them is enough" in line


@pytest.mark.parametrize("way", ["lines", "one line", "file"])
def test_a_private_key_is_read_from_wherever_it_stands(tmp_path: Path, way: str) -> None:
    (tmp_path / "key.pem").write_text(pem())
    written = {
        "lines": pem(),
        "one line": pem().replace("\n", "\\n"),
        "file": str(tmp_path / "key.pem"),
    }
    read = settings(github_app_id="7", github_app_private_key=written[way]).github_app_private_key
    assert read is not None
    assert read.get_secret_value() == pem()


async def test_what_is_set_up_is_there_and_the_others_say_how_it_is_done() -> None:
    jira = {"jira_url": "https://example.net", "jira_token": "t"}
    for more, there in [
        (NOTHING, set()),
        ({"github_token": "t"}, {TrackerKind.GITHUB}),
        ({"github_app_id": "7", "github_app_private_key": pem()}, {TrackerKind.GITHUB}),
        ({**jira, "linear_api_key": "t"}, {TrackerKind.JIRA, TrackerKind.LINEAR}),
    ]:
        async with trackers_of(settings(**more), wall) as trackers:
            assert set(trackers) == set(TrackerKind)
            found = {kind for kind, each in trackers.items() if not isinstance(each, Nowhere)}
            assert (found, {each.kind for each in trackers.values()}) == (there, set(TrackerKind))


def test_webhooks_are_read_of_those_whose_secret_is_known() -> None:
    assert hook_readers(settings()) == {}
    read = hook_readers(settings(jira_webhook_secret="s", github_webhook_secret="s"))
    assert set(read) == {TrackerKind.GITHUB, TrackerKind.JIRA}


def test_no_secret_is_in_what_the_settings_print() -> None:
    secrets = ("github_token", "linear_api_key", "jira_token", "github_webhook_secret")
    more: dict[str, Any] = dict.fromkeys(secrets, "hush")
    made = settings(jira_url="https://example.net", **more)
    assert "hush" not in f"{made!r}{made}"
