"""The demo's company and its fourteen months of incidents, told into an empty workspace."""

from bot.story.moments import reviews_held
from bot.story.read import Incident, Live, read_story, read_today
from bot.story.staff import staff
from bot.story.tell import BEGAN, history, tell
from bot.story.tour import tour

__all__ = [
    "BEGAN",
    "Incident",
    "Live",
    "history",
    "read_story",
    "read_today",
    "reviews_held",
    "staff",
    "tell",
    "tour",
]
