"""An action item with what a list outside the app tells of it."""

from dataclasses import dataclass

from domain.action_items import ActionItem


@dataclass(frozen=True, kw_only=True)
class ItemRow:
    """One action item, its postmortem, and its owner's name where it is known."""

    item: ActionItem
    number: int
    title: str
    service: str
    owner_name: str = ""

    @property
    def key(self) -> str:
        """How people name it."""
        return f"PM-{self.number}/{self.item.position}"
