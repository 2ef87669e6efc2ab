"""What waits for the reader of a Home beside their items: answers, agreements, risks, chairs."""

from collections.abc import Sequence

from blocks.digest_lines import has_left, title
from blocks.home_buttons import postmortem_button, review_button
from blocks.item_buttons import decision_button, open_button
from blocks.parts import Block, actions, button, context, header, section
from blocks.risk_buttons import confirm_button, risk_buttons
from blocks.text import channel_link, day, mention, moment, one_line, shown
from blocks.whole_timeline import READ_TIMELINE
from domain.decisions import Decision
from domain.digests import Digest, KeptItem, KeptRisk
from domain.home import Chaired, Home, Looking, Owed, ToConfirm, Waits
from domain.meetings import Stage as MeetingStage
from domain.quarters import read_quarter
from domain.reviews import Review, Stage

#: So many of each are shown: a Home has a hundred blocks (docs.slack.dev/surfaces/app-home), and an
#: answer takes two of them.
ASKED_MOST = 5
CONFIRM_MOST = 3
OWED_MOST = 5
RISKS_MOST = 3
CHAIRS_MOST = 4
QUARTERS_MOST = 2
TITLE_SHOWN = 150


def waiting_blocks(said: Home) -> list[Block]:
    """All of it under its headings; nothing where nothing waits."""
    mine, waits = said.mine, said.waits
    found = [
        *_asked(mine, waits.asked),
        *_to_confirm(mine, waits.to_confirm),
        *_owed(waits),
        *_risks(mine, waits),
        *_chairs(waits),
    ]
    return [header("Waiting for you"), *found] if found else []


def _asked(said: Digest, asked: Sequence[KeptItem]) -> list[Block]:
    if not asked:
        return []
    shown_first = [block for each in asked[:ASKED_MOST] for block in _question(said, each)]
    rest = _rest(len(asked) - ASKED_MOST, "the messages that asked you have their buttons.")
    return [section(":raising_hand: *Waiting for your answer*"), *shown_first, *rest]


def _rest(more: int, where: str) -> list[Block]:
    return [context(f"… and {more} more: {where}")] if more > 0 else []


def _question(said: Digest, kept: KeptItem) -> list[Block]:
    """An item that somebody else answers for until the reader takes it on."""
    item, which = kept.item, kept.item.id or 0
    by = f"{mention(item.proposed_by)} asks you" if item.proposed_by else "you were asked"
    facts = f"{by} to take it on · due {day(item.due_on)} · {mention(item.owner)} owns it now"
    buttons = [
        decision_button(Decision.TAKE, which, kept.key),
        decision_button(Decision.DECLINE, which, kept.key),
        open_button(which, kept.key),
    ]
    return [section(f"{title(kept, said)}\n{facts}"), actions(buttons)]


def _to_confirm(said: Digest, named: Sequence[ToConfirm]) -> list[Block]:
    """Risks that somebody else said the reader accepts."""
    if not named:
        return []
    found = [block for each in named[:CONFIRM_MOST] for block in _named(said, each)]
    rest = _rest(len(named) - CONFIRM_MOST, "the messages that told you have their buttons.")
    return [section(":scales: *You were named to accept a risk*"), *found, *rest]


def _named(said: Digest, named: ToConfirm) -> list[Block]:
    until = f"instead of {named.key} · until {day(named.kept.risk.until)}"
    buttons = [
        confirm_button(named.item_id, named.key),
        decision_button(Decision.REOPEN, named.item_id, named.key, label="I do not: reopen it"),
        open_button(named.item_id, named.key),
    ]
    return [section(f"{title(named.kept, said)}\n{until}"), actions(buttons)]


def _owed(waits: Waits) -> list[Block]:
    if not waits.owed:
        return []
    rest = _rest(waits.owed_total - len(waits.owed), "the cards in their channels have the button.")
    heading = section(":writing_hand: *Timelines waiting for your agreement*")
    return [heading, *(_agreement(each) for each in waits.owed), *rest]


def _agreement(owed: Owed) -> Block:
    words = f"{_name(owed)}\nYou responded: read its timeline, then agree or add what is missing"
    spoken = f"Read the timeline of {owed.key}"
    return section(
        words, button("Read and agree", READ_TIMELINE, str(owed.postmortem_id), spoken=spoken)
    )


def _name(it: Owed | Chaired) -> str:
    """Which postmortem, by its title, and where."""
    where = f" · {channel_link(it.channel)}" if it.channel else ""
    return f"*{it.key}* {shown(one_line(it.title), TITLE_SHOWN)}{where}"


def _risks(said: Digest, waits: Waits) -> list[Block]:
    """Those whose date has come, then those whose date comes soon."""
    risks = [*waits.ran_out, *waits.running_out]
    if not risks:
        return []
    found = [block for each in risks[:RISKS_MOST] for block in _risk(said, each)]
    rest = _rest(len(risks) - RISKS_MOST, "I ask about each when its date comes.")
    return [section(":hourglass: *Accepted risks that run out*"), *found, *rest]


def _risk(said: Digest, kept: KeptRisk) -> list[Block]:
    until, today = kept.risk.until, said.today
    verb = "ran out" if until <= today else "runs out"
    when = {-1: "yesterday", 0: "today", 1: "tomorrow"}.get(
        (until - today).days, f"on {day(until)}"
    )
    facts = " · ".join([*has_left(kept, said), f"{verb} {when}"])
    words = f"{title(kept, said)}\n{facts}"
    return [section(words), actions(risk_buttons(kept.risk, kept.key))]


def _chairs(waits: Waits) -> list[Block]:
    monthly = [_monthly(waits.monthly)] if waits.monthly else []
    found = [
        *monthly,
        *map(_meeting, waits.chairs),
        *map(_quarterly, waits.quarterly[:QUARTERS_MOST]),
    ]
    if not found:
        return []
    more = waits.chairs_total - len(waits.chairs) + max(0, len(waits.quarterly) - QUARTERS_MOST)
    rest = _rest(more, "the messages that asked you to chair have their buttons.")
    return [section(":mega: *Reviews you chair*"), *found, *rest]


def _monthly(review: Review) -> Block:
    if review.stage is Stage.CALLED:
        how = f"{moment(review.due_at)}: it begins by itself"
    else:
        how = f"under way since {moment(review.started_at or review.due_at)}: walk it in its thread"
    words = f"*{review.name}* · {channel_link(review.channel)}\n{how}"
    return section(words, review_button(f"Open the {review.name}"))


_NEXT = {
    MeetingStage.CALLED: "start it when everybody is there",
    MeetingStage.STARTED: "under way: close it when it is through",
}


def _meeting(chaired: Chaired) -> Block:
    called = f"called {moment(chaired.meeting.called_at, 'date')}"
    how = f"Review, tier {chaired.tier:d} · {called} · {_NEXT[chaired.meeting.stage]}"
    opening = postmortem_button(chaired.postmortem_id, chaired.key)
    return section(f"{_name(chaired)}\n{how}", opening)


def _quarterly(looking: Looking) -> Block:
    name = read_quarter(looking.quarter).name
    return section(
        f"*Meta-review of {name}* · {channel_link(looking.channel)}\n"
        "Propose a fix for each pattern in its message there, then close it"
    )
