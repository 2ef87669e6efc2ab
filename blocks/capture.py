"""Adding to a timeline without its form: the shortcut's small form, and what is said of it all."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from blocks.forms import Opened, remembered, values
from blocks.inputs import field_input, moment_element, option, select_element, text_element
from blocks.parts import Block, View, context, modal
from blocks.text import channel_link, escape, link, moment, one_line, quoted, shown
from domain.errors import RuleBroken
from domain.sources import Heading, instant_of
from domain.timeline import ENTRY_MAX, Milestone, Source, SourceState, TimelineEntry

SHORTCUT = "add_to_timeline"
MESSAGE = "add_message"
#: So many other postmortems are offered for a message of another channel.
OFFERED = 25
TEXT_SAID = 150

_CLOCK = re.compile(r"\b[0-9]{1,2}[:.][0-9]{2}\b")
_NONE = "none"
_HERE = "here"
_NAMES = {Source.ALERT: "alert", Source.DEPLOY: "deploy", Source.PIN: "pinned message"}
_SINCE = {SourceState.EDITED: ", edited since", SourceState.DELETED: ", deleted since"}

USAGE = (
    "Write what happened after it: `/postmortem log failover started` notes it now, "
    "`/postmortem log 14:03 failover started` at that time."
)
IN_A_DM = (
    "What is said in a direct message stays there. Write it down with "
    "`/postmortem log [time] text` in the incident's channel."
)
LOG_IN_A_DM = (
    "A timeline belongs to the channel where the incident was handled. "
    "Run `/postmortem log [time] text` there."
)
WAITS = (
    "It moves into the timeline when somebody starts this channel's postmortem with `/postmortem`."
)
TIME_FIRST = (
    "It is noted as happening now. Where another time is meant, that stands first: "
    "`/postmortem log 14:03 failover started`."
)
SAYS_NOTHING = (
    "This message does not say what happened. Choose one in which somebody writes, "
    "or write it down with `/postmortem log [time] text`."
)
OUR_OWN = (
    "This is my own message: what it says is in the postmortem already. "
    "Choose a message of somebody else."
)


@dataclass(frozen=True, kw_only=True)
class Target:
    """Where a message stands, and where it can go: its channel's own postmortem, or another.

    `own` is None until that is started. `others` are offered only where it is not.
    """

    channel: str
    is_private: bool
    own: Heading | None = None
    others: Sequence[Heading] = ()


@dataclass(frozen=True, kw_only=True)
class MessageRequest:
    """What somebody asks for; `postmortem_id` is None for the message's own channel."""

    entry: TimelineEntry
    is_private: bool
    postmortem_id: int | None


def message_modal(entry: TimelineEntry, target: Target) -> View:
    """The form of one message, filled with what it says and when that was."""
    about = {
        "channel": target.channel,
        "private": target.is_private,
        "ts": entry.message_ts,
        "source": entry.source,
    }
    what = text_element(entry.text, most=ENTRY_MAX, multiline=True)
    return modal(
        "Add to timeline",
        [
            context(_where(target)),
            *_which(target),
            field_input("text", "What happened?", what),
            field_input("at", "When?", moment_element(entry.at), hint="In your own time zone."),
            _milestones(),
        ],
        callback_id=MESSAGE,
        submit="Add",
        metadata=Opened(postmortem_id=0).metadata(**about),
    )


def _where(target: Target) -> str:
    if target.own is not None:
        return f"For {target.own.key} · {shown(one_line(target.own.title), TEXT_SAID)}"
    here = f"{channel_link(target.channel)} has no postmortem yet. {WAITS}"
    if target.is_private:
        return f"{here} The channel is private, so this message goes into no other."
    return here


def _which(target: Target) -> list[Block]:
    """The menu of postmortems; none where there is nothing to choose."""
    if target.own is not None or target.is_private or not target.others:
        return []
    here = option(_HERE, "This channel's own, once it is started")
    others = [
        option(str(each.id), one_line(f"{each.key} · {each.title}")) for each in target.others
    ]
    menu = select_element([here, *others[:OFFERED]], _HERE, "Choose a postmortem")
    return [field_input("postmortem", "Which postmortem?", menu)]


def _milestones() -> Block:
    choices = [option(_NONE, "None"), *(option(one, one.capitalize()) for one in Milestone)]
    menu = select_element(choices, _NONE, "Choose")
    return field_input("milestone", "Milestone", menu, hint="Was it one of these?", optional=True)


def read_message(view: View) -> MessageRequest:
    """What the form asks for; RuleBroken on a field that needs an answer."""
    typed, about = values(view), remembered(view)
    text, milestone, which = typed["text"].strip(), typed.get("milestone"), typed.get("postmortem")
    if not text:
        raise RuleBroken("text", "Say in a few words what happened.")
    if typed.get("at") is None:
        raise RuleBroken("at", "Say when it happened.")
    return MessageRequest(
        entry=TimelineEntry(
            at=_exactly(typed["at"], about["ts"]),
            text=text,
            milestone=Milestone(milestone) if milestone not in (None, _NONE) else None,
            source=Source(about["source"]),
            message_channel=about["channel"],
            message_ts=about["ts"],
        ),
        is_private=about["private"],
        postmortem_id=int(which) if which not in (None, _HERE) else None,
    )


def _exactly(at: datetime, ts: str) -> datetime:
    """The message's own instant where nobody chose another: a menu knows no fractions."""
    said = instant_of(ts)
    return said if said.replace(microsecond=0) == at else at


def source_mark(entry: TimelineEntry) -> str:
    """Where an entry is known from, to stand after its words; empty where somebody wrote it.

    Tells too when the message was edited or deleted since.
    """
    if not entry.message_ts:
        return ""
    name = _NAMES.get(entry.source, "message")
    return f" · {link(entry.permalink, name)}{_SINCE.get(entry.source_state, '')}"


def noted(entries: Sequence[TimelineEntry], key: str = "", now: datetime | None = None) -> str:
    """What is told to whoever wrote these down; without the key of a postmortem they wait.

    What was taken to happen `now`, and names a time further in, may have been meant otherwise.
    """
    first = entries[0]
    what = f" {len(entries)} entries, the first" if len(entries) > 1 else ","
    told = f"Noted{what} {moment(first.at)}: {shown(one_line(first.text), TEXT_SAID)}"
    where = f"In the timeline of {key}." if key else WAITS
    meant = [TIME_FIRST] if first.at == now and _CLOCK.search(first.text) else []
    return "\n".join([told, where, *meant])


def not_noted(sentence: str, text: str) -> str:
    """Why a line was not taken, and the line again, so that nothing has to be typed twice."""
    first = f"{sentence[:1].upper()}{sentence[1:]}"
    return f"{escape(first)}\nNothing was noted. You wrote:\n{quoted(text, 2500)}"


def not_added(sentence: str, permalink: str) -> str:
    """Why a marked message was not taken into its channel's timeline."""
    return f"I could not add {link(permalink, 'this message')} to the timeline. {escape(sentence)}"
