"""The passages of a postmortem: what is written beside its root cause."""

from collections.abc import Mapping

from sqlalchemy import bindparam, delete, select
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from domain.passages import Passage
from storage.statements import run, upsert
from storage.tables import PassageRow

_WRITTEN = select(col(PassageRow.passage), col(PassageRow.text)).where(
    col(PassageRow.postmortem_id) == bindparam("postmortem")
)


async def written(session: AsyncSession, postmortem_id: int) -> dict[Passage, str]:
    """Return what is written, in the order of the questions; nothing of those without answer."""
    found = await run(session, _WRITTEN, {"postmortem": postmortem_id})
    texts = {row.passage: row.text for row in found}
    return {passage: texts[passage] for passage in Passage if passage in texts}


async def write(
    session: AsyncSession, workspace_id: str, postmortem_id: int, texts: Mapping[Passage, str]
) -> None:
    """Put these texts in place of what was there; an empty one takes the answer away."""
    mine = col(PassageRow.postmortem_id) == postmortem_id
    gone = [passage for passage, text in texts.items() if not text.strip()]
    if gone:
        await run(session, delete(PassageRow).where(mine, col(PassageRow.passage).in_(gone)))
    owner = {"workspace_id": workspace_id, "postmortem_id": postmortem_id}
    kept = [
        owner | {"passage": passage, "text": text}
        for passage, text in texts.items()
        if passage not in gone
    ]
    if not kept:
        return
    insert = upsert(session, PassageRow)
    newest = {"text": insert.excluded["text"]}
    which = ["postmortem_id", "passage"]
    await run(session, insert.on_conflict_do_update(index_elements=which, set_=newest), kept)
