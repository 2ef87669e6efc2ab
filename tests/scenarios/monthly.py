"""What scenarios about monthly reviews need: items of several incidents, and how one is walked."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from blocks.item_buttons import action_of
from blocks.review_buttons import NEXT_CARD
from domain.accepted_risks import AcceptedRisk
from domain.action_items import ActionItem, ItemKind, ItemState
from domain.decisions import Decision
from domain.postmortems import Facts, Severity
from domain.programme import Priority, Programme
from domain.reviews import Entry, Review
from handlers import kept_items, kept_risks
from handlers.kept_items import ADDED, Deed
from handlers.people import person_from
from handlers.reviews import REVIEW, REVIEW_CARD, begin, bring_up
from sandbox import Modal
from sandbox.messages import Message
from sandbox.seeing import find_clickable
from storage import action_items, people, postmortems, review_entries, reviews, workspaces
from tests.scenarios.reviewing import TEAM
from tests.scenarios.stage import NOW, STARTED, Stage

#: Where reviews are held; everybody who is to press something there has to be in it.
REVIEWS = "#reliability"
TODAY = NOW.date()
DAY = timedelta(days=1)
OVERDUE, LATER = TODAY - 20 * DAY, TODAY + 20 * DAY
EVERYBODY = ("ana", "bob", "mei", "priya", "diego", "freya", "lena", "tomas", "jun")


async def set_up(slack: Stage, *, lead: str = "lena", **settings: Any) -> None:
    """Let a workspace have a programme with a lead, reviews in REVIEWS, and everybody in there."""
    place = slack.sandbox.workspace.channel(REVIEWS)
    for name in EVERYBODY:
        if slack.id_of(name) not in place.members:
            await slack.person(name).join(REVIEWS)
    said = {"lead": lead and slack.id_of(lead), "review_channel": place.id, **settings}
    accounts = [slack.person(name).account.to_api(TEAM, NOW) for name in EVERYBODY]
    async with slack.bot.database.sessions.begin() as session:
        await workspaces.ensure(session, TEAM)
        await workspaces.change_programme(session, TEAM, Programme(**said))
        await people.remember(session, TEAM, [person_from(each, TEAM) for each in accounts], NOW)


async def incident(slack: Stage, title: str = "An incident", **other: Any) -> int:
    """Give the id of a postmortem without a channel."""
    facts = Facts(title=title, service="checkout", severity=Severity.P2, started_at=STARTED)
    said = {"channel": None, "channel_name": "", "is_private": False, "created_by": "U1"}
    submission = f"incident {await slack.count('postmortem')}"
    async with slack.bot.database.sessions.begin() as session:
        made = await postmortems.start(
            session, TEAM, **{**said, **other}, facts=facts, submission=submission, now=NOW
        )
    return made.id


async def item(
    slack: Stage, owner: str, due_on: date = LATER, *, of: int | None = None, **fields: Any
) -> int:
    """Give the id of an item that somebody owns, of an incident of its own unless `of` says."""
    made = ActionItem(
        what=fields.pop("what", f"Mend what {owner} knows"),
        done_when="A stranger sees that it is mended",
        owner=slack.id_of(owner),
        priority=Priority.P2,
        due_on=due_on,
        kind=ItemKind.GUARDRAIL,
        position=fields.pop("position", 1),
    )
    which = of or await incident(slack)
    deed = Deed(by=slack.id_of(owner), at=NOW - 40 * DAY, event=ADDED)
    async with slack.bot.database.sessions.begin() as session:
        stored, _ = await kept_items.add(session, TEAM, which, made, deed)
        if fields:
            changed = replace(stored, **fields)
            await kept_items.change(session, TEAM, stored, changed, replace(deed, event="changed"))
    return stored.id or 0


async def risk(slack: Stage, accepter: str, until: date = OVERDUE, **other: Any) -> int:
    """Give the id of a risk that somebody accepted, of an incident of its own."""
    made = AcceptedRisk(
        risk="Two regions fail", accepter=slack.id_of(accepter), reason="Rare", until=until
    )
    which = await incident(slack, **other)
    async with slack.bot.database.sessions.begin() as session:
        stored = await kept_risks.add(session, TEAM, which, made, by=made.accepter, now=NOW)
    return stored.id or 0


async def called(slack: Stage, chair: str = "freya", **other: Any) -> Review:
    """Let a review be called that somebody chairs, in a moment when nobody was told."""
    at_once = (await _programme(slack)).cards_at_once
    held = Review(
        workspace=TEAM,
        facilitator=slack.id_of(chair),
        called_by="",
        called_at=NOW - 3 * DAY,
        due_at=NOW,
        due_on=TODAY,
        channel=slack.sandbox.workspace.channel(REVIEWS).id,
        at_once=at_once,
    )
    async with slack.bot.database.sessions.begin() as session:
        return await reviews.call(session, replace(held, **other))


async def _programme(slack: Stage) -> Programme:
    async with slack.bot.database.sessions() as session:
        return await workspaces.programme(session, TEAM)


async def begun(slack: Stage, review: Review | None = None, chair: str = "freya") -> Review:
    """Let a review begin, and its first cards appear."""
    wanted = review or await called(slack, chair)
    async with slack.bot.database.sessions.begin() as session:
        await workspaces.ensure(session, TEAM)
        started = await begin(session, wanted, slack.clock.now())
    slack.bot.courier.wake()
    await slack.settled()
    return started


async def all_up(slack: Stage) -> None:
    """Let every card be up, without anybody pressing Next."""
    for _ in range(await slack.count("review_entry")):
        async with slack.bot.database.sessions.begin() as session:
            review = await reviews.open_review(session, TEAM)
            assert review is not None
            await bring_up(session, review, slack.clock.now())
    slack.bot.courier.wake()
    await slack.settled()


async def next_pressed(slack: Stage, by: str = "freya", **which: Any) -> None:
    """Let somebody press Next on the newest message that has it."""
    await slack.person(by).click(REVIEWS, action_id=NEXT_CARD, **which)
    await slack.settled()


def parent(slack: Stage) -> Message:
    """Give the review's message in its channel; there is exactly one."""
    (message,) = slack.posted(REVIEW, REVIEWS)
    return message


