"""What the app does to an item without anybody asking: kept, told and shown like any deed."""

from sqlmodel.ext.asyncio.session import AsyncSession

from domain.action_items import ActionItem
from domain.postmortems import Postmortem
from handlers import item_news, kept_items
from handlers.kept_items import Deed
from handlers.showing import show_again


async def keep(
    session: AsyncSession, postmortem: Postmortem, old: ActionItem, new: ActionItem, deed: Deed
) -> None:
    """Keep an item as it is now, tell whom it concerns, and let all that shows it show that.

    The postmortem must be locked.
    """
    entry_id = await kept_items.change(session, postmortem.workspace, old, new, deed)
    await item_news.owe(session, postmortem, old, new, entry_id, deed)
    concerned = {old.owner, new.owner, old.proposed_owner, old.proposed_by} - {""}
    await show_again(session, postmortem, new, concerned, by=deed.by, now=deed.at)
