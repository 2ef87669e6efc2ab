"""An issue to look at."""

from sandbox.tracker import Tracker
from sandbox.tracker.deeds import Deeds

ISSUE = "/acme/shop/issues/1"


def opened(tracker: Tracker, title: str = "Alert on the queue", body: str = "") -> None:
    """Let there be an issue of the app's."""
    home = tracker.backlog.repository("acme/shop")
    assert home
    by = Deeds(tracker.backlog, "closed-loop")
    by.opened(by.open(home, title, body))