def cards(slack: Stage) -> list[Message]:
    """Give the cards that are up, in the order of the thread."""
    return slack.posted(REVIEW_CARD, REVIEWS)


def the_card(slack: Stage, words: str) -> Message:
    """Give the one card that has these words."""
    (message,) = [each for each in cards(slack) if words in each.words()]
    return message


async def form_of(slack: Stage, by: str, decision: Decision, which: int) -> Modal:
    """Give the form of a decision that somebody opened on an item's card."""
    await slack.person(by).click(REVIEWS, action_id=action_of(decision), value=str(which))
    await slack.settled()
    return await slack.person(by).modal()


async def decided(slack: Stage, by: str, decision: Decision, which: int, **typed: Any) -> None:
    """Let somebody decide about an item on its card."""
    answer = await (await form_of(slack, by, decision, which)).fill(**typed).submit()
    assert answer.closed, answer.errors
    await slack.settled()


async def moved(slack: Stage, by: str, which: int, why: str = "The vendor is late") -> None:
    """Let somebody move an item's date on its card."""
    await decided(slack, by, Decision.RESCHEDULE, which, day=TODAY + 30 * DAY, words=why)


async def cancelled_elsewhere(slack: Stage, which: int, why: str = "Gone") -> None:
    """Let the owner of an item have cancelled it, wherever that was."""
    async with slack.bot.database.sessions.begin() as session:
        found = await action_items.item(session, TEAM, which)
        assert found is not None
        old = found[1]
        deed = Deed(by=old.owner, at=slack.clock.now(), event=Decision.CANCEL, reason=why)
        over = replace(old, state=ItemState.CANCELLED)
        await kept_items.change(session, TEAM, old, over, deed)
    slack.bot.courier.wake()
    await slack.settled()


def has(message: Message, action_id: str) -> bool:
    """Whether a message has this button."""
    return find_clickable(message.blocks, None, action_id) is not None


async def the_review(slack: Stage) -> Review:
    """Give the newest review as it is stored."""
    async with slack.bot.database.sessions() as session:
        found = await reviews.last(session, TEAM)
    assert found is not None
    return found


async def table(slack: Stage) -> Sequence[Entry]:
    """Give all that is on the newest review's table."""
    review = await the_review(slack)
    async with slack.bot.database.sessions() as session:
        return await review_entries.of_review(session, review.id or 0)
