"""The app's Home tab on somebody's screen, to be read; `Person.press` clicks in it."""

from dataclasses import dataclass

from sandbox.modals import OpenView
from sandbox.refusals import Json
from sandbox.seeing import visible_text
from sandbox.workspace import Workspace


@dataclass(frozen=True)
class Home:
    """The Home tab of one person; it is always what was published last."""

    workspace: Workspace
    opened: OpenView

    @property
    def id(self) -> str:
        """Its view id, which stays the same whatever is published."""
        return self.opened.id

    @property
    def view(self) -> Json:
        """The view object as it stands now."""
        return self.opened.to_api(self.workspace.app, self.workspace.team_id)

    @property
    def blocks(self) -> list[Json]:
        """What it shows."""
        return self.opened.blocks

    def text(self) -> str:
        """All visible words, those on buttons included."""
        return visible_text(self.opened.blocks)
