"""The forms that start a postmortem and mend its facts, and the way to all else that shows one."""

from collections.abc import Sequence
from dataclasses import dataclass

from blocks.accepted_risks import ACCEPT_RISK
from blocks.action_items import ADD_ITEM, EDIT_ITEM
from blocks.card_facts import OPEN_FACTS
from blocks.cards import PostmortemView, card, hub_modal
from blocks.conflicts import conflict
from blocks.contributing_factors import OPEN_FACTORS
from blocks.facts import Draft, draft_of, facts_inputs, read_facts_fields
from blocks.forms import Opened, opened, remembered
from blocks.impact import figures_inputs, lasted
from blocks.notices import help_text, sorry_modal
from blocks.parts import View, context, modal
from blocks.root_causes import OPEN_ROOT_CAUSE
from blocks.text import channel_link
from blocks.tiers import tier_inputs
from blocks.timeline import OPEN_TIMELINE
from domain.postmortems import Facts, Postmortem
from domain.prefill import Guess

__all__ = [
    "ACCEPT_RISK",
    "ADD_ITEM",
    "EDIT_ITEM",
    "FACTS",
    "OPEN_FACTORS",
    "OPEN_FACTS",
    "OPEN_ROOT_CAUSE",
    "OPEN_TIMELINE",
    "START",
    "PostmortemView",
    "StartRequest",
    "card",
    "conflict",
    "facts_modal",
    "help_text",
    "hub_modal",
    "read_facts",
    "read_start",
    "sorry_modal",
    "start_modal",
]

START = "start_postmortem"
FACTS = "edit_facts"


@dataclass(frozen=True, kw_only=True)
class StartRequest:
    """What somebody asks for who starts a postmortem."""

    channel: str
    channel_name: str
    is_private: bool
    facts: Facts


def start_modal(
    *,
    channel: str,
    channel_name: str,
    is_private: bool,
    guess: Guess,
    responders: Sequence[str] = (),
    refilled: bool = False,
) -> View:
    """The form that starts a postmortem, filled in as far as the channel tells.

    `refilled` replaces a form that is open: what was guessed gets new ids, since Slack keeps
    what stands in an input that keeps its id (docs.slack.dev/reference/methods/views.update).
    """
    about = {"channel": channel, "channel_name": channel_name, "is_private": is_private}
    inputs = facts_inputs(_draft(guess, responders), ".read" if refilled else "")
    return modal(
        "Start a postmortem",
        [context(f"For {channel_link(channel)}. All of it can be changed later."), *inputs],
        callback_id=START,
        submit="Start",
        metadata=Opened(postmortem_id=0).metadata(**about),
    )


def _draft(guess: Guess, responders: Sequence[str]) -> Draft:
    return Draft(
        title=guess.title,
        service=guess.service,
        severity=guess.severity,
        started_at=guess.started_at,
        detected_at=guess.detected_at,
        recovered_at=guess.recovered_at,
        responders=responders,
    )


def read_start(view: View) -> StartRequest:
    """What the form asks for; RuleBroken on a field that cannot be read."""
    about = remembered(view)
    return StartRequest(
        channel=about["channel"],
        channel_name=about["channel_name"],
        is_private=about["is_private"],
        facts=read_facts_fields(view),
    )


def facts_modal(postmortem: Postmortem, seen: int) -> View:
    """The form that mends the facts, and asks for what is known only later."""
    facts = postmortem.facts
    return modal(
        f"{postmortem.key} · Facts",
        [
            *facts_inputs(draft_of(facts)),
            *lasted(facts),
            *figures_inputs(facts),
            *tier_inputs(facts),
        ],
        callback_id=FACTS,
        submit="Save",
        metadata=Opened(postmortem_id=postmortem.id, seen=seen).metadata(),
    )


def read_facts(view: View) -> tuple[Opened, Facts]:
    """What the form was opened for, and the facts; RuleBroken on a field that cannot be read."""
    return opened(view), read_facts_fields(view)
