"""`closedloop doctor` and the trackers: what keeps tickets from being made is told in sentences."""

import shutil
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from bot.findings import State
from domain.tickets import Place, TrackerKind
from storage import ticket_places, workspaces
from tests.bot.clinic import NOW, Clinic, clinic_at
from tests.scenarios.reviewing import TEAM
from tests.trackers.github_standin import GitHubStandIn

SHOP = Place(kind=TrackerKind.GITHUB, project="acme/shop")


@pytest.fixture
async def clinic(sqlite_template: Path, tmp_path: Path) -> AsyncIterator[Clinic]:
    """A workspace and a migrated database."""
    copy = tmp_path / "closedloop.sqlite3"
    shutil.copyfile(sqlite_template, copy)
    async with clinic_at(f"sqlite:///{copy}") as clinic:
        yield clinic


@pytest.fixture
async def github() -> AsyncIterator[GitHubStandIn]:
    """A GitHub on the loopback."""
    async with GitHubStandIn(lambda: NOW) as github:
        yield github


async def place(clinic: Clinic, place: Place = SHOP, trouble: str = "") -> None:
    """Say where tickets are made."""
    async with clinic.stored() as session:
        kept = await ticket_places.keep(session, TEAM, place, NOW)
        await ticket_places.tell_trouble(session, kept.id or 0, trouble, NOW)


def asked(github: GitHubStandIn, **more: Any) -> dict[str, Any]:
    """The settings that point at it."""
    return {"github_url": github.url, "github_token": github.token, **more}


async def test_a_place_where_tickets_can_be_made_is_well(
    clinic: Clinic, github: GitHubStandIn
) -> None:
    await place(clinic)
    found = await clinic.looked(**asked(github, github_webhook_secret="s"))
    assert found["GitHub acme/shop"].state is State.OK
    assert found["GitHub webhooks"].state is State.OK
    assert github.tickets() == []


async def test_without_webhooks_it_says_what_that_means_and_how_they_are_set_up(
    clinic: Clinic, github: GitHubStandIn
) -> None:
    await place(clinic)
    found = await clinic.looked(**asked(github))
    assert found["GitHub webhooks"].state is State.NOTE
    assert "Set GITHUB_WEBHOOK_SECRET" in found["GitHub webhooks"].says
    assert "/api/trackers/github" in found["GitHub webhooks"].says


async def test_a_place_that_is_not_there_is_wrong(clinic: Clinic, github: GitHubStandIn) -> None:
    await place(clinic, Place(kind=TrackerKind.GITHUB, project="acme/nowhere"))
    found = await clinic.wrong(**asked(github))
    assert "acme/nowhere" in found["GitHub acme/nowhere"]


async def test_a_token_that_the_tracker_refuses_is_wrong(
    clinic: Clinic, github: GitHubStandIn
) -> None:
    await place(clinic)
    found = await clinic.wrong(**asked(github, github_token="another"))
    assert "GITHUB_TOKEN" in found["GitHub acme/shop"]


async def test_a_tracker_that_does_not_answer_is_wrong(clinic: Clinic) -> None:
    await place(clinic)
    url = "http://127.0.0.1:9/api/v3/"
    found = await clinic.wrong(github_url=url, github_token="t")
    assert found == {"GitHub acme/shop": "GitHub did not answer."}


@pytest.mark.parametrize("kind", list(TrackerKind))
async def test_a_place_in_a_tracker_that_is_not_set_up_is_wrong(
    clinic: Clinic, kind: TrackerKind
) -> None:
    await place(clinic, Place(kind=kind, project="SHOP"))
    found = await clinic.wrong()
    assert "whoever runs Closed Loop sets" in found[f"{kind.called} SHOP"]


async def test_a_tracker_where_nobody_has_tickets_is_noted(
    clinic: Clinic, github: GitHubStandIn
) -> None:
    found = await clinic.looked(**asked(github))
    assert found["GitHub"].state is State.NOTE
    assert "It knows us as “closed-loop”." in found["GitHub"].says
    assert "/postmortem settings trackers" in found["GitHub"].says


async def test_a_wrong_token_is_found_before_anybody_has_tickets_there(
    clinic: Clinic, github: GitHubStandIn
) -> None:
    found = await clinic.wrong(**asked(github, github_token="another"))
    assert "GITHUB_TOKEN" in found["GitHub"]


async def test_a_tracker_that_is_silent_is_found_before_anybody_has_tickets_there(
    clinic: Clinic,
) -> None:
    found = await clinic.wrong(github_url="http://127.0.0.1:9/api/v3/", github_token="t")
    assert found == {"GitHub": "GitHub did not answer."}


async def test_trouble_that_a_check_does_not_find_is_told_too(
    clinic: Clinic, github: GitHubStandIn
) -> None:
    await place(clinic, trouble="GitHub wants a title.")
    found = await clinic.wrong(**asked(github))
    assert found == {"GitHub acme/shop": "Since 2026-11-24 09:30 UTC: GitHub wants a title."}


NO_SLACK = {"slack_api_url": "http://127.0.0.1:9/"}


async def test_without_slack_the_places_in_the_database_are_tried(
    clinic: Clinic, github: GitHubStandIn
) -> None:
    await place(clinic)
    found = await clinic.looked(**asked(github, **NO_SLACK))
    assert found["GitHub acme/shop"].state is State.OK
    wrong = await clinic.wrong(**asked(github, github_token="another", **NO_SLACK))
    assert "GITHUB_TOKEN" in wrong["GitHub acme/shop"]


async def test_where_nothing_tells_which_workspace_is_meant_it_says_when_it_is_tried(
    clinic: Clinic, github: GitHubStandIn
) -> None:
    await place(clinic)
    async with clinic.stored() as session:
        await workspaces.ensure(session, "T2")
    found = await clinic.looked(**asked(github, **NO_SLACK))
    assert found["GitHub"].state is State.NOTE
    assert "It knows us as “closed-loop”." in found["GitHub"].says
    assert "is tried when the database answers" in found["GitHub"].says


@pytest.mark.parametrize("more", [{}, NO_SLACK])
async def test_without_the_database_it_says_when_it_is_tried(
    clinic: Clinic, github: GitHubStandIn, more: dict[str, str]
) -> None:
    nowhere = "postgresql://closedloop:secret@127.0.0.1:9/closedloop"
    found = await clinic.looked(**asked(github, database_url=nowhere, **more))
    assert "is tried when the database answers" in found["GitHub"].says
    assert "Jira" not in found


async def test_before_anything_is_kept_no_service_has_tickets_anywhere(
    clinic: Clinic, github: GitHubStandIn, tmp_path: Path
) -> None:
    url = f"sqlite:///{tmp_path / 'new.sqlite3'}"
    for more in ({}, NO_SLACK):
        found = await clinic.looked(**asked(github, database_url=url, **more))
        assert "/postmortem settings trackers" in found["GitHub"].says


async def test_without_any_tracker_one_note_says_how_one_is_set_up(clinic: Clinic) -> None:
    for more in ({}, NO_SLACK):
        found = await clinic.looked(**more)
        assert found["Trackers"].state is State.NOTE
        assert "docs/trackers.md" in found["Trackers"].says
        assert not {kind.called for kind in TrackerKind} & found.keys()
