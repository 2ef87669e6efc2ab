"""A small tracker that speaks GitHub's REST API, with a page in the browser.

It is there for the demo, whose people see tickets appear and close them by hand, and stands in for
GitHub in tests; it knows nothing of the app. It is as strict as GitHub where that is documented or
has been seen, and speaks GraphQL as far as placing an issue in a project's next sprint needs.

    async with Tracker.open(now=clock.now) as tracker:
        tracker.url                  # the page: a board, and each issue
        tracker.api_url              # the REST API, as on an Enterprise server
        tracker.token                # may write everywhere; or as a GitHub App:
        tracker.access.app_id, tracker.access.private_key
        tracker.hooks.to = "http://127.0.0.1:8080/hooks/github"
        tracker.hooks.secret         # what the webhooks are signed with
        tracker.hands.close("acme/shop/1", by="ada")
        clock.on_turn(tracker.page.look_again)  # sprints are others then

People are named by their logins, which are all they need to be somebody on the page. There are
`acme/shop` and `acme/attic`, two milestones each, and project 7 of `acme` with sprints of two weeks
that roll on with the clock. All of it is this machine's alone: it listens on the loopback only, and
sends webhooks nowhere else. With `shelf=TicketShelf(path)` it goes on where it was left.
"""

from sandbox.tracker.keeping import TicketShelf
from sandbox.tracker.server import Tracker

__all__ = ["TicketShelf", "Tracker"]
