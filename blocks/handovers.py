"""The question whether somebody takes an item on, and what became of it (rule 16)."""

from blocks.item_buttons import decision_button, open_button
from blocks.item_deeds import News, owner_words
from blocks.item_news import item_words
from blocks.parts import Block, Message, actions, context, section
from blocks.text import day, escape, mention, moment, one_line, shown
from blocks.tickets import its_link
from domain.action_items import HistoryEntry
from domain.decisions import Decision
from domain.news import RETURNED

_DONE_WHEN_SHOWN = 500


def asked_message(news: News) -> Message:
    """Ask the reader to take the item on; `news.entry` is where they were asked.

    Nobody here asked where its ticket was assigned to them: the reason says who did that.
    """
    item, key = news.item, news.key
    asker = news.entry.actor
    asks = f"{mention(asker)} asks you" if asker else "You are asked"
    asks = f"{asks} to take on {key}"
    its_ticket = its_link(item) if news.is_told else []
    said = f"*{asks}:* {', '.join([item_words(news), f'due {day(item.due_on)}', *its_ticket])}."
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
    owner, asker = mention(news.item.owner), mention(news.entry.actor)
    silence = "Without an answer in two working days"
    if news.has_left:
        whose = f"it goes back to {mention(news.lead)}, who leads the programme"
        nobody = _told(asker) if asker else "it stays as it is"
        return f"{owner}, who owns it, has left. {silence} {whose if news.lead else nobody}."
    told = "them" if news.item.owner == news.entry.actor else asker
    stays = f"{silence} it stays with {owner}{f' and {_told(told)}' if told else ''}."
    return f"Until you answer {owner} answers for it. {stays}"


def _told(whom: str) -> str:
    return f"I tell {whom}"


def returned_message(news: News) -> Message:
    """Say that nobody took the item on; to the lead, where its owner has left, with a way on."""
    item_id = news.item.id or 0
    said = f"{news.key} {_whose(news)}: {_silence(news)}"
    hand = decision_button(Decision.REASSIGN, item_id, news.key)
    buttons = [open_button(item_id, news.key), *([hand] if _is_leads(news) else [])]
    words = f"{said}\n>{item_words(news)}" if news.is_told else said
    return {"text": said, "blocks": [section(words), actions(buttons)]}


def _is_leads(news: News) -> bool:
    return news.has_left and news.reader == news.lead != ""


def _whose(news: News) -> str:
    owner = owner_words(news)
    if not news.has_left:
        return f"stays with {owner}"
    if _is_leads(news):
        return f"is back with you, for its owner, {owner}, has left"
    sees = f"; {mention(news.lead)} sees to it" if news.lead else ""
    return f"stays with {owner}, who has left{sees}"


def _silence(news: News) -> str:
    if news.entry.reason:
        return escape(news.entry.reason)
    asked = mention(news.entry.changes.get("proposed_owner", ("", ""))[0])
    return f"{asked} was asked to take it on and did not answer in two working days."


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
        back = mention(news.lead) if news.has_left and news.lead else owner
        return f"It returned to {back} after two working days without an answer."
    return f"It was settled otherwise, {moment(settled.at)}: nobody waits for your answer any more."
