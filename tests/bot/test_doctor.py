"""`closedloop doctor`: what is wrong is named with how it is mended, and nothing is changed."""

import json
import shutil
import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from bot.findings import State, ok
from domain.services import Service
from storage import deliveries, services
from tests.bot.clinic import NOW, Clinic, clinic_at
from tests.bot.conftest import settings_of
from tests.bot.test_cli import ran
from tests.scenarios.reviewing import TEAM


@pytest.fixture
async def clinic(sqlite_template: Path, tmp_path: Path) -> AsyncIterator[Clinic]:
    """A workspace and a migrated database."""
    copy = tmp_path / "closedloop.sqlite3"
    shutil.copyfile(sqlite_template, copy)
    async with clinic_at(f"sqlite:///{copy}") as clinic:
        yield clinic


async def test_a_new_workspace_is_well_and_hears_what_can_be_set_up(clinic: Clinic) -> None:
    found = await clinic.looked()
    states = {each: {about for about, one in found.items() if one.state is each} for each in State}
    assert states[State.WRONG] == set()
    slack = {"Slack token", "Slack scopes", "Slack app token"}
    assert states[State.OK] == slack | {"Database", "Tables", "Messages"}
    channels = {f"Channel of {each}" for each in ("reviews", "the organisation", "engineering")}
    assert states[State.NOTE] == channels | {"Lead", "Trackers", "Prometheus"}
    assert "docs/trackers.md" in found["Trackers"].says


async def test_over_http_no_app_token_is_needed(clinic: Clinic) -> None:
    found = await clinic.looked(slack_app_token=None, slack_signing_secret="s")
    assert found["Slack app token"].state is State.NOTE


async def test_a_bot_token_that_slack_refuses_is_the_first_thing_to_mend(clinic: Clinic) -> None:
    settings = clinic.settings()
    clinic.app_with(bot_token="xoxb-another")
    found = await clinic.wrong(slack_bot_token=settings.slack_bot_token)
    assert list(found) == ["Slack token"]
    assert "SLACK_BOT_TOKEN: invalid_auth. Copy" in found["Slack token"]


async def test_an_app_token_that_slack_refuses_is_told(clinic: Clinic) -> None:
    settings = clinic.settings()
    clinic.app_with(app_token="xapp-another")
    found = await clinic.wrong(slack_app_token=settings.slack_app_token)
    assert list(found) == ["Slack app token"]
    assert "SLACK_APP_TOKEN: invalid_auth" in found["Slack app token"]


async def test_the_scopes_that_are_lacking_are_named(clinic: Clinic) -> None:
    scopes = clinic.slack.workspace.app.scopes
    clinic.app_with(scopes=tuple(each for each in scopes if each not in {"pins:write", "commands"}))
    found = await clinic.wrong()
    assert list(found) == ["Slack scopes"]
    assert "lacks commands, pins:write." in found["Slack scopes"]


async def test_a_slack_that_does_not_answer_is_told_and_the_rest_is_looked_at(
    clinic: Clinic,
) -> None:
    found = await clinic.looked(slack_api_url="http://127.0.0.1:9/")
    assert found["Slack token"].state is State.WRONG
    assert found["Tables"].state is State.OK
    assert found["Trackers"].state is State.NOTE


async def test_channels_that_the_app_is_not_in_are_named_with_what_to_do(clinic: Clinic) -> None:
    bot, general = clinic.slack.workspace.app.bot_user, "#general"
    clinic.slack.workspace.channel("#reliability").members.remove(bot)
    clinic.slack.workspace.channel("#inc-payments-webhooks").archived = True
    await clinic.set_up(
        review_channel=clinic.channel("#reliability"),
        organisation_channel=clinic.channel("#inc-payments-webhooks"),
        engineering_channel=clinic.channel("#sec-review"),
    )
    async with clinic.stored() as session:
        made = await services.taken(session, TEAM, "checkout")
        team = Service(name="checkout", channel=clinic.channel(general), id=made.id)
        await services.change(session, team)
    found = await clinic.looked()
    assert "/invite @Closed Loop" in found["Channel of reviews"].says
    assert "is archived. Choose another" in found["Channel of the organisation"].says
    assert "sees no channel" in found["Channel of engineering"].says
    assert found["Channel of checkout"] == ok("Channel of checkout", "#general")


async def test_a_lead_who_has_left_is_told(clinic: Clinic) -> None:
    lena = clinic.slack.workspace.person("lena")
    await clinic.set_up(lead=lena.id)
    assert (await clinic.looked())["Lead"].state is State.OK
    await clinic.slack.person("ana").deactivate("lena")
    assert "has left. Choose somebody else" in (await clinic.wrong())["Lead"]


async def test_a_database_that_is_not_there_is_not_made(clinic: Clinic, tmp_path: Path) -> None:
    file = tmp_path / "nowhere" / "closedloop.sqlite3"
    found = await clinic.looked(database_url=f"sqlite:///{file}")
    assert found["Database"].state is State.NOTE
    assert "closedloop serve makes it" in found["Database"].says
    assert found["Channel of reviews"].says == "Choose one in /postmortem settings reviews."
    assert not file.parent.exists()


