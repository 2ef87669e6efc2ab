"""A postmortem as people see it: the card in its channel, and the window of `/postmortem`."""

from blocks.accepted_risks import ACCEPT_RISK
from blocks.action_items import ADD_ITEM
from blocks.agreements import agreement_blocks
from blocks.card_facts import facts_section
from blocks.card_risks import risks_blocks
from blocks.card_sections import (
    factors_section,
    item_section,
    timeline_blocks,
)
from blocks.causal_classes import classes_blocks
from blocks.contributing_factors import OPEN_FACTORS
from blocks.inherited import inherited_blocks
from blocks.lessons import OPEN_LESSONS, lessons_section
from blocks.limits import MESSAGE_WEIGHT, weight_of
from blocks.meetings import meeting_blocks
from blocks.notes import notes_section
from blocks.parts import (
    Block,
    Message,
    View,
    actions,
    button,
    context,
    divider,
    header,
    modal,
    section,
)
from blocks.publishing import publication_blocks
from blocks.room import ROOMY, TIGHT, Room
from blocks.text import escape, mention, moment, one_line, shown
from blocks.tickets import again_label, try_all_button
from blocks.timeline import OPEN_TIMELINE
from blocks.whole import PostmortemView
from blocks.whys import root_cause_section
from domain.action_items import max_items
from domain.agreements import standing
from domain.completeness import ASKED_SECTIONS, missing
from domain.meetings import has_meeting
from domain.passages import Passage
from domain.postmortems import Section
from domain.whys import read_whys

__all__ = ["PostmortemView", "card", "hub_modal"]

_LESSONS = frozenset({Passage.WENT_WELL, Passage.WENT_WRONG, Passage.LESSONS})


def card(view: PostmortemView) -> Message:
    """The one message in the channel that is always current."""
    postmortem = view.postmortem
    facts = postmortem.facts
    title = shown(one_line(facts.title), 400)
    gaps = missing(facts.tier, view.filled)
    state = f"Still missing: {', '.join(gaps)}." if gaps else "Nothing is missing."
    text = f"{postmortem.key} {title} ({facts.severity}, tier {facts.tier:d}). {state}"
    top = header(f"{postmortem.key} · {one_line(facts.title)}")
    return {"text": text, "blocks": _as_full_as_fits(top, view)}


def _as_full_as_fits(top: Block, view: PostmortemView) -> list[Block]:
    """The blocks, with less of each section where all of them together would be too heavy."""
    blocks = [top, *_body(view)]
    return blocks if weight_of(blocks) <= MESSAGE_WEIGHT else [top, *_body(view, TIGHT)]


def hub_modal(view: PostmortemView) -> View:
    """The card as a window for one person: what `/postmortem` opens where there is one already."""
    postmortem = view.postmortem
    top = header(one_line(postmortem.facts.title))
    return modal(f"Postmortem {postmortem.key}", [top, *_body(view)], close="Close")


def _body(view: PostmortemView, room: Room = ROOMY) -> list[Block]:
    postmortem = view.postmortem
    return [
        facts_section(postmortem, room),
        _missing_section(view),
        *classes_blocks(postmortem, view.classes, view.earlier),
        divider(),
        *(
            timeline_blocks(view, room)
            if view.entries or Section.TIMELINE in ASKED_SECTIONS[postmortem.facts.tier]
            else []
        ),
        *agreement_blocks(view, view.left),
        *_analysis(view, room),
        divider(),
        _items_heading(view),
        *(
            item_section(postmortem, item, view.factors, room, again=again_label(view.items))
            for item in view.items
        ),
        *risks_blocks(view.risks, postmortem.key, view.today, room),
        *inherited_blocks(view.inherited, room),
        _decisions(view),
        *meeting_blocks(postmortem, view.meeting, room, chair_has_left=view.chair_has_left),
        *publication_blocks(view),
        context(_last_change(view)),
    ]


