"""The root cause form: whys that go past a person, the cause, and the classes of the incident."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from slack_bolt.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck
from sqlmodel.ext.asyncio.session import AsyncSession

from blocks import root_causes as forms
from blocks.causal_classes import Choice
from blocks.parts import View
from blocks.postmortems import OPEN_ROOT_CAUSE
from domain.causal_classes import CausalClass, check_classes, merged
from domain.errors import RuleBroken
from domain.meta_rules import check_has_classes
from domain.passages import Passage
from domain.people import Person
from domain.postmortems import TEXT_MAX, Postmortem, Section, check_length
from domain.record import Event, RecordEntry
from domain.whys import check_past_a_person, check_whys, read_whys, write_whys
from domain.words import OF_A_CAUSE
from handlers import health, ineffective, left_untagged
from handlers.answers import answering, submission_of
from handlers.sections import Made, changing, of_section, opener
from handlers.suggested_classes import suggested
from handlers.views import LOOKING_BACK
from handlers.wording import Worded, check_words, names_of_responders
from storage import (
    causal_classes,
    meta_reviews,
    passages,
    postmortems,
    record,
)
from storage.engine import Sessions


def register(app: AsyncApp) -> None:
    """Register the root cause form."""
    app.action(OPEN_ROOT_CAUSE)(opener(of_section(Section.ROOT_CAUSE, root_cause_form)))
    app.view(forms.ROOT_CAUSE)(save_root_cause)


async def root_cause_form(
    session: AsyncSession, postmortem: Postmortem, seen: int, _person: Person, _now: datetime
) -> View:
    """The root cause as it stands."""
    whys = await _whys(session, postmortem)
    return forms.root_cause_modal(postmortem, seen, whys, await choice_of(session, postmortem))


async def _whys(session: AsyncSession, postmortem: Postmortem) -> list[str]:
    written = await passages.written(session, postmortem.id)
    return read_whys(written.get(Passage.WHYS, ""))


async def choice_of(session: AsyncSession, postmortem: Postmortem) -> Choice:
    """The classes to choose from, with what each did in the six months before."""
    taxonomy = await causal_classes.taxonomy(session, postmortem.workspace)
    chosen = await causal_classes.of_postmortem(session, postmortem.id)
    began = postmortem.facts.started_at
    found = await causal_classes.earlier(
        session,
        postmortem.workspace,
        postmortem.id,
        [each.id for each in taxonomy],
        since=began - LOOKING_BACK,
    )
    return Choice(
        taxonomy=taxonomy,
        chosen=chosen,
        suggested=() if chosen else await suggested(session, postmortem, taxonomy),
        earlier=[each for each in found if each.started_at < began],
    )


async def save_root_cause(
    ack: AsyncAck,
    view: dict[str, Any],
    sessions: Sessions,
    team_id: str,
    user_id: str,
    now: Callable[[], datetime],
) -> None:
    """Keep the root cause; a last *why* that stops at a person asks for the next (rule 6)."""
    async with answering(ack, view):
        typed = forms.read_root_cause(view)
        check_length("root_cause", typed.cause, TEXT_MAX)
        check_whys(typed.whys or ())
        made = Made(by=user_id, at=now(), submission=submission_of(view))
        concerned = ineffective.locking(team_id, typed.opened.postmortem_id, typed.classes)
        async with changing(
            sessions, team_id, typed.opened, Section.ROOT_CAUSE, root_cause_now, made, concerned
        ) as (session, postmortem):
            names = await names_of_responders(session, postmortem)
            _ask_once_more(view, typed, await _whys(session, postmortem), names)
            cause = {"root_cause": (typed.cause, OF_A_CAUSE)}
            check_words(view, cause, stored=[postmortem.root_cause], names=names)
            await _keep(session, postmortem, typed, made)


def _ask_once_more(
    view: View, typed: forms.RootCause, stored: Sequence[str], names: Sequence[str]
) -> None:
    if typed.keeps_why:
        return
    try:
        check_past_a_person(typed.whys or (), kept=stored[-1:], names=names)
    except RuleBroken as broken:
        raise Worded(forms.asked_once_more(view, broken), 1) from broken


async def _keep(
    session: AsyncSession, postmortem: Postmortem, typed: forms.RootCause, made: Made
) -> None:
    await postmortems.change_root_cause(session, postmortem.id, typed.cause)
    if typed.whys is not None:
        whys = {Passage.WHYS: write_whys(typed.whys)}
        await passages.write(session, postmortem.workspace, postmortem.id, whys)
    if typed.classes is not None:
        await tag(session, postmortem, typed.classes, made)


async def tag(
    session: AsyncSession, postmortem: Postmortem, chosen: Sequence[int], made: Made
) -> None:
    """Make these the classes of an incident, and let whatever rests on them follow.

    What they were before is put on record, items whose fix did not work are marked (rule 13), and
    a review that asks for classes shows which are missing still. What it concerns must be locked
    (`ineffective.lock_concerned`), and no delivery yet. Raises RuleBroken on `classes`.
    """
    old = await causal_classes.of_postmortem(session, postmortem.id)
    new = await _tag(session, postmortem, old, chosen, made)
    await ineffective.mark(session, postmortem, new, made.at)
    if bool(old) != bool(new):
        await left_untagged.again(session, postmortem.workspace, made.at)
    if old != new:
        await health.want(session, postmortem.workspace, made.at)


async def _tag(
    session: AsyncSession,
    postmortem: Postmortem,
    old: Sequence[CausalClass],
    chosen: Sequence[int],
    made: Made,
) -> list[CausalClass]:
    """The classes that the incident has now."""
    where = postmortem.workspace, postmortem.id
    known = await causal_classes.taxonomy(session, postmortem.workspace, retired=True)
    wanted = merged(chosen, known)
    check_classes(wanted, known, [each.id for each in old])
    if {each.id for each in old} == set(wanted):
        return [*old]
    check_has_classes(await meta_reviews.find(session, *where) if wanted else None)
    await causal_classes.tag(session, *where, wanted, by=made.by, now=made.at)
    new = await causal_classes.of_postmortem(session, postmortem.id)
    entry = RecordEntry(
        actor=made.by,
        at=made.at,
        event=Event.TAGGED,
        changes={"causal classes": (_names(old), _names(new))},
    )
    await record.append(session, *where, entry)
    return new


def _names(classes: Sequence[CausalClass]) -> str:
    return ", ".join(each.name for each in classes)


async def root_cause_now(session: AsyncSession, postmortem: Postmortem) -> str:
    """The section as it stands, for somebody whose form was overtaken."""
    whys = await _whys(session, postmortem)
    classes = await causal_classes.of_postmortem(session, postmortem.id)
    return forms.root_cause_in_words(postmortem.root_cause, whys, [each.name for each in classes])
