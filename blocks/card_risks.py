"""Accepted risks as a card and a postmortem's window show them: each with its end, and a button."""

from collections.abc import Sequence
from datetime import date

from blocks.parts import Block, button, context, section
from blocks.risk_buttons import RENEW_RISK
from blocks.room import ROOMY, Room
from blocks.text import day, mention, one_line, shown
from domain.accepted_risks import AcceptedRisk


def risks_blocks(
    risks: Sequence[AcceptedRisk], key: str, today: date | None = None, room: Room = ROOMY
) -> list[Block]:
    """The risks that were accepted, by whom and until when; those that stand come first.

    One that has run out by `today` is marked. `key` is the postmortem's.
    """
    if not risks:
        return []
    ordered = sorted(risks, key=lambda risk: not risk.stands)
    hidden = len(risks) - room.risks
    more = [context(f"_… and {hidden} more_")] if hidden > 0 else []
    return [
        *(
            _risk(risk, key, today, room, "" if place else "*Accepted risks*\n")
            for place, risk in enumerate(ordered[: room.risks])
        ),
        *more,
    ]


def _risk(risk: AcceptedRisk, key: str, today: date | None, room: Room, heading: str) -> Block:
    words = shown(one_line(risk.risk), room.line)
    why = shown(one_line(risk.reason), room.reason // 2)
    who = f"accepted by {mention(risk.accepter)} until {day(risk.until)}"
    if risk.ended_on is not None:
        return section(f"{heading}•  {words} · {who} · :no_entry_sign: ended {day(risk.ended_on)}")
    ran_out = today is not None and risk.until <= today
    mark = " · :hourglass: *ran out: is it still right not to act?*" if ran_out else ""
    spoken = f"Look at a risk of {key} again"
    look = button("Look at it again", RENEW_RISK, str(risk.id), spoken=spoken)
    return section(f"{heading}•  {words} · {who} · {why}{mark}", look)
