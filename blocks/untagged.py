"""Incidents without a causal class: asked for in a review's thread, and the form that gives one."""

from collections.abc import Sequence

from blocks.causal_classes import Choice, classes_input, read_classes
from blocks.forms import Opened, opened, values
from blocks.parts import Block, Message, View, button, context, modal, section
from blocks.text import bold, mention, moment, one_line, shown
from domain.causal_classes import NAME_MAX
from domain.postmortems import Postmortem
from domain.tagged import TAGGED_MOST, TaggedIncident
from domain.untagged import Untagged, UntaggedIncident

CHOOSE_CLASSES = "choose_classes"
CHOOSING = "choosing_classes"
_TITLE_MAX, _SERVICE_MAX, _CLASS_MAX = 300, 120, 5 * NAME_MAX
_WHY = (
    "Repeats are counted by causal class. Until these incidents have one, they count in times and "
    "severities, but not in the repeat rate, in recurrence and in the classes. Choose one to three "
    "for each: it takes a moment, and the review can go on meanwhile."
)


def untagged_message(found: Untagged, tagged: Sequence[TaggedIncident] = ()) -> Message:
    """The list, newest first, each with its button.

    Once there is none left it says so, and which were `tagged` since the review began.
    """
    if not found.total:
        return _none_left(tagged)
    said = f"{_incidents(found.total)} of the last twelve months {_have(found.total)} no class yet"
    return {
        "text": f"{said}.",
        "blocks": [
            section(f":label: *{said}*"),
            context(_WHY),
            *(_line(each) for each in found.listed),
            *_rest(found),
        ],
    }


def _none_left(tagged: Sequence[TaggedIncident]) -> Message:
    said = ":label: Every incident of the twelve months before this review has a causal class."
    more = ["… and more."] if len(tagged) > TAGGED_MOST else []
    lines = [*(_tagged(each) for each in tagged[:TAGGED_MOST]), *more]
    return {"text": said, "blocks": [section(said), *(context(each) for each in lines)]}


def _tagged(incident: TaggedIncident) -> str:
    names = ", ".join(shown(one_line(each), _CLASS_MAX) for each in incident.classes)
    return f"{incident.key}: {names}, chosen by {mention(incident.by)}"


def _incidents(number: int) -> str:
    return f"{number} incident{'' if number == 1 else 's'}"


def _have(number: int) -> str:
    return "has" if number == 1 else "have"


def _line(incident: UntaggedIncident) -> Block:
    title = bold(f"{incident.key} · {shown(one_line(incident.title), _TITLE_MAX)}")
    facts = f"{moment(incident.started_at, 'date')} · {_service(incident.service)}"
    spoken = f"Choose classes: {incident.key}"
    choose = button("Choose classes", CHOOSE_CLASSES, str(incident.id), spoken=spoken)
    return section(f"{title}\n{facts}", choose) | {"block_id": f"untagged.{incident.id}"}


def _service(service: str) -> str:
    return shown(one_line(service), _SERVICE_MAX)


def _rest(found: Untagged) -> list[Block]:
    more = found.public - len(found.listed)
    come = "one comes" if more == 1 else "ones come"
    older = [f"{more} older {come} up as these get their classes."] if more > 0 else []
    are = "is" if found.private == 1 else "are"
    whose = f"{found.private} {are} of private channels, whose members choose in their channel."
    said = [*older, *([whose] if found.private else [])]
    return [context(" ".join(said))] if said else []


def choosing_form(postmortem: Postmortem, seen: int, choice: Choice) -> View:
    """The form with nothing but the classes of an incident."""
    facts = postmortem.facts
    about = f"{bold(shown(one_line(facts.title), _TITLE_MAX))}\n{moment(facts.started_at, 'date')}"
    (classes,) = classes_input(choice)
    return modal(
        f"{postmortem.key} · Classes",
        [section(f"{about} · {_service(facts.service)}"), classes | {"optional": False}],
        callback_id=CHOOSING,
        submit="Save",
        metadata=Opened(postmortem_id=postmortem.id, seen=seen).metadata(),
    )


def read_choosing(view: View) -> tuple[Opened, tuple[int, ...]]:
    """What the form was opened for, and the classes that were chosen."""
    return opened(view), read_classes(values(view)) or ()
