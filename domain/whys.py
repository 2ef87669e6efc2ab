"""Five whys that do not stop at a person (rule 6)."""

from collections.abc import Sequence

from domain.errors import RuleBroken
from domain.postmortems import check_length
from domain.words import names_a_person

#: How many a full postmortem asks for (rule 5), and how many a form has room for.
WHYS_ASKED = 5
WHYS_MAX = 7
#: Seven of these and their line ends fit into one passage of 3,000 characters.
WHY_MAX = 400
_QUOTE_MAX = 60


def read_whys(text: str) -> list[str]:
    """Read one *why* a line; what goes past the seventh is told with it."""
    whys = [" ".join(line.split()) for line in text.splitlines() if line.strip()]
    last = WHYS_MAX - 1
    return whys if len(whys) <= WHYS_MAX else [*whys[:last], " ".join(whys[last:])]


def write_whys(whys: Sequence[str]) -> str:
    """Write the whys as `read_whys` reads them; empty ones are left out."""
    return "\n".join(" ".join(why.split()) for why in whys if why.strip())


def check_whys(whys: Sequence[str]) -> None:
    """Refuse a *why* that is too long to be one; RuleBroken on `why_<its place>`."""
    for place, why in enumerate(whys, start=1):
        check_length(f"why_{place}", why, WHY_MAX)


def goes_past_a_person(whys: Sequence[str]) -> bool:
    """Whether there is a last *why*, and it names neither a person nor a mistake."""
    written = [why for why in whys if why.strip()]
    return bool(written) and not names_a_person(written[-1])


def check_past_a_person(
    whys: Sequence[str], kept: Sequence[str] = (), names: Sequence[str] = ()
) -> None:
    """Ask for the next *why* where the last one stops at a person; RuleBroken on its field.

    `names` are what the responders are called.

    One that its author kept already is not asked about again, and after the seventh nothing is:
    a person can always be right about people.
    """
    places = [place for place, why in enumerate(whys, start=1) if why.strip()]
    if not places or places[-1] == WHYS_MAX:
        return
    last = whys[places[-1] - 1].strip()
    if last not in kept and names_a_person(last, names=names):
        raise RuleBroken(f"why_{places[-1] + 1}", _question(last))


def _question(why: str) -> str:
    quote = why if len(why) <= _QUOTE_MAX else f"{why[: _QUOTE_MAX - 1].rstrip()}…"
    return f"“{quote}” names a person or a mistake. Ask once more: what let that through?"
