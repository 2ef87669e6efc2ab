"""The causal classes that the company added as it went, by the lead of its programme."""

from collections.abc import Sequence

from bot.story.pen import Pen
from bot.story.staff import LEAD
from domain.taxonomy import check_new, named, read_name
from storage import causal_classes, taxonomy, workspaces


class Taxonomy(Pen):
    """Keeps the company's causal classes."""

    async def name(self, classes: Sequence[str]) -> None:
        """Add those of these classes that the company does not have yet."""
        team, now = self.workspace.team_id, self.workspace.clock.now()
        async with self.sessions.begin() as session:
            await workspaces.ensure(session, team)
            for each in map(read_name, classes):
                known = await causal_classes.taxonomy(session, team)
                if named(each, known) is None:
                    check_new(each, known)
                    await taxonomy.add(session, team, each, by=self.id_of(LEAD), now=now)