async def test_a_folder_in_which_no_database_can_be_made_is_wrong(
    clinic: Clinic, tmp_path: Path
) -> None:
    (tmp_path / "file").touch()
    file = tmp_path / "file" / "closedloop.sqlite3"
    found = await clinic.wrong(database_url=f"sqlite:///{file}")
    assert list(found) == ["Database"]
    assert f"none can be made in {file.parent}: it is no folder" in found["Database"]


@pytest.mark.parametrize(
    ("revision", "words"), [("0001", "run closedloop migrate"), ("9999", "the newer version")]
)
async def test_tables_of_another_version_are_told_and_left_as_they_are(
    clinic: Clinic, revision: str, words: str
) -> None:
    file = clinic.url.removeprefix("sqlite:///")
    with closing(sqlite3.connect(file)) as opened, opened:
        opened.execute("UPDATE alembic_version SET version_num = ?", (revision,))
    found = await clinic.wrong()
    assert list(found) == ["Tables"]
    assert words in found["Tables"]
    with closing(sqlite3.connect(file)) as opened:
        assert opened.execute("SELECT version_num FROM alembic_version").fetchone() == (revision,)


async def test_an_empty_database_is_noted(clinic: Clinic, tmp_path: Path) -> None:
    (tmp_path / "empty.sqlite3").touch()
    found = await clinic.looked(database_url=f"sqlite:///{tmp_path / 'empty.sqlite3'}")
    assert found["Tables"].state is State.NOTE
    assert "There are none yet: closedloop serve makes them." in found["Tables"].says
    assert "Channel of reviews" in found


async def test_a_database_that_nobody_may_write_to_is_told(clinic: Clinic) -> None:
    with closing(sqlite3.connect(clinic.url.removeprefix("sqlite:///"))) as other:
        other.execute("BEGIN EXCLUSIVE")
        other.execute("UPDATE workspace SET name = 'x'")
        found = await clinic.wrong()
    assert "cannot be written to: database is locked" in found["Database"]


async def test_messages_that_wait_are_told_and_given_up_ones_are_noted(clinic: Clinic) -> None:
    async with clinic.stored() as session:
        await deliveries.enqueue(session, TEAM, "card", "1", channel="C1", due_at=NOW)
    assert "Messages" not in await clinic.wrong()
    async with clinic.stored() as session:
        early = NOW - timedelta(hours=2)
        await deliveries.enqueue(session, TEAM, "card", "2", channel="C2", due_at=early)
    found = await clinic.wrong()
    assert "the oldest for 120 minutes. Does closedloop serve run?" in found["Messages"]


async def test_a_prometheus_that_does_not_answer_is_told(clinic: Clinic) -> None:
    found = await clinic.wrong(prometheus_url="http://127.0.0.1:9/")
    assert found == {
        "Prometheus": "Prometheus cannot be reached. Is PROMETHEUS_URL right, and is it running?"
    }


async def test_looking_changes_nothing(clinic: Clinic) -> None:
    await clinic.set_up(review_channel=clinic.channel("#reliability"))
    file = Path(clinic.url.removeprefix("sqlite:///"))
    before = _content(file), len(clinic.slack.calls)
    await clinic.looked()
    assert _content(file) == before[0]
    asked = {each.method for each in clinic.slack.calls[before[1] :]}
    assert asked == {"auth.test", "apps.connections.open", "conversations.info"}


def _content(file: Path) -> list[str]:
    with closing(sqlite3.connect(file)) as opened:
        return list(opened.iterdump())


async def test_the_command_ends_with_1_when_something_is_wrong(
    clinic: Clinic, tmp_path: Path
) -> None:
    environment = settings_of(clinic.slack, Path(clinic.url.removeprefix("sqlite:///")))
    code, said, complaints = await ran(tmp_path, "-m", "bot", "doctor", **environment)
    assert (code, said.splitlines()[-1], complaints) == (0, "All is well.", [])
    environment["PROMETHEUS_URL"] = "http://127.0.0.1:9/"
    json_wanted = ("-m", "bot", "doctor", "--format", "json")
    code, said, _ = await ran(tmp_path, *json_wanted, **environment)
    assert (code, json.loads(said)["well"]) == (1, False)


async def test_the_command_ends_with_2_when_a_setting_is_wrong(tmp_path: Path) -> None:
    code, _, complaints = await ran(tmp_path, "-m", "bot", "doctor", SLACK_BOT_TOKEN="nonsense")
    assert (code, complaints[0]) == (2, "SLACK_BOT_TOKEN: a bot token begins with xoxb-")


async def test_without_any_setting_the_command_says_where_to_read_on(tmp_path: Path) -> None:
    code, _, complaints = await ran(tmp_path, "-m", "bot", "doctor")
    assert (code, complaints[0].partition(":")[0]) == (2, "SLACK_BOT_TOKEN is missing")
    assert "README.md" in complaints[-1]
    assert "docs/running.md" in complaints[-1]
