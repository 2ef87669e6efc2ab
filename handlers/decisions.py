"""A decision about an action item, kept: the item, its history, and everybody it concerns."""

from dataclasses import dataclass

import structlog
from sqlmodel.ext.asyncio.session import AsyncSession

from blocks.item_words import key_of
from domain.accepted_risks import AcceptedRisk, check_room
from domain.action_items import ActionItem, ItemState
from domain.decisions import Decided, Decision, Moment, decide
from domain.postmortems import Postmortem, Section
from domain.roles import Role
from handlers import item_news, kept_items, kept_risks
from handlers.answers import Repeated
from handlers.deciders import check_decides, mentioned, named
from handlers.kept_items import Deed
from handlers.showing import show_again
from storage import accepted_risks, indexing, sections

log = structlog.get_logger(__name__)


@dataclass(frozen=True, kw_only=True)
class Act:
    """What somebody decides, when and by which press; `is_form` where a form shows a refusal."""

    said: Decided
    at: Moment
    submission: str = ""
    is_form: bool = False


async def keep_decision(
    session: AsyncSession, postmortem: Postmortem, item: ActionItem, act: Act
) -> ActionItem:
    """Keep a decision about an item, and return it as it is then; the postmortem must be locked.

    RuleBroken says who may decide so, or what to mend; Repeated that nothing would change.
    """
    said, at = act.said, act.at
    called = named if act.is_form else mentioned
    role = await check_decides(session, postmortem, item, at.by, said.decision, called)
    new = decide(item, said, at)
    if new == item:
        raise Repeated
    await _risks(session, postmortem, item, act)
    deed = Deed(
        by=at.by,
        at=at.now,
        event=said.decision,
        reason=said.words,
        acting="" if role is Role.OWNER else role,
        also=_beside(said),
    )
    entry_id = await kept_items.change(session, postmortem.workspace, item, new, deed)
    await _mark(session, postmortem, act)
    await item_news.owe(session, postmortem, item, new, entry_id, deed)
    concerned = {item.owner, new.owner, item.proposed_owner, item.proposed_by} - {""}
    await show_again(session, postmortem, new, concerned, by=at.by, now=at.now)
    log.info("item_decided", item=key_of(postmortem, item), decision=said.decision)
    return new


def _beside(said: Decided) -> dict[str, tuple[str, str]]:
    """Who accepts what until when, or owns the project: the item itself does not say."""
    if said.decision is Decision.PROMOTE:
        return {"project_owner": ("", said.person)}
    if said.decision is not Decision.ACCEPT:
        return {}
    return {"accepter": ("", said.person), "until": ("", str(said.day)), "risk": ("", said.risk)}


async def _mark(session: AsyncSession, postmortem: Postmortem, act: Act) -> None:
    """Note who decided last, by which press; and let new words be found."""
    await sections.mark(
        session,
        postmortem.id,
        Section.ACTION_ITEMS,
        by=act.at.by,
        now=act.at.now,
        submission=act.submission,
    )
    await indexing.index(session, postmortem.workspace, postmortem.id)


async def _risks(session: AsyncSession, postmortem: Postmortem, item: ActionItem, act: Act) -> None:
    """Keep the risk that is accepted instead of doing the item; end it when that is reopened."""
    said, at = act.said, act.at
    if said.decision is Decision.ACCEPT:
        check_room(len(await accepted_risks.risks(session, postmortem.id)))
        risk = AcceptedRisk(
            risk=said.risk,
            accepter=said.person,
            reason=said.words,
            until=said.day or at.today,
            item_id=item.id,
        )
        where = postmortem.workspace, postmortem.id
        await kept_risks.add(session, *where, risk, by=at.by, now=at.now)
    if said.decision is Decision.REOPEN and item.state is ItemState.ACCEPTED:
        await kept_risks.end_with(session, postmortem, item, said.words, at)
