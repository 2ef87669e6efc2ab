"""The sections of the own layout, each by its name."""

from domain.passages import Passage

IMPACT = "Impact"
TIMELINE = "Timeline"
FACTORS = "Contributing factors"
ROOT_CAUSE = "Root cause"
WHYS = "Five whys"
ITEMS = "Action items"
RISKS = "Accepted risks"
INHERITED = "Inherited lines"
CLOSING = "Closing questions"
NOTES = "Notes"

#: Sections that hold one passage in prose.
IN_PROSE = {
    "What went well": Passage.WENT_WELL,
    "What went wrong": Passage.WENT_WRONG,
    "Lessons": Passage.LESSONS,
}

ALL = {
    *(IMPACT, TIMELINE, FACTORS, ROOT_CAUSE, WHYS, *IN_PROSE),
    *(ITEMS, RISKS, INHERITED, CLOSING, NOTES),
}