def _analysis(view: PostmortemView, room: Room) -> list[Block]:
    """What was found out: empty sections only where the tier asks for them (rule 5)."""
    postmortem = view.postmortem
    asked = ASKED_SECTIONS[postmortem.facts.tier]
    has_lessons = bool(_LESSONS & view.passages.keys())
    return [
        *(
            [factors_section(postmortem, view.factors, room)]
            if view.factors or Section.FACTORS in asked
            else []
        ),
        root_cause_section(postmortem, read_whys(view.passages.get(Passage.WHYS, "")), room),
        *(
            [lessons_section(postmortem, view.passages, room)]
            if has_lessons or Section.LESSONS in asked
            else []
        ),
        *notes_section(postmortem, view.passages.get(Passage.NOTES, "")),
        *_offered(view, has_lessons=has_lessons),
    ]


def _offered(view: PostmortemView, *, has_lessons: bool) -> list[Block]:
    """Buttons of the sections that the tier does not ask for, while they are empty."""
    asked, value = ASKED_SECTIONS[view.postmortem.facts.tier], str(view.postmortem.id)
    offers = [
        (Section.TIMELINE, bool(view.entries), "Add a timeline", OPEN_TIMELINE),
        (Section.FACTORS, bool(view.factors), "Add contributing factors", OPEN_FACTORS),
        (Section.LESSONS, has_lessons, "Add lessons", OPEN_LESSONS),
    ]
    buttons = [
        button(label, action_id, value)
        for section_, is_there, label, action_id in offers
        if not is_there and section_ not in asked
    ]
    return [actions(buttons)] if buttons else []


def _missing_section(view: PostmortemView) -> Block:
    """What the tier still asks for; of a meta-review, which is of no incident, nothing is asked."""
    if view.is_meta:
        return section(":calendar: *Meta-review.* Its action items are kept here.")
    facts = view.postmortem.facts
    gaps = missing(facts.tier, view.filled)
    if gaps:
        return section(f":pencil: *Still missing for tier {facts.tier:d}:* {', '.join(gaps)}")
    waiting = len(standing(facts.responders, view.agreements, view.left).waiting)
    if waiting and view.entries and has_meeting(facts.tier) and view.publication is None:
        people = "1 person has" if waiting == 1 else f"{waiting} people have"
        return section(f":pencil: *Everything is written. {people} yet to agree.*")
    return section(f":white_check_mark: *Everything that tier {facts.tier:d} asks for is here.*")


def _items_heading(view: PostmortemView) -> Block:
    room = max_items(view.postmortem.facts.tier)
    heading = f"*Action items* · {len(view.items)} of {room}"
    if not view.items:
        heading += "\n_None yet. What will be different, and who will see to it?_"
    return section(heading)


def _decisions(view: PostmortemView) -> Block:
    """The buttons that decide something; a full postmortem offers no further item (rule 1)."""
    value = str(view.postmortem.id)
    is_wrong = any(each.ticket_trouble for each in view.items)
    again = [try_all_button(view.postmortem, view.items)] if is_wrong else []
    add = button("Add an action item", ADD_ITEM, value, primary=not view.items)
    accept = button("Accept a risk", ACCEPT_RISK, value)
    room = len(view.items) < max_items(view.postmortem.facts.tier)
    return actions([*([add] if room else []), accept, *again])


def _last_change(view: PostmortemView) -> str:
    postmortem = view.postmortem
    began, opens = _beginning(view)
    edits = sorted(view.edits.values(), key=lambda edit: edit.edited_at)
    if not edits:
        return f"{began} {moment(postmortem.created_at)} · {opens}"
    last = edits[-1]
    return (
        f"{began} · last change: {escape(last.section)} by {mention(last.edited_by)}, "
        f"{moment(last.edited_at)} · {opens}"
    )


def _beginning(view: PostmortemView) -> tuple[str, str]:
    """How it came to be, and what opens it: some have no channel to be opened in."""
    postmortem = view.postmortem
    if postmortem.channel is None:
        kind = "meta-review" if view.is_meta else "imported"
        return f"{postmortem.key} · {kind}", "`/postmortem list` finds it"
    return f"{postmortem.key} · begun by {mention(postmortem.created_by)}", "`/postmortem` opens it"
