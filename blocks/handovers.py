"""The question whether somebody takes an item on, and what became of it (rule 16)."""

from blocks.item_buttons import decision_button, open_button
from blocks.item_news import News, item_words
from blocks.parts import Block, Message, actions, context, section
from blocks.text import day, mention, moment, one_line, shown
from domain.action_items import HistoryEntry
from domain.decisions import Decision
from domain.news import RETURNED

_DONE_WHEN_SHOWN = 500


def asked_message(news: News) -> Message:
    """Ask the reader to take the item on; `news.entry` is where they were asked."""
    item, key = news.item, news.key
    asks = f"{mention(news.entry.actor)} asks you to take on {key}"
    said = f"*{asks}:* {item_words(news)}, due {day(item.due_on)}."
    reason = one_line(news.entry.reason)
    why = f"\n>{shown(reason, _DONE_WHEN_SHOWN)}" if reason and news.is_told else ""
    buttons = [
        decision_button(Decision.TAKE, item.id or 0, key, style="primary"),
        decision_button(Decision.DECLINE, item.id or 0, key),
        open_button(item.id or 0, key),
    ]
    blocks = [section(f"{said}{why}"), *_done_when(news), context(_until(news)), actions(buttons)]
    return {"text": f"{asks}, due {day(item.due_on)}.", "blocks": blocks}


def _done_when(news: News) -> list[Block]:
    if not news.is_told:
        return []
    return [section(f"_Done when:_ {shown(one_line(news.item.done_when), _DONE_WHEN_SHOWN)}")]


def _until(news: News) -> str:
    owner = mention(news.item.owner)
    return (
        f"Until you answer it stays with {owner}. "
        "Without an answer in two working days I stop asking."
    )


def settled_message(news: News, settled: HistoryEntry) -> Message:
    """What the question says once it is settled; `settled` is the entry that did so."""
    said = _outcome(news, settled)
    text = f"{news.key}: {said}"
    words = f"*{news.key}* · {item_words(news)}\n{said}"
    return {"text": text, "blocks": [section(words, open_button(news.item.id or 0, news.key))]}


def _outcome(news: News, settled: HistoryEntry) -> str:
    owner = mention(news.item.owner)
    if settled.event == Decision.TAKE:
        return f":white_check_mark: You took it on, {moment(settled.at)}."
    if settled.event == Decision.DECLINE and settled.actor == news.reader:
        return f"You declined, {moment(settled.at)}. It stayed with its owner."
    if settled.event == RETURNED:
        return f"It returned to {owner} after two working days without an answer."
    return f"It was settled otherwise, {moment(settled.at)}: nobody waits for your answer any more."
