"""What owners, and whoever else needs to know, hear of one thing that was done to an item."""

from blocks.item_buttons import decision_button, open_button
from blocks.item_deeds import WHAT_SHOWN, News, is_to_accept, sentence
from blocks.parts import Block, Message, actions, section
from blocks.risk_buttons import confirm_button
from blocks.text import day, mention, one_line, shown
from blocks.tickets import its_link
from domain.action_items import ItemState
from domain.decisions import Decision


def is_theirs_now(news: News) -> bool:
    """Whether the reader became the item's owner by this."""
    before, after = news.entry.changes.get("owner", ("", ""))
    return news.reader != "" and after == news.reader != before


def news_message(news: News) -> Message:
    """What one person hears by DM, with the way to the item."""
    opening = open_button(news.item.id or 0, news.key)
    if is_theirs_now(news):
        hand = decision_button(Decision.REASSIGN, news.item.id or 0, news.key)
        head, rest = _yours(news)
        blocks = [section(f"*{head}:* {rest}"), actions([opening, hand])]
        return {"text": f"{head}: {rest}", "blocks": blocks}
    said = sentence(news)
    words = f"{said}\n{_quotation(news)}" if news.is_told else said
    ways = [*_confirming(news), opening]
    return {"text": said, "blocks": [section(words), actions(ways)]}


def _confirming(news: News) -> list[Block]:
    """For whoever is to accept the risk: they do, or they do not, and then it is open again."""
    is_asked = is_to_accept(news) and news.item.state is ItemState.ACCEPTED
    if not is_asked or news.is_confirmed:
        return []
    item_id, not_so = news.item.id or 0, "I do not: reopen it"
    return [
        confirm_button(item_id, news.key),
        decision_button(Decision.REOPEN, item_id, news.key, label=not_so),
    ]


def thread_message(news: News) -> Message:
    """What everybody in the incident's channel reads in the thread of its card."""
    said = sentence(news)
    return {"text": said, "blocks": [section(f"{said}\n{_quotation(news)}")]}


def item_words(news: News) -> str:
    """What will be different, on one line; no word of it where that is private to its channel."""
    if not news.is_told:
        return "a private item"
    return shown(one_line(news.item.what), WHAT_SHOWN)


def _yours(news: News) -> tuple[str, str]:
    entry = news.entry
    is_new = not entry.changes.get("owner", ("", ""))[0]
    who = f"{mention(entry.actor)} {'wrote it down' if is_new else 'gave it to you'}."
    facts = [item_words(news), f"due {day(news.item.due_on)}", *its_link(news.item)]
    return f"{news.key} is yours{'' if is_new else ' now'}", f"{', '.join(facts)}. {who}"


def _quotation(news: News) -> str:
    before = news.entry.changes.get("what", ("", ""))[0]
    was = f"\n>_Before:_ {shown(one_line(before), WHAT_SHOWN)}" if before else ""
    return f">{' · '.join([item_words(news), *its_link(news.item)])}{was}"
