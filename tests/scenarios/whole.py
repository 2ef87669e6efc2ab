"""A whole monthly review of fourteen items, chapter by chapter."""

from datetime import date

from blocks.item_buttons import OPEN_ITEM, action_of
from blocks.review_buttons import CLOSE_REVIEW_OF_MONTH, OWNER_ABSENT, PASS_REVIEW_ON
from domain.decisions import Decision
from tests.scenarios.calling import notices
from tests.scenarios.following import heard
from tests.scenarios.fourteen import Month
from tests.scenarios.hearing import until
from tests.scenarios.monthly import REVIEWS

#: Three working days ahead, when work begins in Berlin, and the review, at ten there.
CALLED, BEGUN = "2026-11-26 08:30", "2026-12-01 09:00"
#: The next mornings of London, of Tokyo, and of New York, which has a holiday before.
MORNINGS = ("2026-11-26 09:30", "2026-11-27 00:30", "2026-11-27 14:30")
LATER = date(2027, 1, 15)
PROJECT = "https://projects.example.com/queues"


async def told(month: Month) -> None:
    """Let the clock call the review, and Ana decide early about one item of hers."""
    for each in (CALLED, *MORNINGS):
        await until(month.slack, each)
    (notice,) = notices(month.slack, "ana")
    shipped = {"words": "The page says it in its footer"}
    await month.decides_at("ana", notice, Decision.IMPLEMENT, "PM-4/3", **shipped)


async def begun(month: Month) -> None:
    """Let the review begin by itself."""
    await told(month)
    await until(month.slack, BEGUN)


async def expired_walked(month: Month) -> None:
    """Let what has expired be decided."""
    await begun(month)
    await expired_decided(month)


async def expired_decided(month: Month) -> None:
    """Let Bob have one expired item accepted as a risk by Ana, and Priya promote the other."""
    risk = {"risk": "A certificate runs out", "words": "Two calendars tell us"}
    await month.decides("bob", Decision.ACCEPT, "PM-2/1", person=month.id_of("ana"), **risk)
    await month.goes_on()
    part = {"words": "Queues 2027", "link": PROJECT, "person": month.id_of("lena")}
    await month.decides("priya", Decision.PROMOTE, "PM-2/2", **part)


async def absent_said(month: Month) -> None:
    """Let Bob move a date, and the chair find that Tomás is not here."""
    await expired_walked(month)
    await month.goes_on()
    await month.decides("bob", Decision.RESCHEDULE, "PM-1/1", day=LATER, words="The vendor is late")
    await month.goes_on()
    await month.presses("freya", OWNER_ABSENT)


async def lead_decides(month: Month) -> None:
    """Let Lena decide about one of the two items that are Tomás's."""
    (asked,) = heard(month.slack, "lena", "review_absent")
    when = {"day": LATER, "words": "On leave until January"}
    await month.decides_at("lena", asked, Decision.RESCHEDULE, "PM-4/1", **when)


async def passed_on(month: Month) -> None:
    """Let Mei cancel an item in front of all, and Freya then pass the chair on to Jun."""
    await absent_said(month)
    await lead_decides(month)
    await month.goes_on()
    await month.decides("mei", Decision.CANCEL, "PM-1/2", words="There is no pool any more")
    to = {"facilitator": month.id_of("jun"), "reason": "I have to catch a train"}
    await month.slack.saved("freya", PASS_REVIEW_ON, REVIEWS, **to)


async def walked(month: Month) -> None:
    """Let Jun walk the rest, while Mei says elsewhere that something is done."""
    await passed_on(month)
    await month.goes_on("jun")
    await _moves_in_private(month)
    (notice,) = notices(month.slack, "mei")
    shipped = {"words": "It pages at ten minutes"}
    await month.decides_at("mei", notice, Decision.IMPLEMENT, "PM-2/3", **shipped)
    for _ in range(4):
        await month.goes_on("jun")
    new = {"what": "Drill the failover each quarter", "words": "Monthly is too much"}
    await month.decides("mei", Decision.RESCOPE, "PM-5/2", **new)
    for _ in range(2):
        await month.goes_on("jun")


async def _moves_in_private(month: Month) -> None:
    """Let Ana move the private item from its own window: its card has no other button."""
    ana, value = month.slack.person("ana"), str(month.ids["PM-3/1"])
    await month.presses("ana", OPEN_ITEM, value=value)
    await ana.press(action_id=action_of(Decision.RESCHEDULE))
    await month.slack.settled()
    form = (await ana.modal()).fill(day=LATER, words="The thief still has it")
    assert (await form.submit()).closed
    await month.slack.settled()


async def closed(month: Month) -> None:
    """Let the whole of it be over."""
    await walked(month)
    await closes(month)


async def closes(month: Month) -> None:
    """Let Lena cancel what Tomás owned and owed, and Jun close the review."""
    (asked,) = heard(month.slack, "lena", "review_absent")
    why = {"words": "The new index restores itself"}
    await month.decides_at("lena", asked, Decision.CANCEL, "PM-4/2", **why)
    learnt = {"learnt": "We promise more than we can keep."}
    await month.slack.saved("jun", CLOSE_REVIEW_OF_MONTH, REVIEWS, **learnt)
