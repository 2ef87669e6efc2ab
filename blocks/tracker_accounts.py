"""Whose account is which: the forms in which it is chosen, and what is told of that."""

import json
from collections.abc import Sequence
from dataclasses import dataclass

from blocks.forms import remembered, values
from blocks.inputs import field_input, option, person_element, select_element, text_element
from blocks.parts import View, modal, section
from blocks.text import mention, one_line, shown
from blocks.tracker_people import Somebody
from domain.errors import RuleBroken
from domain.tickets import TrackerKind
from domain.tracker_settings import ACCOUNT_MAX, read_account

ACCOUNT, ANOTHER_ACCOUNT = "tracker_account", "another_tracker_account"
_SHOWN = 5 * ACCOUNT_MAX


@dataclass(frozen=True, kw_only=True)
class AccountWanted:
    """What somebody writes of a person's account; `seen` is what was written when they began.

    `is_new` where they chose the person as well, and saw nothing of what was written.
    """

    kind: TrackerKind
    person: str
    typed: str
    seen: str
    is_new: bool = False


def account_form(somebody: Somebody) -> View:
    """The form in which somebody's account in a tracker is chosen."""
    where = somebody.kind.called
    kept = {"kind": somebody.kind.value, "person": somebody.person, "seen": somebody.typed}
    return modal(
        f"Account in {where}",
        [
            section(mention(somebody.person)),
            field_input(
                "account",
                f"What is their account in {where}?",
                text_element(somebody.typed, most=ACCOUNT_MAX),
                hint=f"Their login, their name, their e-mail address or their id in {where}. "
                "Left empty: by the e-mail address that Slack has of them.",
                optional=True,
            ),
        ],
        callback_id=ACCOUNT,
        submit="Save",
        metadata=json.dumps(kept),
    )


def another_account_form(kinds: Sequence[TrackerKind]) -> View:
    """The form in which anybody's account is chosen, in one of these trackers."""
    options = [option(each.value, each.called) for each in kinds]
    first = kinds[0].value if len(kinds) == 1 else None
    return modal(
        "Account of somebody",
        [
            field_input("person", "Who?", person_element("", "Choose a person")),
            field_input("kind", "In which tracker?", select_element(options, first, "Choose")),
            field_input(
                "account",
                "What is their account there?",
                text_element(most=ACCOUNT_MAX),
                hint="Their login, their name, their e-mail address or their id in the tracker.",
            ),
        ],
        callback_id=ANOTHER_ACCOUNT,
        submit="Save",
        metadata=json.dumps({"is_new": True}),
    )


def read_account_form(view: View) -> AccountWanted:
    """What is wanted of an account; RuleBroken where it cannot be one."""
    kept, typed = remembered(view), values(view)
    is_new = kept.get("is_new", False)
    whose = typed if is_new else kept
    if not whose.get("person"):
        raise RuleBroken("person", "Choose whose account it is.")
    if not whose.get("kind"):
        raise RuleBroken("kind", "Choose the tracker in which they have this account.")
    account = read_account(typed.get("account") or "")
    if is_new and not account:
        raise RuleBroken("account", "Write their login, their name, their address or their id.")
    return AccountWanted(
        kind=TrackerKind(whose["kind"]),
        person=whose["person"],
        typed=account,
        seen=kept.get("seen", ""),
        is_new=is_new,
    )


def unknown_text(wanted: AccountWanted, stays: str = "") -> str:
    """Tell whoever chose an account that there is none; `stays` is the one there was."""
    whose = mention(wanted.person)
    since = f"those of {whose} have nobody"
    if stays:
        since = f"{whose} keeps {shown(one_line(stays), _SHOWN)}"
    return (
        f"{wanted.kind.called} has no account “{shown(wanted.typed, _SHOWN)}” that tickets can be "
        f"assigned to, so {since}. Write it in another way in `/postmortem settings trackers`, "
        "under People, or let them be added to the project."
    )


def not_changed_text(wanted: AccountWanted, stays: str, sentence: str) -> str:
    """Tell whoever chose an account that the one there was stays: nobody answered."""
    return (
        f"I could not look for “{shown(wanted.typed, _SHOWN)}”, so {mention(wanted.person)} keeps "
        f"{shown(one_line(stays), _SHOWN)} in {wanted.kind.called}. Save it again in a while. "
        f"{shown(one_line(sentence), _SHOWN)}"
    )


def not_looked_text(wanted: AccountWanted, sentence: str) -> str:
    """Tell whoever chose an account that it could not be looked for yet."""
    return (
        f"I have kept “{shown(wanted.typed, _SHOWN)}” for {mention(wanted.person)} in "
        f"{wanted.kind.called}, and look for it when I make their next ticket: now I could not. "
        f"{shown(one_line(sentence), _SHOWN)}"
    )
