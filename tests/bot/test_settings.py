"""What is wrong with the settings is said in one line each, and nothing secret is repeated."""

from pathlib import Path

import pytest

from tests.bot.conftest import serving

WORKING = {"SLACK_BOT_TOKEN": "xoxb-1-secret", "SLACK_APP_TOKEN": "xapp-1-secret"}


async def said(folder: Path, environment: dict[str, str]) -> tuple[int, list[str]]:
    """Give the exit code of `closedloop serve` and the lines it wrote."""
    async with serving(folder, environment) as process:
        _, stderr = await process.communicate()
        assert process.returncode is not None
        return process.returncode, stderr.decode().splitlines()


async def test_every_missing_setting_gets_a_line_and_the_exit_code_is_2(tmp_path: Path) -> None:
    assert await said(tmp_path, {}) == (
        2,
        [
            "SLACK_BOT_TOKEN is missing: Bot token of the installed app, `xoxb-…`.",
            "SLACK_SIGNING_SECRET: set it for HTTP mode, or SLACK_APP_TOKEN for Socket Mode",
        ],
    )


async def test_every_wrong_setting_gets_a_line_and_the_exit_code_is_2(tmp_path: Path) -> None:
    wrong = {
        "DATABASE_URL": "mysql://root:secret@db/closedloop",
        "SLACK_BOT_TOKEN": "xoxp-secret",
        "SLACK_APP_TOKEN": "xoxb-secret",
        "SLACK_API_URL": "slack.com",
        "PORT": "99999",
        "PROMETHEUS_URL": "prometheus:9090",
        "PROMETHEUS_TOKEN": "secret\nsecret",
        "LOG_LEVEL": "LOUD",
        "LOG_FORMAT": "xml",
    }
    code, lines = await said(tmp_path, wrong)
    assert (code, [line.partition(":")[0] for line in lines]) == (2, list(wrong))
    assert "secret" not in "".join(lines)
    assert lines[0] == "DATABASE_URL: mysql is not supported: use sqlite:/// or postgresql://."
    assert lines[1] == "SLACK_BOT_TOKEN: a bot token begins with xoxb-"


async def test_an_empty_setting_is_a_missing_one(tmp_path: Path) -> None:
    code, lines = await said(tmp_path, {**WORKING, "SLACK_APP_TOKEN": "", "PORT": ""})
    assert (code, len(lines)) == (2, 1)
    assert "set it for HTTP mode, or SLACK_APP_TOKEN" in lines[0]


async def test_settings_are_read_from_a_file_beside_the_process(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("SLACK_BOT_TOKEN=nonsense\nSLACK_APP_TOKEN=xapp-1\n")
    code, lines = await said(tmp_path, {})
    assert (code, lines) == (2, ["SLACK_BOT_TOKEN: a bot token begins with xoxb-"])


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"SLACK_API_URL": "http://127.0.0.1:9/"}, "Could not start: Cannot connect to host"),
        ({"DATABASE_URL": "sqlite:///."}, "The database refuses: unable to open database file."),
    ],
)
async def test_what_keeps_it_from_starting_is_said_in_a_sentence(
    tmp_path: Path, more: dict[str, str], words: str
) -> None:
    code, lines = await said(tmp_path, {**WORKING, **more})
    assert code == 1
    assert lines[-1].startswith(words)
