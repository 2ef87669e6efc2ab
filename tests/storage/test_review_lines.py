"""What a line of a review's table says of what was asked for, and of what was worded anew."""

from sqlmodel.ext.asyncio.session import AsyncSession

from domain.action_items import HistoryEntry
from domain.decisions import Decision
from storage import (
    action_items,
    item_history,
    review_laying,
    review_lines,
    review_settling,
    review_summary,
    reviews,
)
from storage.engine import Sessions
from tests.storage.samples import ITEM, NOW, started
from tests.storage.test_review_entries import REVIEW


async def kept_item(session: AsyncSession, name: str) -> int:
    """An open item of a postmortem of its own."""
    made = await started(session, channel=None, submission=name)
    item = await action_items.add(session, "T1", made.id, ITEM, by="U1", now=NOW, submission=name)
    return item.id or 0


async def decide(
    session: AsyncSession, item_id: int, event: str, changes: dict[str, tuple[str, str]]
) -> None:
    """Let an item's history say so, and whatever review has it know."""
    entry = HistoryEntry(item_id=item_id, actor="U1", at=NOW, event=event, changes=changes)
    entry_id = await item_history.append(session, "T1", entry)
    await review_settling.settle(session, by="U1", at=NOW, item_id=item_id, history_id=entry_id)


async def test_a_handover_is_asked_for_and_new_words_have_old_ones(sessions: Sessions) -> None:
    said = {"asked": {"proposed_owner": ("", "U2")}, "given": {"owner": ("U1", "U2")}}
    said["worded"] = {"what": ("Old", "New")}
    async with sessions.begin() as session:
        items = [await kept_item(session, name) for name in said]
        review = await reviews.call(session, REVIEW)
        await review_laying.lay(session, review, NOW.date())
        for item, (name, changes) in zip(items, said.items(), strict=True):
            event = Decision.RESCOPE if name == "worded" else Decision.REASSIGN
            await decide(session, item, event, changes)
        found = await review_lines.lines(session, review, decided=True)
        tally = await review_summary.tally(session, review)
    assert [each.event for each in found] == ["asked", "handed over", "re-scoped"]
    assert (found[2].was, found[2].words) == ("Old", "New")
    assert tally.by_event == {"asked": 1, "handed over": 1, "re-scoped": 1}
