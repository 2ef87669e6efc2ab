"""Who somebody is, as far as the programme's rules care (rules 2, 8, 16)."""

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from domain.errors import RuleBroken


@dataclass(frozen=True, kw_only=True)
class Person:
    """A member of a workspace, as Slack described them last."""

    id: str
    name: str
    zone: str = "UTC"
    is_bot: bool = False
    is_deactivated: bool = False
    is_outsider: bool = False

    @property
    def tzinfo(self) -> ZoneInfo:
        """Their time zone; UTC where Slack names one this machine does not know."""
        try:
            return ZoneInfo(self.zone)
        except (ZoneInfoNotFoundError, ValueError, OSError):
            return ZoneInfo("UTC")

    def today(self, now: datetime) -> date:
        """Return the date where they are."""
        return now.astimezone(self.tzinfo).date()


def accountable(person: Person | None, field: str = "owner") -> Person:
    """Return the person if they can answer for something (rule 2): active, human, from here.

    Raises RuleBroken on `field` otherwise. None stands for an id that is nobody's: a team, a typo.
    """
    if person is None:
        raise RuleBroken(field, "Choose one person of this workspace: a team cannot own it.")
    if person.is_bot:
        raise RuleBroken(field, f"{person.name} is an app. Choose the person who will see to it.")
    if person.is_deactivated:
        raise RuleBroken(
            field, f"{person.name} has left the workspace. Choose someone who is here."
        )
    if person.is_outsider:
        raise RuleBroken(
            field, f"{person.name} belongs to another workspace. Choose someone of this one."
        )
    return person
