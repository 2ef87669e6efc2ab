"""The root cause's form: the whys, what they lead to, and its classes; for tier 3 a paragraph."""

from collections.abc import Sequence
from dataclasses import dataclass

from blocks.causal_classes import Choice, classes_input, read_classes
from blocks.conflicts import as_typed, shown_again
from blocks.forms import Opened, opened, values
from blocks.inputs import checkboxes_element, field_input, option, text_element
from blocks.parts import Block, View, context, modal
from blocks.text import escape, plain
from domain.errors import RuleBroken
from domain.postmortems import TEXT_MAX, Postmortem, Tier
from domain.whys import WHY_MAX, WHYS_ASKED, WHYS_MAX

ROOT_CAUSE = "edit_root_cause"
OPEN_ROOT_CAUSE = "open_root_cause"

_QUESTION = "why_question"
_KEEP = "keep_why"
_KEPT = "as_it_is"


@dataclass(frozen=True, kw_only=True)
class RootCause:
    """What the form holds; None is what it did not ask for.

    `whys` are as they stand in the form, empty ones too; with `keeps_why` the author has thought
    about a *why* that names a person and wants no further one.
    """

    opened: Opened
    cause: str
    whys: tuple[str, ...] | None = None
    keeps_why: bool = False
    classes: tuple[int, ...] | None = None


def root_cause_title(tier: Tier) -> str:
    """What the section is called in a postmortem of this tier."""
    return "What happened" if tier is Tier.PARAGRAPH else "Root cause"


def root_cause_modal(
    postmortem: Postmortem, seen: int, whys: Sequence[str] = (), choice: Choice | None = None
) -> View:
    """The form of the root cause; five whys lead to it in tier 1, and wherever some are written."""
    tier = postmortem.facts.tier
    title = root_cause_title(tier)
    element = text_element(
        postmortem.root_cause,
        most=TEXT_MAX,
        multiline=True,
        placeholder="The connection pool was sized for one region; the failover doubled its load",
    )
    cause = field_input("root_cause", title, element, hint=_hint(tier), optional=True)
    asks_why = tier is Tier.FULL or whys
    return modal(
        f"{postmortem.key} · {title}",
        [*(_whys(whys) if asks_why else []), cause, *classes_input(choice or Choice())],
        callback_id=ROOT_CAUSE,
        submit="Save",
        metadata=Opened(postmortem_id=postmortem.id, seen=seen).metadata(),
    )


def _whys(whys: Sequence[str]) -> list[Block]:
    places = max(WHYS_ASKED, min(len(whys), WHYS_MAX))
    texts = [*whys, *[""] * places][:places]
    return [_why(place, text) for place, text in enumerate(texts, start=1)]


def _why(place: int, text: str) -> Block:
    element = text_element(text, most=max(WHY_MAX, len(text)))
    label = "1. Why did it happen?" if place == 1 else f"{place}. And why was that?"
    return field_input(f"why_{place}", label, element, optional=True)


def _hint(tier: Tier) -> str:
    if tier is Tier.PARAGRAPH:
        return "One paragraph: what failed, why it could, and what ended it."
    return (
        "Which condition of the system made this possible? Where the answer is a person "
        "or a mistake, ask once more what let it through."
    )


def read_root_cause(view: View) -> RootCause:
    """What the form was opened for, and what was typed and chosen."""
    typed = values(view)
    places = range(1, WHYS_MAX + 1)
    return RootCause(
        opened=opened(view),
        cause=typed.get("root_cause", "").strip(),
        whys=tuple(typed.get(f"why_{place}", "").strip() for place in places)
        if "why_1" in typed
        else None,
        keeps_why=_KEPT in typed.get(_KEEP, ()),
        classes=read_classes(typed),
    )


def asked_once_more(mine: View, broken: RuleBroken) -> View:
    """The form again as it was typed, with the question above the *why* that answers it.

    A box beneath lets the author keep what stands there (rule 4: nobody is held up).
    """
    own = [
        as_typed(block, mine)
        for block in mine["blocks"]
        if block.get("block_id") not in (_QUESTION, _KEEP)
    ]
    place = int(broken.field.removeprefix("why_"))
    ids = [block.get("block_id") for block in own]
    if broken.field not in ids:
        own.insert(ids.index(f"why_{place - 1}") + 1, _why(place, ""))
    at = own.index(next(block for block in own if block.get("block_id") == broken.field))
    asked = [context(f":bulb: {escape(str(broken))}") | {"block_id": _QUESTION}]
    blocks = [*own[:at], *asked, own[at], _keep(), *own[at + 1 :]]
    return shown_again(mine, blocks) | {"submit": plain("Save")}


def _keep() -> Block:
    box = option(_KEPT, "Keep it as it is", "The card will say that a further why is missing")
    return field_input(_KEEP, "Or", checkboxes_element([box], []), optional=True)


def root_cause_in_words(cause: str, whys: Sequence[str], classes: Sequence[str]) -> str:
    """All of the section as plain text, for somebody who was overtaken while changing it."""
    named = [f"Causal classes: {', '.join(classes)}"] if classes else []
    return "\n".join([*(f"Why? {why}" for why in whys), *([cause] if cause else []), *named])
