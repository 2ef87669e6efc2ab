"""One line of an old document's timeline."""

from dataclasses import dataclass

from documents.foreign.clocks import speaks_of_clocks
from documents.foreign.instants import Moment
from documents.foreign.milestones import milestone_in
from documents.foreign.placeholders import is_placeholder
from domain.timeline import Milestone


@dataclass(frozen=True, kw_only=True)
class Line:
    """One line of a timeline and the page's lines it stands in.

    One without words only says which day the lines after it are on.
    """

    moment: Moment
    text: str
    first: int
    end: int
    milestone: Milestone | None = None

    @property
    def is_day(self) -> bool:
        """Whether it names a day and nothing else."""
        return not self.text and self.moment.clock is None and self.moment.day is not None


NOWHERE = Moment()


def only_day(moment: Moment | None) -> bool:
    """Whether a heading says which day it is, and perhaps by whose clock, and no more."""
    if moment is None or moment.day is None or moment.clock is not None:
        return False
    return not moment.rest or speaks_of_clocks(moment.rest)


def told_line(
    moment: Moment, text: str, first: int, end: int, kind: Milestone | None = None
) -> Line:
    """A line with words; its milestone is `kind`, else the one its words mark it with."""
    return Line(
        moment=moment, text=text, first=first, end=end, milestone=kind or milestone_in(text)
    )


def aside(moment: Moment) -> str:
    """What was said of the time itself, to be put before what happened."""
    return f"({moment.aside}) " if moment.aside else ""


def is_template(line: Line) -> bool:
    """Whether a row is as the template left it: no moment, and no words but a placeholder."""
    return line.moment.clock is None and line.moment.day is None and is_placeholder(line.text)
