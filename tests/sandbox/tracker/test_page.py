"""The page shows what there is, and what became of it."""

from datetime import timedelta

import httpx
import pytest

from sandbox import Clock
from sandbox.tracker import Tracker
from sandbox.tracker.deeds import Deeds
from tests.sandbox.tracker.opening import ISSUE, opened


@pytest.fixture
def deeds(tracker: Tracker) -> Deeds:
    """What the app does."""
    return Deeds(tracker.backlog, "closed-loop")


async def test_the_board_has_a_column_for_each_sprint(
    tracker: Tracker, anybody: httpx.AsyncClient, deeds: Deeds
) -> None:
    for title in ("Running", "Coming", "Unplanned", "Finished"):
        opened(tracker, title)
    deeds.schedule(tracker.hands.issue("acme/shop/1"), 1)
    deeds.schedule(tracker.hands.issue("acme/shop/2"), 2)
    tracker.hands.close("acme/shop/4", by="ada")

    page = (await anybody.get("/")).text
    order = ["Now: Sprint 1", "Running", "Next sprint: Sprint 2", "Coming", "No sprint"]
    places = [page.index(one) for one in [*order, "Unplanned", "Closed", "Finished"]]
    assert places == sorted(places)
    assert "3 open, 1 closed" in page


async def test_what_a_sprint_left_undone_is_to_be_done_now(
    tracker: Tracker, anybody: httpx.AsyncClient, deeds: Deeds, clock: Clock
) -> None:
    opened(tracker)
    deeds.schedule(tracker.hands.issue("acme/shop/1"), 1)
    clock.turn(timedelta(days=30))

    page = (await anybody.get("/acme/shop/issues")).text
    assert (
        page.index("Now: Sprint 3") < page.index("Alert on the queue") < page.index("Next sprint")
    )
    assert '<option value="1" selected>Sprint 1</option>' in (await anybody.get(ISSUE)).text


async def test_milestones_have_columns_once_something_is_in_them(
    tracker: Tracker, anybody: httpx.AsyncClient, deeds: Deeds
) -> None:
    opened(tracker)
    issue = tracker.hands.issue("acme/shop/1")
    deeds.plan(issue, tracker.backlog.home(issue).milestones[2])

    page = (await anybody.get("/")).text
    assert ("Release 13" in page, "Release 12" in page) == (True, False)
    assert "Release 13" in (await anybody.get(ISSUE)).text


async def test_a_description_is_markdown_and_never_html(
    tracker: Tracker, anybody: httpx.AsyncClient
) -> None:
    opened(
        tracker,
        "<i>Title</i>",
        "**Done when:** <script>alert(1)</script> [x](javascript:alert(1))\n\n<!-- secret:1 -->",
    )
    page = (await anybody.get(ISSUE)).text

    assert "<strong>Done when:</strong> &lt;script&gt;" in page
    assert "&lt;i&gt;Title&lt;/i&gt;" in page
    assert "secret:1" not in page
    assert 'href="javascript' not in page


async def test_a_link_to_a_transferred_issue_leads_there(
    tracker: Tracker, anybody: httpx.AsyncClient
) -> None:
    opened(tracker)
    tracker.hands.move("acme/shop/1", by="dan")
    page = await anybody.get(ISSUE, follow_redirects=True)
    assert page.url.path == "/acme/attic/issues/1"
    assert "moved this here from <b>acme/shop</b>" in page.text


#: What the test below does, in words.
TOLD = (
    "added the labels <b>P1</b>, <b>P2</b>",
    "removed the label <b>P2</b>",
    "changed the title from <b>Alert on the queue</b>",
    "assigned <b>Ben</b>",
    "took this from <b>Ben</b>",
    "took this on",
    "planned this for <b>Sprint 2</b>",
    "put this into no sprint",
    "closed this as a duplicate",
    "reopened this",
)


async def test_every_deed_is_told_in_words(
    tracker: Tracker, anybody: httpx.AsyncClient, deeds: Deeds
) -> None:
    opened(tracker)
    issue = tracker.hands.issue("acme/shop/1")
    deeds.label(issue, ["P1", "P2"])
    deeds.label(issue, ["P1"])
    deeds.write(issue, "Another", "")
    for login in ("ben", "closed-loop"):
        deeds.assign(issue, [login])
    for sprint in (2, None):
        deeds.schedule(issue, sprint)
    deeds.close(issue, "duplicate")
    deeds.reopen(issue)
    page = (await anybody.get(ISSUE)).text
    assert [one for one in TOLD if one not in page] == []


async def test_what_comes_into_the_project_without_a_sprint_is_taken_out_of_none(
    tracker: Tracker, anybody: httpx.AsyncClient, deeds: Deeds
) -> None:
    opened(tracker)
    deeds.schedule(tracker.hands.issue("acme/shop/1"), None)
    assert tracker.hands.issue("acme/shop/1").in_project
    assert "put this into no sprint" not in (await anybody.get(ISSUE)).text


async def test_a_card_shows_its_priority_and_when_it_is_due(
    tracker: Tracker, anybody: httpx.AsyncClient, deeds: Deeds
) -> None:
    opened(tracker, body="**Owner:** Ada\n\n**Due:** 3 Dec 2026\n\n**Kind:** Detect")
    deeds.label(tracker.hands.issue("acme/shop/1"), ["P1"])
    page = (await anybody.get("/")).text
    assert '<span class="label">P1</span>' in page
    assert "Due 3 Dec 2026</p>" in page


@pytest.mark.parametrize(
    "body", ["", "Due: soon", "**Due:** <b>3 Dec</b>", "x **Due:** 3 Dec 2026"]
)
async def test_a_card_shows_no_date_that_is_none(
    tracker: Tracker, anybody: httpx.AsyncClient, body: str
) -> None:
    opened(tracker, body=body)
    card = (await anybody.get("/")).text.partition("<article")[2]
    assert '<p class="about"></p>' in card


@pytest.mark.parametrize("path", ["/none/at/issues", "/assets/server.py", f"{ISSUE}/", "/x"])
async def test_there_is_nothing_else(anybody: httpx.AsyncClient, path: str) -> None:
    assert (await anybody.get(path)).status_code == 404


async def test_a_change_is_told_to_whoever_looks(
    tracker: Tracker, anybody: httpx.AsyncClient
) -> None:
    async with anybody.stream("GET", "/live") as stream:
        lines = stream.aiter_lines()
        first = await anext(lines)
        opened(tracker)
        await anext(lines)
        assert await anext(lines) != first
