"""How much of each part a card shows: what a glance takes in, or less where Slack asks for less."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Room:
    """How many lines a section shows, and how many characters what was typed has there.

    `line` is for a line among others, `prose` for a paragraph, `reason` for why something is so. A
    longer `address` of a ticket is left out.
    """

    entries: int = 8
    factors: int = 9
    risks: int = 4
    line: int = 150
    prose: int = 900
    reason: int = 300
    what: int = 400
    done_when: int = 500
    address: int = 300


#: A card is read at a glance, so each section shows its first lines only.
ROOMY = Room()
#: And Slack refuses a message whose blocks are too heavy together (`limits.MESSAGE_WEIGHT`): where
#: every section is at its longest, each says less.
TIGHT = Room(
    entries=4,
    factors=4,
    risks=4,
    line=70,
    prose=225,
    reason=75,
    what=120,
    done_when=110,
    address=120,
)
