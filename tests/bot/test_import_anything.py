"""Any document is kept by a database or refused in a sentence, and export brings it back."""

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from itertools import count

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.imported import File, keep
from documents.document import Document
from documents.own.norms import normalised
from documents.reading import read_own
from documents.writing import to_markdown
from domain.errors import RuleBroken
from domain.people import Person
from domain.postmortems import Postmortem
from handlers.documents import document_of
from storage import people, postmortems, workspaces
from storage.engine import Sessions
from tests.bot.storable import storable
from tests.documents.strategies import documents

NOW = datetime(2100, 1, 2, tzinfo=UTC)
few = settings(
    max_examples=12,
    phases=[Phase.generate],  # a database is too slow to shrink on
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
numbers = count(1)
#: What of a document can be odd while all else of it is well.
PARTS = (
    *("facts", "passages", "classes", "entries", "factors", "items", "risks", "inherited"),
    *("facilitator", "published", "root_cause", "names"),
)


async def kept(session: AsyncSession, document: Document) -> tuple[Postmortem, list[str]]:
    """Keep a document in a workspace of its own, in which everybody it names is at home."""
    number = next(numbers)
    workspace = f"T{number}"
    await workspaces.ensure(session, workspace)
    owners = (each for each in _owners(document) if each.strip() and each.isprintable())
    here = [Person(id=each, name=f"Ana {each}") for each in owners]
    await people.remember(session, workspace, here, NOW)
    file = File(name=f"{number}", digest=f"{number}")
    made, warnings = await keep(session, workspace, file, document, NOW)
    found = await postmortems.find(session, workspace, made.id)
    assert found is not None
    return found, warnings


def _owners(document: Document) -> Iterable[str]:
    yield from (each.owner for each in document.items)
    yield from (each.accepter for each in document.risks)


@few
@given(storable, documents, st.sampled_from(PARTS))
async def test_any_document_is_kept_or_refused_in_a_sentence(
    sessions: Sessions, document: Document, odd: Document, part: str
) -> None:
    read = read_own(to_markdown(replace(document, **{part: getattr(odd, part)})))
    assert read is not None
    with suppress(RuleBroken):  # any other exception would stop the files after it
        async with sessions.begin() as session:
            await kept(session, read)


@few
@given(storable)
async def test_export_and_import_give_the_same_postmortem(
    sessions: Sessions, document: Document
) -> None:
    async with sessions.begin() as session:
        made, warnings = await kept(session, normalised(document))
        assert warnings == []
        before = normalised(await document_of(session, made))
        read = read_own(to_markdown(before))
        assert read is not None
        again, warnings = await kept(session, read)
        assert warnings == []
        assert await document_of(session, again) == before
