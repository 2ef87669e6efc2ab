"""The monthly reviews that were held before the app called them by itself."""

from dataclasses import replace
from datetime import timedelta

from bot.story.pen import Pen
from bot.story.staff import REVIEWS_IN
from domain.reviews import Review
from handlers.review_hours import hours_here
from storage import review_entries, reviews

#: A review was called so long before it, and took so long.
CALLED, TOOK = timedelta(days=5), timedelta(minutes=50)


class Monthly(Pen):
    """Keeps what the company's own reviews left behind."""

    async def hold(self, chair: str) -> None:
        """Keep that a review was held and closed, with all that is open now on its table."""
        now = self.workspace.clock.now()
        async with self.sessions.begin() as session:
            today = (await hours_here(session, self.workspace.team_id)).today(now)
            called = Review(
                workspace=self.workspace.team_id,
                facilitator=self.id_of(chair),
                called_by=self.id_of(chair),
                called_at=now - CALLED,
                due_at=now,
                due_on=today,
                channel=self.workspace.channel(REVIEWS_IN).id,
                started_at=now,
            )
            review = await reviews.call(session, called)
            await review_entries.lay(session, review, today)
            closed = replace(review, closed_at=now + TOOK, closed_by=review.facilitator)
            await reviews.change(session, closed)
