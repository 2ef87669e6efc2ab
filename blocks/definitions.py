"""*How is this counted*: what each number means, in plain words (rules 22 and 23)."""

from collections.abc import Mapping

from blocks.parts import Block, View, button, modal, section
from domain.measures import AGES, FEW, MOVES_MOST, SIX_MONTHS

#: Opens the window with the definitions, from wherever numbers stand.
HOW_COUNTED = "how_counted"
TITLE = "How is this counted?"

_DEFINITIONS: Mapping[str, str] = {
    "Incidents": (
        "Every postmortem is one, by when the incident started. Those of private channels "
        "count in every number and are named in no list. A meta-review is no incident, but "
        "its action items count like all others."
    ),
    "Repeat rate": (
        "Of the incidents of the period that have a causal class, those that share one with "
        "any earlier incident: of any service, and however long ago. Untagged incidents have "
        "no class, so nobody can say of them; they are counted beside it. Where one class is "
        "looked at, only that class counts."
    ),
    "Recurrence": (
        "Of all tagged incidents that are older than six months, whatever period is chosen, those"
        " with a class that came up again within six months, in an incident of any service. Six "
        f"months are {SIX_MONTHS.days} days. Untagged incidents of that age are counted beside it."
    ),
    "Completion": (
        "Of the action items whose *first* due date lies in the period, those that were "
        "implemented by that date: moving the date changes nothing. Items that were "
        "implemented later, cancelled, accepted as a risk, promoted to a project or are still"
        " open count as not completed, and are told one by one. What is due today is not late"
        " yet, so it is not among them."
    ),
    "Time to detect, time to recover": (
        "From the start of an incident to its detection, and to its recovery, as its "
        "postmortem says. The median is the middle one: half took longer. The mean is pulled "
        "up by the worst. Incidents that do not say are left out, and counted beside it. A "
        f"trend compares the median with that of the period before, where both are of {FEW} "
        "incidents or more."
    ),
    "Severity mix": (
        "The incidents of each month by their severity. The first and the last month may lie "
        "in the period only in part."
    ),
    "Open action items": (
        f"By how long ago they were written, with {AGES[0]}, {AGES[1]} and {AGES[2]} days as "
        f"bounds, and by how often their date was moved: never, once, twice, or {MOVES_MOST} "
        "times and more. They are those that are open now, of any incident."
    ),
    "Decisions": (
        "What was decided about action items in the period, each time it was: an item that "
        "was moved twice counts twice."
    ),
    "Told apart": (
        "An incident with two classes counts in both, so the classes add up to more than "
        "there are. A part of which there was no incident in the period is not listed."
    ),
    "Few": (
        f"Of fewer than {FEW} there is no percentage: a single incident would move it too far."
        " Then only the counts are told, and a chart has no bar."
    ),
    "Quarters": (
        "The running one counts until now. Days are those of where the monthly review is held."
    ),
}


def definitions_window() -> View:
    """The window with all of them."""
    blocks = [section(f"*{name}*\n{words}") for name, words in _DEFINITIONS.items()]
    return modal(TITLE, blocks, close="Close")


def how_counted_button() -> Block:
    """The button that opens it."""
    return button("How is this counted?", HOW_COUNTED, HOW_COUNTED)
