"""A postmortem as a document: everything the database knows of it, and its Markdown."""

from collections.abc import Iterator
from dataclasses import replace

from sqlmodel.ext.asyncio.session import AsyncSession

from documents.canvas import to_canvas
from documents.document import Document
from documents.writing import to_markdown
from domain.accepted_risks import AcceptedRisk
from domain.action_items import ActionItem
from domain.contributing_factors import ContributingFactor
from domain.postmortems import Postmortem
from domain.publishing import Publication
from storage import (
    accepted_risks,
    action_items,
    causal_classes,
    contributing_factors,
    inherited,
    meetings,
    passages,
    people,
    publishing,
    timeline,
)


async def markdown_of(session: AsyncSession, postmortem: Postmortem) -> str:
    """The postmortem in the product's own Markdown, its times in UTC."""
    return to_markdown(await document_of(session, postmortem))


async def canvas_of(session: AsyncSession, postmortem: Postmortem) -> str:
    """The postmortem as Slack's canvas takes it, its times in UTC."""
    return to_canvas(await document_of(session, postmortem))


async def document_of(session: AsyncSession, postmortem: Postmortem) -> Document:
    """All of a postmortem as it stands, with the names of everybody in it."""
    factors = await contributing_factors.factors(session, postmortem.id)
    items = await action_items.items(session, postmortem.id)
    meeting = await meetings.meeting(session, postmortem.id)
    document = Document(
        facts=postmortem.facts,
        key=postmortem.key,
        is_private=postmortem.is_private,
        root_cause=postmortem.root_cause,
        passages=await passages.written(session, postmortem.id),
        classes=tuple(
            each.name for each in await causal_classes.of_postmortem(session, postmortem.id)
        ),
        entries=tuple(
            replace(each, id=None) for each in await timeline.entries(session, postmortem.id)
        ),
        factors=tuple(replace(each, id=None) for each in factors),
        items=_items(items, factors),
        risks=_risks(await accepted_risks.risks(session, postmortem.id), items),
        inherited=tuple(
            replace(each, id=None) for each in await inherited.lines(session, postmortem.id)
        ),
        facilitator=meeting.facilitator if meeting else "",
        published=_published(await publishing.publication(session, postmortem.id)),
    )
    known = await people.known(session, postmortem.workspace, _people(document))
    return replace(document, names={person: known[person].name for person in sorted(known)})


def _items(items: list[ActionItem], factors: list[ContributingFactor]) -> tuple[ActionItem, ...]:
    """The items, each naming the factor that it answers by its place."""
    places = {factor.id: place for place, factor in enumerate(factors, start=1)}
    return tuple(
        replace(item, id=None, factor_id=None if item.factor_id is None else places[item.factor_id])
        for item in items
    )


def _risks(risks: list[AcceptedRisk], items: list[ActionItem]) -> tuple[AcceptedRisk, ...]:
    """The risks, each naming the item that it stands for by its place."""
    places = {item.id: item.position for item in items}
    return tuple(replace(risk, id=None, item_id=places.get(risk.item_id)) for risk in risks)


def _published(publication: Publication | None) -> str:
    return f"{publication.published_at:%Y-%m-%d %H:%M} UTC" if publication else ""


def _people(document: Document) -> Iterator[str]:
    """Everybody whom a document names, some of them more than once."""
    yield from document.facts.responders
    yield document.facilitator
    yield from (item.owner for item in document.items)
    yield from (risk.accepter for risk in document.risks)
    yield from (line.decided_by for line in document.inherited)
