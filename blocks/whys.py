"""The root cause as a card and an agenda show it: the whys that led to it, then what they found."""

from collections.abc import Sequence

from blocks.card_sections import edit_button
from blocks.parts import Block, section
from blocks.room import ROOMY, Room
from blocks.root_causes import OPEN_ROOT_CAUSE, root_cause_title
from blocks.text import one_line, quoted, shown
from domain.postmortems import Postmortem, Tier
from domain.whys import WHYS_ASKED


def root_cause_section(
    postmortem: Postmortem, whys: Sequence[str] = (), room: Room = ROOMY
) -> Block:
    """The root cause, or the paragraph that a tier 3 postmortem is, and where the whys went."""
    cause, tier = postmortem.root_cause, postmortem.facts.tier
    title = root_cause_title(tier)
    name = f"the {title.lower()} section" if title != "Root cause" else "the root cause"
    empty = not (cause or whys)
    accessory = edit_button(postmortem, OPEN_ROOT_CAUSE, name, empty=empty)
    said = quoted(cause, room.prose) or _no_paragraph(len(whys), tier)
    return section("\n".join([f"*{title}*", said, *_first_and_last(whys, room.line)]), accessory)


def _no_paragraph(whys: int, tier: Tier) -> str:
    if not whys:
        return "_Nothing yet. A short paragraph will do._"
    asked = f" of {WHYS_ASKED}" if tier is Tier.FULL and whys <= WHYS_ASKED else ""
    some = "why" if whys == 1 and not asked else "whys"
    return f"_{whys}{asked} {some} written, the paragraph is still missing._"


def _first_and_last(whys: Sequence[str], most: int) -> list[str]:
    """Where the whys began and where they ended; those between them are under Edit."""
    if not whys:
        return []
    first, *later = (shown(one_line(why), most) for why in whys)
    between = ["…"] if len(later) > 1 else []
    return [f"_Whys:_ {' → '.join([first, *between, *later[-1:]])}"]


def last_why(whys: Sequence[str], most: int) -> list[str]:
    """The line of an agenda that says how far the whys went."""
    return [f"     _Last why:_ {shown(one_line(whys[-1]), most)}"] if whys else []
