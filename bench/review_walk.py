"""What it costs in calls to Slack to walk a monthly review: counted, then worked out for many.

Two small reviews are walked by people in a local workspace, card by card; the difference between
them is what a card costs. Every owner decides when their card comes up.
"""

import tempfile
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from bench.open_items import NOW, fill
from blocks.item_buttons import action_of
from blocks.review_buttons import CLOSE_REVIEW_OF_MONTH, NEXT_CARD
from domain.decisions import Decision
from domain.reviews import PAGE, Review
from handlers import reviews as walk
from handlers.reviews import REVIEW_CARD
from sandbox.messages import Message
from storage import reviews, workspaces
from tests.scenarios.stage import Stage, staged

#: Where the review is held, who chairs it and who owns everything.
CHANNEL, CHAIR, OWNER = "#reliability", "freya", "bob"
#: So many items have the two reviews that are compared: both end with a full page.
SMALL, LARGE = PAGE, 2 * PAGE
#: Slack takes one message a second in a channel, and 50 changes of messages a minute
#: (docs.slack.dev/apis/web-api/rate-limits: chat.postMessage is special, chat.update tier 3).
POST_S, CHANGE_S = 1.0, 1.2
_POSTS, _CHANGES = "chat.postMessage", "chat.update"


@dataclass(frozen=True, kw_only=True)
class Cost:
    """How many calls of Slack a walk of `items` took, or would: in the channel, and beside it.

    `beside` are those of forms and direct messages, which have limits of their own.
    """

    items: int
    posts: float
    changes: float
    others: float
    beside: float

    @property
    def calls(self) -> float:
        """All calls for the channel."""
        return self.posts + self.changes + self.others

    @property
    def floor(self) -> int:
        """The fewest there can be: a message for each item, the review's own and the summary."""
        return self.items + 2

    @property
    def posting(self) -> timedelta:
        """How long the messages take at the pace that Slack allows."""
        return timedelta(seconds=self.posts * POST_S)

    @property
    def changing(self) -> timedelta:
        """How long the changes of them take, which go on at the same time."""
        return timedelta(seconds=self.changes * CHANGE_S)


async def called(stage: Stage, at_once: int = 1) -> Review:
    """Let a monthly review be called for now, and be about to begin."""
    team, place = stage.sandbox.workspace.team_id, stage.sandbox.workspace.channel(CHANNEL)
    async with stage.bot.database.sessions.begin() as session:
        await workspaces.ensure(session, team)
        review = Review(
            workspace=team,
            facilitator=stage.id_of(CHAIR),
            called_by="",
            called_at=NOW - timedelta(days=3),
            due_at=NOW,
            due_on=NOW.date(),
            channel=place.id,
            at_once=at_once,
        )
        return await reviews.call(session, review)


async def begun(stage: Stage, review: Review) -> None:
    """Let it begin."""
    async with stage.bot.database.sessions.begin() as session:
        await workspaces.ensure(session, review.workspace)
        await walk.begin(session, review, stage.clock.now())


async def cost(items: int, at_once: int) -> Cost:
    """Walk a review of so many items, so many at a time, from its beginning to its end."""
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        async with staged(Path(folder) / "walk.sqlite3", at=NOW) as stage:
            team = stage.sandbox.workspace.team_id
            async with stage.bot.database.sessions.begin() as session:
                await fill(session, team, items, [stage.id_of(OWNER)])
            review = await called(stage, at_once)
            before = len(stage.sandbox.calls)
            await begun(stage, review)
            await _walked(stage, items)
            await stage.saved(CHAIR, CLOSE_REVIEW_OF_MONTH, CHANNEL)
            return _counted(stage, items, before)


async def _walked(stage: Stage, items: int) -> None:
    await stage.settled()
    decided = 0
    while True:
        cards = stage.posted(REVIEW_CARD, CHANNEL)
        for card in cards[decided:]:
            await _decide(stage, card)
        decided = len(cards)
        if decided == items:
            return
        await stage.person(CHAIR).click(CHANNEL, action_id=NEXT_CARD)
        await stage.settled()


async def _decide(stage: Stage, card: Message) -> None:
    owner = stage.person(OWNER)
    await owner.click(CHANNEL, ts=card.ts, action_id=action_of(Decision.CANCEL))
    form = await owner.modal()
    answer = await form.fill(words="The service is switched off in May").submit()
    assert answer.closed, answer.errors
    await stage.settled()


def _counted(stage: Stage, items: int, before: int) -> Cost:
    place = stage.sandbox.workspace.channel(CHANNEL).id
    calls = list(stage.sandbox.calls)[before:]
    here = Counter(
        each.method
        for each in calls
        if place in {each.args.get("channel"), each.args.get("channel_id")}
    )
    posts, changes = here[_POSTS], here[_CHANGES]
    return Cost(
        items=items,
        posts=posts,
        changes=changes,
        others=here.total() - posts - changes,
        beside=len(calls) - here.total(),
    )


def projected(small: Cost, large: Cost, items: int) -> Cost:
    """What so many items would cost: each as much as each of those the large one has more."""

    def at(few: float, many: float) -> float:
        return few + (many - few) / (large.items - small.items) * (items - small.items)

    return Cost(
        items=items,
        posts=at(small.posts, large.posts),
        changes=at(small.changes, large.changes),
        others=at(small.others, large.others),
        beside=at(small.beside, large.beside),
    )


async def walks(sizes: Sequence[int]) -> dict[str, Cost]:
    """What so many items cost, of each number, one by one and a page at a time."""
    found: dict[str, Cost] = {}
    for name, way in (("one by one", 1), (f"{PAGE} at a time", PAGE)):
        small, large = await cost(SMALL, way), await cost(LARGE, way)
        found |= {f"{size:,} {name}": projected(small, large, size) for size in sizes}
    return found
