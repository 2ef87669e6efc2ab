"""What a decision must say: why, since when, where to look; each refused on its field."""

import re
from datetime import date

from domain.accepted_risks import FURTHEST_UNTIL
from domain.action_items import DONE_WHEN_MAX, FURTHEST_DUE, LINK_MAX, WHAT_MAX
from domain.errors import RuleBroken
from domain.postmortems import check_length

#: Fewer make no word: "." and "-" are no reason.
FEWEST_LETTERS = 3
#: From here on a sign is a syllable or a word.
_FIRST_IDEOGRAPH = "\u2e80"
_ADDRESS = re.compile(r"https?://[^\s<>|]+")


def check_words(words: str, otherwise: str) -> str:
    """Return the words; where there are none, refuse with the sentence that asks for them."""
    if not any(map(str.isalnum, words)):
        raise RuleBroken("words", otherwise)
    return words


def check_reason(reason: str, otherwise: str) -> None:
    """Refuse a reason that is none: nothing at all, or too few letters to be a word."""
    if not reason.strip():
        raise RuleBroken("words", otherwise)
    if _letters(reason) < FEWEST_LETTERS:
        raise RuleBroken("words", "Say why in words: whoever reads it later has nothing else.")


def _letters(text: str) -> int:
    """How many letters a text has; of scripts in which one is a word, each counts as several."""
    return sum(FEWEST_LETTERS if each >= _FIRST_IDEOGRAPH else 1 for each in text if each.isalpha())


def check_link(link: str) -> None:
    """Refuse what is no address that somebody could follow; none at all is none."""
    check_length("link", link, LINK_MAX)
    if link and not _ADDRESS.fullmatch(link):
        raise RuleBroken("link", "Paste one whole address, beginning with https://.")


def check_wording(what: str, done_when: str) -> None:
    """Refuse an item that says nothing, or that nobody could check (rule 2)."""
    check_length("what", what, WHAT_MAX)
    check_length("done_when", done_when, DONE_WHEN_MAX)
    if not what.strip():
        raise RuleBroken("what", "Say what will be different, starting with a verb.")
    if not done_when.strip():
        raise RuleBroken("done_when", "Say how a stranger could check that it is done.")


def check_due(day: date | None, today: date) -> date:
    """Return the day an item is due from now on, if somebody can plan for it."""
    if day is None:
        raise RuleBroken("day", "Choose the new day it is due.")
    if day < today:
        raise RuleBroken("day", "This date has passed. Choose today or a later day.")
    if day > today + FURTHEST_DUE:
        raise RuleBroken(
            "day", "More than a year away is a wish. Choose an earlier day, or accept the risk."
        )
    return day


def check_until(day: date | None, today: date) -> date:
    """Return the day until when a risk is accepted, if it is one to look at it again (rule 3)."""
    if day is None or not today < day <= today + FURTHEST_UNTIL:
        raise RuleBroken(
            "day", "Choose a day after today and within a year: then it is looked at again."
        )
    return day
