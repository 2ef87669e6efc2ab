"""The contributing factors of a postmortem."""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from domain.contributing_factors import ContributingFactor
from storage.lines import replace_lines
from storage.statements import of_postmortem, run
from storage.tables import ContributingFactorRow

_FACTORS = of_postmortem(ContributingFactorRow, ContributingFactor).order_by(
    col(ContributingFactorRow.position)
)


async def factors(session: AsyncSession, postmortem_id: int) -> list[ContributingFactor]:
    """Return the factors in the order they were written."""
    found = await run(session, _FACTORS, {"postmortem": postmortem_id})
    return [ContributingFactor(**row._asdict()) for row in found]


async def replace(
    session: AsyncSession,
    workspace_id: str,
    postmortem_id: int,
    factors: Sequence[ContributingFactor],
    *,
    by: str,
    now: datetime,
) -> None:
    """Make the factors read as these; those that bear a stored id keep their row.

    An action item that answered a factor which is gone answers none.
    """
    owner = {"workspace_id": workspace_id, "postmortem_id": postmortem_id}
    added = {"added_by": by, "added_at": now}
    await replace_lines(session, ContributingFactorRow, owner, factors, added)
