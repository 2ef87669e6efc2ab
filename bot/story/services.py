"""The company's services: whose team hears of each, and how much of its error budget is spent."""

from dataclasses import replace
from datetime import timedelta

from bot.story.pen import Pen
from domain.budgets import Source
from domain.services import Told
from handlers import budgets
from storage import services, workspaces

#: The channel of the team that answers for each; nobody has taken reporting on.
TEAMS = {
    "checkout": "team-shop",
    "payments": "team-shop",
    "identity": "team-identity",
    "search": "team-discovery",
    "catalogue": "team-discovery",
}
#: What whoever watches the budgets told last, in percent, and how long ago: one of them burns.
SPENT = {"checkout": 86.5, "payments": 61, "identity": 38, "search": 12, "catalogue": 47}
TOLD_AGO = timedelta(days=4)


class Services(Pen):
    """Keeps what is known of services beside their incidents."""

    async def set_up(self) -> None:
        """Give every service the channel of its team."""
        team = self.workspace.team_id
        async with self.sessions.begin() as session:
            await workspaces.ensure(session, team)
            for name, channel in TEAMS.items():
                taken = await services.taken(session, team, name)
                given = replace(taken, channel=self.workspace.channel(channel).id)
                await services.change(session, given)

    async def spend(self) -> None:
        """Let it be told how much of each budget is spent; the app does what follows from that."""
        team, now = self.workspace.team_id, self.workspace.clock.now()
        async with self.sessions.begin() as session:
            for name, burned in SPENT.items():
                taken = await services.taken(session, team, name)
                said = Told(burned=burned, source=Source.API, at=now)
                await budgets.keep(session, team, taken, said)
