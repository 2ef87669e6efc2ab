"""What both, writing a postmortem and going on with its items, need to know."""

from dataclasses import dataclass

from sqlmodel.ext.asyncio.session import AsyncSession

from domain.action_items import ActionItem, HistoryEntry, changes
from domain.people import Person
from handlers.sections import Made
from sandbox.workspace import Workspace
from storage import item_history
from storage.engine import Sessions


@dataclass(frozen=True)
class Pen:
    """Writes into the app's database at the time that the workspace's clock shows."""

    workspace: Workspace
    sessions: Sessions

    def id_of(self, handle: str) -> str:
        """The id of somebody, by handle."""
        return self.workspace.person(handle).id

    def person(self, handle: str) -> Person:
        """Somebody as the app knows them."""
        account = self.workspace.person(handle)
        return Person(
            id=account.id, name=account.real_name, zone=account.tz, is_deactivated=account.deleted
        )

    def made(self, handle: str) -> Made:
        """Somebody makes a change now."""
        return Made(by=self.id_of(handle), at=self.workspace.clock.now(), submission="")

    async def remember(
        self,
        session: AsyncSession,
        old: ActionItem | None,
        new: ActionItem,
        made: Made,
        event: str,
        reason: str = "",
    ) -> None:
        """Keep what was done to an item (rule 24)."""
        entry = HistoryEntry(
            item_id=new.id or 0,
            actor=made.by,
            at=made.at,
            event=event,
            changes=changes(old, new),
            reason=reason,
        )
        await item_history.append(session, self.workspace.team_id, entry)
