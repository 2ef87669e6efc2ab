"""What keeps tickets from being made in a team of Linear, and how each is mended."""

from collections.abc import Callable
from typing import ParamSpec

from domain.tickets import Place, TicketState
from integrations.trackers import TrackerRefused
from integrations.trackers.linear.reading import Said, label_ids, labels_of, status_for, team_of

P = ParamSpec("P")
#: What a place's board may be: a team has cycles or none.
CYCLES = "cycles"


def no_next_cycle(team: Said) -> str:
    """Why there is no next cycle, and what to do."""
    if not team["cyclesEnabled"]:
        return (
            f"Linear's team {team['key']} has no cycles. Switch them on in Linear, in the team's "
            "settings under Cycles, or leave the board empty in /postmortem settings trackers."
        )
    return (
        f"Linear's team {team['key']} has no cycle that begins after today. Let Linear make "
        "upcoming cycles, in the team's settings under Cycles."
    )


def troubles(place: Place, answer: Said) -> list[str]:
    """One sentence for each trouble; none where tickets can be made."""
    try:
        team = team_of(place, answer)
    except TrackerRefused as refused:
        return [str(refused)]
    said = [_refusal(status_for, team, state) for state in TicketState]
    said.append(_refusal(label_ids, labels_of(place), team, answer))
    said.append(_of_board(place, team))
    return [sentence for sentence in said if sentence]


def _refusal(tried: Callable[P, object], *args: P.args, **kwargs: P.kwargs) -> str:
    try:
        tried(*args, **kwargs)
    except TrackerRefused as refused:
        return str(refused)
    return ""


def _of_board(place: Place, team: Said) -> str:
    if not place.board:
        return ""
    if place.board.casefold() != CYCLES:
        return (
            f"“{place.board}” is no board of Linear. Write cycles, for the next cycle of the team, "
            "or leave it empty, in /postmortem settings trackers."
        )
    return "" if team["cycles"]["nodes"] else no_next_cycle(team)
