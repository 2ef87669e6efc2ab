"""The summary of a published postmortem, for people who were not there."""

from blocks.parts import Block, Message, context, header, section
from blocks.publishing import publication_line
from blocks.text import (
    bold,
    channel_link,
    day,
    duration,
    escape,
    mention,
    moment,
    one_line,
    quoted,
    shown,
)
from blocks.whole import PostmortemView
from domain.action_items import ActionItem
from domain.passages import Passage

_TEXT_MAX = 900


def summary(view: PostmortemView) -> Message:
    """What happened, why, and what will be different; a message of about one screen."""
    postmortem, facts = view.postmortem, view.postmortem.facts
    title = one_line(facts.title)
    blocks = [
        header(f"{postmortem.key} · {title}"),
        section("\n".join([_facts(view), *_quoted(facts.impact)])),
        *_part("Root cause", postmortem.root_cause),
        *_classes(view),
        *_part("Lessons", view.passages.get(Passage.LESSONS, "")),
        *_part("What it makes more likely", view.passages.get(Passage.MORE_LIKELY, "")),
        *_items(view),
        *([context(publication_line(view.publication))] if view.publication else []),
    ]
    what = f"{postmortem.key} {shown(title, 300)} is published"
    promised = len(view.items)
    text = f"{what}: {promised} action item{'' if promised == 1 else 's'}."
    return {"text": text, "blocks": blocks}


def _facts(view: PostmortemView) -> str:
    facts = view.postmortem.facts
    lasted = facts.recovered_at and duration(facts.recovered_at - facts.started_at)
    parts = [
        f"*{facts.severity}*",
        shown(one_line(facts.service), 120),
        moment(facts.started_at, "date"),
        *([f"lasted {lasted}"] if lasted else []),
    ]
    channel = view.postmortem.channel
    return " · ".join([*parts, *([channel_link(channel)] if channel else [])])


def _quoted(text: str) -> list[str]:
    return [quoted(text, _TEXT_MAX)] if text.strip() else []


def _part(title: str, text: str) -> list[Block]:
    return [section(f"*{title}*\n{quoted(text, _TEXT_MAX)}")] if text.strip() else []


def _classes(view: PostmortemView) -> list[Block]:
    if not view.classes:
        return []
    names = ", ".join(f"*{escape(each.name)}*" for each in view.classes)
    earlier = len({each.postmortem_id for each in view.earlier})
    again = f" · {earlier} earlier in six months" if earlier else ""
    return [context(f"{names}{again}")]


def _items(view: PostmortemView) -> list[Block]:
    if not view.items:
        return []
    return [section("\n".join(["*What will be different*", *map(_item, view.items)]))]


def _item(item: ActionItem) -> str:
    what = bold(f"{item.position}. {shown(one_line(item.what), 350)}")
    until = f"due {day(item.due_on)}" if item.is_open else str(item.state)
    return f"{what} · {mention(item.owner)}, {until}"
