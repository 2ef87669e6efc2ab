"""Who may do what in a meta-review, as it is stored (rule 21)."""

from sqlmodel.ext.asyncio.session import AsyncSession

from domain.meta_reviews import MetaReview
from domain.meta_roles import Deed, check_chairs
from domain.meta_rules import check_leads, check_open
from domain.postmortems import Postmortem
from handlers.facilitators import gone, name_of
from storage import meta_reviews, workspaces


async def check_proposes(session: AsyncSession, meta: MetaReview, person: str) -> None:
    """Refuse a fix from anybody but the chair and the lead, and once it is closed."""
    check_open(meta)
    check_leads(meta, person, *await _leading(session, meta))


async def check_closes(session: AsyncSession, meta: MetaReview, person: str) -> None:
    """Refuse to close it for anybody but the chair and the lead, or a second time."""
    check_open(meta)
    check_chairs(meta, person, *await _leading(session, meta), Deed.CLOSE)


async def check_adds(session: AsyncSession, postmortem: Postmortem, person: str) -> None:
    """Refuse a new item where the postmortem is a meta-review's and somebody else leads it."""
    meta = await meta_reviews.find(session, postmortem.workspace, postmortem.id)
    if meta is not None:
        check_chairs(meta, person, *await _leading(session, meta), Deed.ADD)


async def is_meta(session: AsyncSession, postmortem: Postmortem) -> bool:
    """Whether this postmortem is the one that keeps a meta-review's items."""
    return await meta_reviews.find(session, postmortem.workspace, postmortem.id) is not None


async def _leading(session: AsyncSession, meta: MetaReview) -> tuple[str, list[str], str]:
    """The programme lead, who of lead and chair has left, and what the chair is called."""
    team = meta.workspace_id
    lead = (await workspaces.programme(session, team)).lead
    left = await gone(session, team, [meta.facilitator, lead])
    return lead, list(left), await name_of(session, team, meta.facilitator)
