"""App Home: what waits for its reader, what they own, how the programme goes, the next review."""

from blocks.home_buttons import ways
from blocks.home_items import item_blocks
from blocks.home_programme import Draw, programme_blocks
from blocks.home_review import review_blocks
from blocks.home_waiting import CHAIRS_MOST, OWED_MOST, waiting_blocks
from blocks.limits import VIEW_BLOCKS
from blocks.parts import View
from domain.home import Home

__all__ = ["CHAIRS_MOST", "OWED_MOST", "home_view", "home_views"]


def home_view(said: Home) -> View:
    """The tab as things stand; what somebody asks of the reader comes first."""
    return home_views(said)[0]


def home_views(said: Home) -> list[View]:
    """The tab with charts; with tables, where Slack draws none; in words, where it takes neither.

    What Slack takes in a message it may not take here. All else is the same, and made once.
    """
    first, last = [ways(), *waiting_blocks(said)], review_blocks(said)
    drawn = [programme_blocks(said.health, draw) for draw in Draw]
    room = VIEW_BLOCKS - len(first) - len(last) - max(map(len, drawn))
    first += item_blocks(said, room)
    return [{"type": "home", "blocks": [*first, *each, *last]} for each in drawn]
