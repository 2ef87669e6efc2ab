"""The root cause's form; for tier 3 it is the paragraph that is all of the postmortem."""

from blocks.forms import Opened, opened, values
from blocks.inputs import field_input, text_element
from blocks.parts import View, modal
from domain.postmortems import TEXT_MAX, Postmortem, Tier

ROOT_CAUSE = "edit_root_cause"
OPEN_ROOT_CAUSE = "open_root_cause"


def root_cause_title(tier: Tier) -> str:
    """What the section is called in a postmortem of this tier."""
    return "What happened" if tier is Tier.PARAGRAPH else "Root cause"


def root_cause_modal(postmortem: Postmortem, seen: int) -> View:
    """The form that holds the root cause."""
    title = root_cause_title(postmortem.facts.tier)
    element = text_element(
        postmortem.root_cause,
        most=TEXT_MAX,
        multiline=True,
        placeholder="The connection pool was sized for one region; the failover doubled its load",
    )
    cause = field_input(
        "root_cause", title, element, hint=_hint(postmortem.facts.tier), optional=True
    )
    return modal(
        f"{postmortem.key} · {title}",
        [cause],
        callback_id=ROOT_CAUSE,
        submit="Save",
        metadata=Opened(postmortem_id=postmortem.id, seen=seen).metadata(),
    )


def _hint(tier: Tier) -> str:
    if tier is Tier.PARAGRAPH:
        return "One paragraph: what failed, why it could, and what ended it."
    return (
        "Which condition of the system made this possible? Where the answer is a person "
        "or a mistake, ask once more what let it through."
    )


def read_root_cause(view: View) -> tuple[Opened, str]:
    """What the form was opened for, and the root cause as typed."""
    return opened(view), values(view).get("root_cause", "").strip()
