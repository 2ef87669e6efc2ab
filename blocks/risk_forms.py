"""The forms with which an accepted risk is looked at again, and what its accepter is told."""

from dataclasses import dataclass
from datetime import date

from blocks.forms import Opened, opened, remembered, values
from blocks.inputs import day_element, field_input, person_element, text_element
from blocks.item_buttons import open_button
from blocks.parts import Block, Message, View, actions, button, modal, section
from blocks.risk_buttons import END_RISK, risk_buttons
from blocks.text import day, mention, one_line, quoted, shown
from domain.accepted_risks import REASON_MAX, RISK_MAX, AcceptedRisk, default_until
from domain.postmortems import Postmortem
from domain.programme import Programme

RENEWING, ENDING = "risk_renewing", "risk_ending"


@dataclass(frozen=True, kw_only=True)
class RiskDraft:
    """A risk as somebody looks at it again; `key` is the item that was accepted as it, if any."""

    postmortem: Postmortem
    risk: AcceptedRisk
    programme: Programme
    today: date
    by: str
    key: str = ""


@dataclass(frozen=True, kw_only=True)
class RiskAnswer:
    """What somebody says about a risk; `seen` is how often it was accepted again until then."""

    postmortem_id: int
    risk_id: int
    seen: int
    reason: str
    accepter: str = ""
    until: date | None = None


def renew_modal(draft: RiskDraft) -> View:
    """Accept it for another while, or say that it is none any more."""
    until = default_until(draft.programme, draft.today)
    reason = text_element(most=REASON_MAX, multiline=True)
    end = button("It is no risk any more", END_RISK, str(draft.risk.id))
    inputs = [
        field_input("reason", "Why is it right still not to act?", reason),
        field_input(
            "accepter",
            "Who accepts it?",
            person_element(draft.by, "Choose one person"),
            hint="The person who answers for it if it happens again.",
            told_at_once=True,
        ),
        field_input("until", "Until", day_element(until), hint="At most a year from today."),
    ]
    return _form(draft, RENEWING, "Accept", [*_about(draft), actions([end]), *inputs])


def end_modal(draft: RiskDraft) -> View:
    """Say why it is no risk any more."""
    reason = text_element(most=REASON_MAX, multiline=True)
    return _form(
        draft,
        ENDING,
        "End",
        [*_about(draft), field_input("reason", "Why is it no risk any more?", reason)],
    )


def _form(draft: RiskDraft, callback_id: str, submit: str, blocks: list[Block]) -> View:
    about = Opened(postmortem_id=draft.postmortem.id, seen=draft.risk.renewals)
    return modal(
        f"{draft.postmortem.key} · Accepted risk",
        blocks,
        callback_id=callback_id,
        submit=submit,
        metadata=about.metadata(risk=draft.risk.id),
    )


def _about(draft: RiskDraft) -> list[Block]:
    """The risk as it was accepted, and the item that was not done for it."""
    risk = draft.risk
    often = {0: "", 1: ", once again since"}.get(risk.renewals, f", {risk.renewals} times since")
    who = f"{mention(risk.accepter)} accepted it until {day(risk.until)}{often}:"
    said = f"{quoted(risk.risk, 2 * RISK_MAX)}\n{who}\n{quoted(risk.reason, 2 * REASON_MAX)}"
    if risk.item_id is None or not draft.key:
        return [section(said)]
    instead = f"{draft.key} was accepted as this risk. If it is needed after all, reopen it."
    return [section(said), section(instead, open_button(risk.item_id, draft.key))]


def read_answer(view: View) -> RiskAnswer:
    """What the form says, its reason trimmed."""
    typed, about = values(view), opened(view)
    return RiskAnswer(
        postmortem_id=about.postmortem_id,
        risk_id=int(remembered(view)["risk"]),
        seen=about.seen,
        reason=typed.get("reason", "").strip(),
        accepter=typed.get("accepter") or "",
        until=typed.get("until"),
    )


def accepter_message(postmortem: Postmortem, risk: AcceptedRisk, by: str) -> Message:
    """Tell somebody that they answer for a risk; its words only where it is not private."""
    words = "" if postmortem.is_private else f": {shown(one_line(risk.risk), RISK_MAX)}"
    said = (
        f"{mention(by)} named you as the one who accepts a risk of {postmortem.key}{words}. "
        f"You answer for it until {day(risk.until)}; then I ask you about it."
    )
    return {"text": said, "blocks": [section(said), actions(risk_buttons(risk, postmortem.key))]}
