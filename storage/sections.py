"""Who changed which section last, so that a form can notice that another was quicker."""

from datetime import datetime

from sqlalchemy import exists, select
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from domain.postmortems import Section, SectionEdit
from storage.statements import of_postmortem, run, upsert
from storage.tables import PostmortemRow, SectionEditRow

_EDITS = of_postmortem(SectionEditRow, SectionEdit)


async def edits(session: AsyncSession, postmortem_id: int) -> dict[Section, SectionEdit]:
    """Return the last change of each section that was ever changed."""
    found = await run(session, _EDITS, {"postmortem": postmortem_id})
    return {row.section: SectionEdit(**row._asdict()) for row in found}


async def was_submitted(
    session: AsyncSession, postmortem_id: int, section: Section, submission: str
) -> bool:
    """Whether this very submission made the section's last change: a second click, not an edit."""
    if not submission:
        return False
    query = select(
        exists()
        .where(col(SectionEditRow.postmortem_id) == postmortem_id)
        .where(col(SectionEditRow.section) == section)
        .where(col(SectionEditRow.submission) == submission)
    )
    return bool((await run(session, query)).scalar_one())


async def mark(
    session: AsyncSession,
    postmortem_id: int,
    section: Section,
    *,
    by: str,
    now: datetime,
    submission: str,
) -> SectionEdit:
    """Note that `by` changed the section now; its version grows by one."""
    of_it = select(col(PostmortemRow.workspace_id)).where(col(PostmortemRow.id) == postmortem_id)
    change = {"edited_by": by, "edited_at": now, "submission": submission}
    insert = upsert(session, SectionEditRow).values(
        workspace_id=of_it.scalar_subquery(),
        postmortem_id=postmortem_id,
        section=section,
        version=1,
        **change,
    )
    marked = insert.on_conflict_do_update(
        index_elements=["postmortem_id", "section"],
        set_=change | {"version": SectionEditRow.version + 1},
    ).returning(col(SectionEditRow.version))
    version = (await run(session, marked)).scalar_one()
    return SectionEdit(section=section, version=version, edited_by=by, edited_at=now)
