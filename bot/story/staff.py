"""Who is there: the company's people and bots, as the workspace and the app know them."""

from datetime import datetime, timedelta

from domain.people import Person
from domain.programme import Programme
from handlers.comings import take_over
from sandbox.posting import deactivate
from sandbox.seed import people as everybody
from sandbox.workspace import Workspace
from storage import meetings, people, reviews, workspaces
from storage.engine import Sessions

COMPANY = "Lumen & Loom"
ALERTS, DEPLOYMENTS, LEAD = "pager", "ship", "lena"
#: Where postmortems of tier 1 and of tier 2 are announced.
ORGANISATION, ENGINEERING = "postmortems", "engineering"
#: Where the monthly review is held, and by which clock.
REVIEWS_IN, REVIEW_ZONE = "reliability", "Europe/Berlin"
#: Those who take turns at chairing.
CHAIRS = ("freya", "lena", "priya", "jun")
#: Who left the company, and when.
LEFT = "otto"
LEFT_AGO = timedelta(weeks=10)


def staff(workspace: Workspace) -> None:
    """Let everybody be there, and nothing else."""
    workspace.name = COMPANY
    everybody(workspace)
    workspace.add_bot(DEPLOYMENTS, "Ship")


async def introduce(workspace: Workspace, sessions: Sessions) -> None:
    """Let the app know everybody, as it would have met them over the months."""
    met = [
        Person(
            id=each.id,
            name=each.real_name,
            zone=each.tz,
            is_bot=each.is_bot,
            is_deactivated=each.deleted,
        )
        for each in workspace.people.values()
    ]
    async with sessions.begin() as session:
        await people.remember(session, workspace.team_id, met, workspace.clock.now())


async def set_up(workspace: Workspace, sessions: Sessions, reviews_since: datetime) -> None:
    """Let the programme have its lead, its channels, and those who take turns at chairing.

    The app calls the monthly review by itself only from `reviews_since` on.
    """
    programme = Programme(
        organisation_channel=workspace.channel(ORGANISATION).id,
        engineering_channel=workspace.channel(ENGINEERING).id,
        lead=workspace.person(LEAD).id,
        review_channel=workspace.channel(REVIEWS_IN).id,
        review_zone=REVIEW_ZONE,
    )
    chairs = [workspace.person(each).id for each in CHAIRS]
    async with sessions.begin() as session:
        await workspaces.change_programme(session, workspace.team_id, programme)
        await meetings.name_facilitators(session, workspace.team_id, chairs)
        await reviews.begin_cadence(session, workspace.team_id, reviews_since)


async def say_goodbye(workspace: Workspace, sessions: Sessions) -> None:
    """Let the one who left leave; the app knows at once, and not only when it is told."""
    account = workspace.person(LEFT)
    deactivate(workspace, account.id)
    left = Person(id=account.id, name=account.real_name, zone=account.tz, is_deactivated=True)
    async with sessions.begin() as session:
        await take_over(session, workspace.team_id, left, workspace.clock.now())
