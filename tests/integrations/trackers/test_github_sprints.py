"""The next sprint at GitHub: a milestone, or an iteration of a project."""

from collections.abc import AsyncIterator
from dataclasses import replace

import pytest

from domain.tickets import Aspect, Change
from integrations.trackers import TrackerRefused
from tests.trackers.github_stage import SHOP, Stage, staged

MILESTONES = replace(SHOP, board="milestones")
PROJECT = replace(SHOP, board="project 7")


@pytest.fixture
async def stage() -> AsyncIterator[Stage]:
    """A GitHub with the adapter in front of it; its milestones are due in 10 and 24 days."""
    async with staged() as stage:
        yield stage


async def test_the_milestone_that_is_due_next_is_the_next_sprint(stage: Stage) -> None:
    ref = await stage.made()
    assert await stage.github.plan(MILESTONES, ref) == "Release 12"
    assert stage.looked(ref).sprint == "Release 12"


async def test_a_milestone_that_is_due_today_is_not_next(stage: Stage) -> None:
    stage.clock.later(days=10)
    assert await stage.github.plan(MILESTONES, await stage.made()) == "Release 13"


async def test_an_issue_stays_in_the_milestone_that_it_is_in(stage: Stage) -> None:
    ref = await stage.made()
    await stage.github.plan(MILESTONES, ref)
    stage.clock.later(days=9)
    stage.repository().milestones[1].due_on = stage.clock()
    assert await stage.github.plan(MILESTONES, ref) == "Release 12"
    stage.clock.later(days=1)
    assert await stage.github.plan(MILESTONES, ref) == "Release 13"


async def test_without_a_milestone_to_come_it_says_what_to_do(stage: Stage) -> None:
    ref = await stage.made()
    stage.clock.later(days=30)
    with pytest.raises(TrackerRefused, match="no open milestone that is due after today"):
        await stage.github.plan(MILESTONES, ref)


async def test_the_iteration_that_begins_next_is_the_next_sprint(stage: Stage) -> None:
    ref = await stage.made()
    assert await stage.github.plan(PROJECT, ref) == "Sprint 2"
    assert stage.looked(ref).sprint == "Sprint 2"


async def test_an_issue_stays_in_an_iteration_that_runs(stage: Stage) -> None:
    ref = await stage.made()
    await stage.github.plan(PROJECT, ref)
    stage.clock.later(days=14)
    assert await stage.github.plan(PROJECT, ref) == "Sprint 2"
    stage.clock.later(days=14)
    assert await stage.github.plan(PROJECT, ref) == "Sprint 4"


async def test_a_project_that_plans_nothing_says_so(stage: Stage) -> None:
    ref = await stage.made()
    next(iter(stage.stand_in.tracker.backlog.projects.values())).ahead = 0
    with pytest.raises(TrackerRefused, match="Project 7 of acme has no iteration that is still"):
        await stage.github.plan(PROJECT, ref)


async def test_a_project_that_is_not_there_says_so(stage: Stage) -> None:
    ref = await stage.made()
    with pytest.raises(TrackerRefused, match="no project 8 of acme, or our token may not see it"):
        await stage.github.plan(replace(SHOP, board="project 8"), ref)


async def test_another_board_says_what_can_be_written(stage: Stage) -> None:
    ref = await stage.made()
    with pytest.raises(TrackerRefused, match="“12” is no board of GitHub"):
        await stage.github.plan(replace(SHOP, board="12"), ref)


async def test_who_assigned_it_last_is_told(stage: Stage) -> None:
    ref = await stage.made()
    await stage.stand_in.assign(ref, "ben", "cleo")
    at = stage.clock()
    stage.clock.later(hours=1)
    await stage.stand_in.close(ref, "dan")
    found = await stage.github.changed(SHOP, ref, Aspect.OWNER)
    assert found == Change(at=at, name="cleo", account="cleo")
    found = await stage.github.changed(SHOP, ref, Aspect.STATE)
    assert found == Change(at=stage.clock(), name="dan", account="dan")


async def test_of_a_due_date_nothing_is_told(stage: Stage) -> None:
    ref = await stage.made()
    await stage.stand_in.set_due(ref, None, "ben")
    assert await stage.github.changed(SHOP, ref, Aspect.DUE) is None
    assert await stage.github.changed(SHOP, ref, Aspect.STATE) is None


def project(**more: object) -> dict[str, object]:
    """What GitHub answers about a project."""
    nodes = [{"id": "F", "name": "Sprint", "configuration": {"iterations": []}}]
    usual = {"id": "P", "closed": False, "viewerCanUpdate": True, "fields": {"nodes": nodes}}
    return {"data": {"repositoryOwner": {"projectV2": usual | more}}}


@pytest.mark.parametrize(
    ("answers", "words"),
    [
        ([project(closed=True)], "Project 7 of acme is closed on GitHub. Reopen it"),
        ([project(fields={"nodes": [{}, None]})], "has no field of iterations. Add one"),
        ([project(), {"data": {"addProjectV2ItemById": None}}], "We may not change project 7"),
    ],
)
async def test_a_project_that_takes_nothing_says_why(
    stage: Stage, answers: list[object], words: str
) -> None:
    ref = await stage.made()
    for answer in answers:
        stage.stand_in.fail_next(200, body=answer, on="plan")
    with pytest.raises(TrackerRefused, match=words):
        await stage.github.plan(PROJECT, ref)


async def test_a_milestone_that_is_dropped_in_silence_is_told(stage: Stage) -> None:
    ref, tracker = await stage.made(), stage.stand_in.tracker
    unchanged = tracker.shapes.issue(tracker.hands.issue(ref))
    stage.stand_in.fail_next(200, body=unchanged, on="update")
    with pytest.raises(TrackerRefused, match="lets us set no milestone in acme/shop"):
        await stage.github.plan(MILESTONES, ref)
