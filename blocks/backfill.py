"""What was found in a channel's history: looked through page by page, ticked, then added."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from blocks.forms import Opened, remembered
from blocks.inputs import VALUE, checkboxes_element, field_input, option
from blocks.parts import Block, View, actions, button, context, modal, section
from blocks.text import moment, one_line
from domain.candidates import Candidate
from domain.postmortems import Postmortem
from domain.proposals import Proposal
from domain.timeline import Source

#: The button that leads here; its value is the postmortem's id.
FIND_ENTRIES = "find_entries"
FOUND = "add_found_entries"
NEXT_FOUND, BACK_FOUND = "next_found_entries", "back_found_entries"
READ_ON = "read_on_for_entries"

#: The input that a refusal is shown at.
FIELD = "found"
#: Slack's limit for one set of boxes (docs.slack.dev/reference/block-kit/block-elements/
#: checkboxes-element), and how many sets stand on a page.
BOXES = 10
PAGE = 5 * BOXES
_MORE_AT_ONCE = 2

_KNOWN_FROM: Mapping[Source, str] = {
    Source.ALERT: "alert",
    Source.DEPLOY: "deploy",
    Source.APP: "an app",
    Source.PIN: "pinned",
    Source.REACTION: "marked",
    Source.TYPED: "somebody's words",
}


def find_button(postmortem_id: int) -> Block:
    """The button that looks for entries in the channel."""
    spoken = "Find timeline entries in the channel's messages"
    return button("Find it in the channel", FIND_ENTRIES, str(postmortem_id), spoken=spoken)


def reading_window(messages_read: int = 0, seconds: int = 0) -> View:
    """What is seen while the channel is read: how far it got, and how long Slack lets it wait."""
    words = "Reading the channel …"
    if seconds:
        words = f"Slack lets me read on in {seconds} s. Nothing is lost: I wait."
    so_far = f"{messages_read:,} messages read so far." if messages_read else "This takes a moment."
    return modal("From the channel", [section(words), context(so_far)], close="Close")


def nothing_found(postmortem: Postmortem, proposal: Proposal) -> View:
    """A window that says that there is nothing to add, and what else there is."""
    words = (
        f"I read {_messages(proposal.messages_read)}, from twelve hours before it started to "
        "twelve hours after it was over, and found none that is not in the timeline already: no "
        "alert, no deploy, nothing pinned or marked. Mark a message with the reaction, or use "
        "*Add to timeline* in its menu, and it is there at once. "
        "If it was on another day, mend the facts first."
    )
    return modal(f"{postmortem.key} · From the channel", [section(words)], close="Close")


def proposal_form(
    opened: Opened,
    key: str,
    proposal_id: int,
    proposal: Proposal,
    ticked: Sequence[str],
    *,
    page: int = 0,
    names: Mapping[str, str] | None = None,
) -> View:
    """One page of the proposal; what is ticked on the others is remembered beside it."""
    pages = _pages(proposal)
    page = min(max(page, 0), pages - 1)
    bits = sum(
        1 << place
        for place, candidate in enumerate(proposal.candidates)
        if candidate.message_ts in ticked
    )
    zone = ZoneInfo(opened.zone or "UTC")
    blocks = [
        context(_heading(proposal)),
        *_unread(proposal, proposal_id),
        *_boxes(proposal, page, set(ticked), zone, names or {}),
        *_turning(proposal_id, page, pages),
    ]
    return modal(
        f"{key} · From the channel",
        blocks,
        callback_id=FOUND,
        submit="Add to timeline" if proposal.candidates else "",
        metadata=opened.metadata(proposal=proposal_id, page=page, ticks=f"{bits:x}", key=key),
    )


def _pages(proposal: Proposal) -> int:
    return max(1, -(-len(proposal.candidates) // PAGE))


def _heading(proposal: Proposal) -> str:
    found = len(proposal.candidates)
    if not found:
        return f"I read {_messages(proposal.messages_read)} so far and found nothing new."
    left = f" {proposal.left_out:,} less likely ones are left out." if proposal.left_out else ""
    these = "this one" if found == 1 else f"these {found}"
    return (
        f"Of {_messages(proposal.messages_read)} {these} may belong into the timeline.{left} "
        "Ticked ones are added. Answers in threads are not among them: add those with "
        "*Add to timeline* in the message's menu."
    )


def _messages(number: int) -> str:
    return f"{number:,} message{'' if number == 1 else 's'}"


def _unread(proposal: Proposal, proposal_id: int) -> list[Block]:
    """How far back it was read, and the way on; nothing where all of it was."""
    if not proposal.unread_before:
        return []
    since = moment(datetime.fromtimestamp(float(proposal.unread_before), UTC))
    words = f"I read back to {since}; there is more before that."
    return [section(words, button("Read on", READ_ON, str(proposal_id)))]


def _boxes(
    proposal: Proposal, page: int, ticked: set[str], zone: ZoneInfo, names: Mapping[str, str]
) -> list[Block]:
    days = {each.at.astimezone(zone).date() for each in proposal.candidates}
    blocks = []
    for start in range(page * PAGE, min((page + 1) * PAGE, len(proposal.candidates)), BOXES):
        group = proposal.candidates[start : start + BOXES]
        options = [_option(each, zone, names, with_day=len(days) > 1) for each in group]
        first, last = (each.at.astimezone(zone) for each in (group[0], group[-1]))
        ends = [_clock(first, with_day=True), _clock(last, with_day=True)]
        label = " to ".join(dict.fromkeys(ends))
        boxes = checkboxes_element(
            options, [each.message_ts for each in group if each.message_ts in ticked]
        )
        blocks.append(field_input(f"{FIELD}.{start // BOXES + 1}", label, boxes, optional=True))
    return blocks


def _option(
    candidate: Candidate, zone: ZoneInfo, names: Mapping[str, str], *, with_day: bool
) -> Block:
    at = _clock(candidate.at.astimezone(zone), with_day=with_day)
    words = f"{at} {one_line(candidate.text)}"
    return option(candidate.message_ts, words, _why(candidate, zone, names))


def _clock(at: datetime, *, with_day: bool) -> str:
    return f"{at.day} {at:%b %H:%M}" if with_day else f"{at:%H:%M}"


def _why(candidate: Candidate, zone: ZoneInfo, names: Mapping[str, str]) -> str:
    known = _KNOWN_FROM[candidate.source]
    by = names.get(candidate.marked_by)
    parts = [f"{known} by {by}" if by else known]
    if candidate.times > 1 and candidate.last_at is not None:
        parts.append(f"{candidate.times} times until {candidate.last_at.astimezone(zone):%H:%M}")
    return ", ".join(parts) + (f" · {candidate.milestone}" if candidate.milestone else "")


def _turning(proposal_id: int, page: int, pages: int) -> list[Block]:
    if pages < _MORE_AT_ONCE:
        return []
    turns = [
        *([button("Back", BACK_FOUND, str(proposal_id))] if page else []),
        *([button("Next page", NEXT_FOUND, str(proposal_id))] if page + 1 < pages else []),
    ]
    return [context(f"Page {page + 1} of {pages}. Ticks on other pages are kept."), actions(turns)]


def read_ticks(view: View, proposal: Proposal) -> list[str]:
    """The ts of everything that is ticked, on this page and on those that are not shown."""
    kept = remembered(view)
    bits, page = int(kept["ticks"], 16), kept["page"]
    here = range(page * PAGE, (page + 1) * PAGE)
    elsewhere = {
        candidate.message_ts
        for place, candidate in enumerate(proposal.candidates)
        if place not in here and bits >> place & 1
    }
    chosen = elsewhere | _ticked_here(view)
    return [each.message_ts for each in proposal.candidates if each.message_ts in chosen]


def _ticked_here(view: View) -> set[str]:
    typed = view.get("state", {}).get("values", {})
    return {
        choice["value"]
        for block_id, block in typed.items()
        if block_id.partition(".")[0] == FIELD
        for choice in block[VALUE].get("selected_options") or []
    }
