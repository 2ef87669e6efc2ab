"""What both, writing a postmortem and going on with its items, need to know."""

from dataclasses import dataclass

from domain.people import Person
from handlers.sections import Made
from sandbox.workspace import Workspace
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
