"""What people type is shown as typed: it mentions nobody, and too much of it is refused."""

import re
from collections.abc import Iterator
from typing import Any

import pytest

from blocks.postmortems import (
    ADD_ITEM,
    OPEN_FACTORS,
    OPEN_FACTS,
    OPEN_ROOT_CAUSE,
    OPEN_TIMELINE,
)
from domain.action_items import DONE_WHEN_MAX, WHAT_MAX
from sandbox.messages import Message
from tests.scenarios.stage import FACTS, Stage

NASTY = "<!channel> & *all* <@U123|x> <https://evil.example|ok>"
SHOWN = "&lt;!channel&gt; &amp; *all* &lt;@U123|x&gt; &lt;https://evil.example|ok&gt;"
OBEYED = re.compile(r"<(?:!(?!date\^)|@(?!U0|USLACKBOT)|https?:)")
LONG = "x" * 4000


def marked_up(node: Any) -> Iterator[str]:
    """Every text with mark-up in some blocks."""
    if isinstance(node, dict):
        if node.get("type") == "mrkdwn":
            yield node["text"]
        node = list(node.values())
    for part in node if isinstance(node, list) else ():
        yield from marked_up(part)


def harmless(card: Message) -> list[str]:
    """Give the card's texts, none of which makes Slack mention or link anything typed."""
    texts = [card.text, *marked_up(card.blocks)]
    assert [text for text in texts if OBEYED.search(text)] == []
    return texts


async def test_facts_typed_as_mark_up_are_shown_as_typed(slack: Stage) -> None:
    await slack.started(title=NASTY, service="a & b", impact=NASTY)
    texts = harmless(slack.card())
    assert any(f">{SHOWN}" in text for text in texts)
    assert any("a &amp; b" in text for text in texts)
    assert NASTY in slack.card().words()  # the header is plain text, which Slack shows as it is


@pytest.mark.parametrize(
    ("button", "typed"),
    [
        (OPEN_TIMELINE, {"entries": f"14:03 {NASTY}"}),
        (OPEN_FACTORS, {"made_possible": NASTY}),
        (OPEN_ROOT_CAUSE, {"root_cause": NASTY}),
        (ADD_ITEM, {"what": NASTY, "done_when": NASTY}),
    ],
)
async def test_mark_up_typed_into_a_section_mentions_nobody(
    slack: Stage, button: str, typed: dict[str, str]
) -> None:
    await slack.started()
    whole = {**slack.promise(), **typed} if button == ADD_ITEM else typed
    await slack.saved("ana", button, **whole)
    assert any(SHOWN in text for text in harmless(slack.card()))


async def test_what_was_typed_stands_unescaped_in_the_form(slack: Stage) -> None:
    await slack.started()
    await slack.saved("ana", OPEN_ROOT_CAUSE, root_cause=NASTY)
    form = await slack.opened("bob", OPEN_ROOT_CAUSE)
    assert form.values["root_cause"]["value"]["value"] == NASTY


async def test_the_words_of_another_are_escaped_in_a_conflict(slack: Stage) -> None:
    await slack.started()
    bobs = await slack.opened("bob", OPEN_ROOT_CAUSE)
    await slack.saved("ana", OPEN_ROOT_CAUSE, root_cause=NASTY)
    await bobs.fill(root_cause="mine").submit()
    texts = list(marked_up(bobs.view["blocks"]))
    assert any(SHOWN in text for text in texts)
    assert [text for text in texts if OBEYED.search(text)] == []


@pytest.mark.parametrize(
    ("button", "field"),
    [(OPEN_TIMELINE, "entries"), (OPEN_ROOT_CAUSE, "root_cause"), (ADD_ITEM, "what")],
)
async def test_slack_itself_holds_back_a_text_of_4000_characters(
    slack: Stage, button: str, field: str
) -> None:
    await slack.started()
    whole = slack.promise() if button == ADD_ITEM else {}
    form = (await slack.opened("ana", button)).fill(**{**whole, field: LONG})
    answer = await form.submit()
    assert (answer.sent, list(answer.errors)) == (False, [field])


@pytest.mark.parametrize(
    ("button", "field", "words"),
    [
        (OPEN_FACTS, "title", "4,000 characters are too many: shorten it to 150 or fewer."),
        (OPEN_FACTS, "impact", "4,000 characters are too many: shorten it to 3,000 or fewer."),
        (OPEN_ROOT_CAUSE, "root_cause", "shorten it to 3,000 or fewer."),
        (OPEN_FACTORS, "made_possible", "Line 1: 4,000 characters are too many"),
        (ADD_ITEM, "what", f"shorten it to {WHAT_MAX} or fewer."),
        (ADD_ITEM, "done_when", f"shorten it to {DONE_WHEN_MAX} or fewer."),
    ],
)
async def test_a_forged_text_of_4000_characters_is_refused_at_its_field(
    slack: Stage, button: str, field: str, words: str
) -> None:
    await slack.started()
    form = await slack.opened("ana", button)
    form.fill(**slack.promise() if button == ADD_ITEM else {})
    form.force(field, {"type": "plain_text_input", "value": LONG})
    answer = await form.send()
    assert words in answer.errors[field]
    assert form.values[field]["value"]["value"] == LONG


async def test_a_timeline_line_of_4000_characters_is_named(slack: Stage) -> None:
    await slack.started()
    form = await slack.opened("ana", OPEN_TIMELINE)
    form.force("entries", {"type": "plain_text_input", "value": f"14:03 {LONG}"})
    answer = await form.send()
    assert answer.errors["entries"].startswith("Line 1, “14:03 xxxx")
    assert "shorten it to 1,000 or fewer" in answer.errors["entries"]


async def test_the_longest_texts_allowed_fit_on_the_card(slack: Stage) -> None:
    await slack.started(title="&" * 150, service="<" * 60, impact="&" * 3000)
    await slack.saved("ana", OPEN_ROOT_CAUSE, root_cause=">" * 3000)
    lines = "\n".join(f"14:{n:02} {'&' * 140}" for n in range(3, 21))
    await slack.saved("ana", OPEN_TIMELINE, entries=lines)
    for _ in range(3):
        await slack.promised(what="&" * WHAT_MAX, done_when="<" * DONE_WHEN_MAX)
    assert "3 of 3" in slack.card().words()


async def test_a_started_form_takes_an_emoji_and_any_script(slack: Stage) -> None:
    title = "支払い停止 🔥 отказ"
    await slack.started(**{**FACTS, "title": title})
    assert f"PM-1 · {title}" in slack.card().words()
