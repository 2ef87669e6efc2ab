"""What a workspace sets for its programme, and who may: the lead, once there is one."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from domain.errors import RuleBroken
from domain.programme import Programme

#: Nobody plans further ahead (rule 2: a date more than a year away is a wish).
DAYS_MAX = 366
#: So many take turns at most: each is looked up when they are named.
FACILITATORS_MAX = 30
_EMOJI = re.compile(r":?([\w+'-]{1,100}?):?(?::skin-tone-[2-6]:)?")


@dataclass(frozen=True, kw_only=True)
class Settings:
    """The programme's numbers and channels, and who takes turns at chairing."""

    programme: Programme
    facilitators: tuple[str, ...] = ()


def check_may_change(person: str, lead: str, name: str, *, lead_has_left: bool) -> None:
    """Refuse everybody but the programme lead, who is called `name`, while there is one."""
    if lead and person != lead and not lead_has_left:
        raise RuleBroken(
            "lead", f"{name} leads the programme and alone changes its settings. Ask {name}."
        )


def read_days(field: str, text: str) -> int:
    """Read a number of days; RuleBroken on the field for anything else."""
    if not re.fullmatch(r"[0-9]{1,9}", text.strip()) or not 1 <= int(text) <= DAYS_MAX:
        raise RuleBroken(field, f"Write a whole number of days from 1 to {DAYS_MAX}, like 30.")
    return int(text)


def read_reaction(text: str) -> str:
    """Read the name of an emoji, with or without its colons; RuleBroken for anything else."""
    found = _EMOJI.fullmatch(text.strip().lower())
    if found is None:
        raise RuleBroken(
            "reaction", "Write the emoji's name as Slack shows it between colons, like stopwatch."
        )
    return found[1]


def check_facilitators(people: Sequence[str]) -> None:
    """Refuse more facilitators than can take turns."""
    if len(people) > FACILITATORS_MAX:
        raise RuleBroken(
            "facilitators", f"Choose at most {FACILITATORS_MAX} people: turns would never come."
        )
