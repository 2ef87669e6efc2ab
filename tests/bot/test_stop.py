"""A stop finishes what is in hand, and the next start sends nothing twice."""

import json
import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.demo import MANIFEST, settings_for
from bot.process import running
from sandbox import Modal, Sandbox
from tests.bot.conftest import serving, settings_of
from tests.scenarios.stage import CHANNEL, FACTS


@pytest.fixture
def database(sqlite_template: Path, tmp_path: Path) -> Path:
    copy = tmp_path / "closedloop.sqlite3"
    shutil.copyfile(sqlite_template, copy)
    return copy


@pytest.fixture
async def sandbox() -> AsyncIterator[Sandbox]:
    """A workspace whose clock runs, and where nobody is impatient with a process that starts."""
    async with Sandbox.open(manifest=MANIFEST) as sandbox:
        sandbox.faults.ack_seconds = sandbox.faults.trigger_seconds = 30
        yield sandbox


async def start_form(sandbox: Sandbox) -> Modal:
    await sandbox.person("ana").command(CHANNEL, "/postmortem")
    return await sandbox.person("ana").modal("Start a postmortem")


async def test_a_form_being_opened_is_opened_before_the_process_ends(
    sandbox: Sandbox, database: Path
) -> None:
    ana = sandbox.person("ana")
    async with running(settings_for(sandbox, database)):
        sandbox.faults.delay("views.open", 1)
        await ana.command(CHANNEL, "/postmortem")
        assert sandbox.workspace.views.of(ana.id) == []
    assert len(sandbox.workspace.views.of(ana.id)) == 1


async def test_a_delivery_being_sent_is_finished_before_the_process_ends(
    sandbox: Sandbox, database: Path
) -> None:
    settings = settings_for(sandbox, database)
    async with running(settings):
        form = (await start_form(sandbox)).fill(**FACTS)
        sandbox.faults.delay("chat.postMessage", 1)
        assert (await form.submit()).closed
        assert sandbox.calls_of("chat.postMessage") == []
    assert "PM-1" in sandbox.person("ana").messages(CHANNEL)[-1].words()
    async with running(settings) as again:
        assert await again.courier.send_due() == 0
    assert len(sandbox.calls_of("chat.postMessage")) == 1
    assert len(sandbox.calls_of("pins.add")) == 1


async def test_sigterm_finishes_what_is_in_hand_and_exits_with_0(
    sandbox: Sandbox, database: Path, tmp_path: Path
) -> None:
    async with serving(tmp_path, settings_of(sandbox, database)) as process:
        form = (await start_form(sandbox)).fill(**FACTS)
        sandbox.faults.delay("chat.postMessage", 0.2)
        await form.submit()
        process.terminate()
        await process.communicate()
    assert process.returncode == 0
    assert "PM-1" in sandbox.person("ana").messages(CHANNEL)[-1].words()


@pytest.mark.parametrize("level", ["INFO", "DEBUG"])
async def test_logs_are_json_lines_with_a_request_id_and_no_secret(
    sandbox: Sandbox, database: Path, tmp_path: Path, level: str
) -> None:
    environment = settings_of(sandbox, database) | {"LOG_LEVEL": level}
    async with serving(tmp_path, environment) as process:
        await (await start_form(sandbox)).fill(**FACTS).submit()
        process.terminate()
        _, written = await process.communicate()
    lines = [json.loads(line) for line in written.decode().splitlines()]
    (started,) = (line for line in lines if line["event"] == "postmortem_started")
    assert len(started["request_id"]) == 12
    assert (started["user"], started["asked"]) == ("U0ANA000000", "start_postmortem")
    assert all({"event", "level", "timestamp"} <= line.keys() for line in lines)
    for secret in (sandbox.bot_token, sandbox.app_token, sandbox.signing_secret, "ticket="):
        assert secret not in written.decode()
