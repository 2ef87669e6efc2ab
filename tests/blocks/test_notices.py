"""What people are told when there is nothing to fill in."""

import pytest

from blocks.limits import check_message, check_view
from blocks.notices import help_text, not_sent, sorry_modal
from tests.blocks.samples import marked_up


def test_help_says_what_the_command_does() -> None:
    assert "`/postmortem`" in help_text()
    assert "`/postmortem help`" in help_text()


def test_an_unknown_word_is_named_and_gets_help() -> None:
    said = help_text("frobnicate <!channel> `now`\n")

    assert said.startswith("I do not know `frobnicate &lt;!channel&gt; 'now'`.")
    assert said.endswith(help_text())


def test_a_very_long_unknown_word_is_cut() -> None:
    assert len(help_text("a" * 5000)) < 1000


def test_a_refusal_in_a_window_is_a_sentence_and_nothing_else() -> None:
    view = check_view(sorry_modal("Not in this channel of yours", "Ask <!here> & try again."))

    assert marked_up(view) == ["Ask &lt;!here&gt; &amp; try again."]
    assert "submit" not in view


def test_who_clicked_is_told_what_could_not_be_sent_and_why() -> None:
    message = check_message(not_sent("card", "C1INC", "Invite me to <it>.", given_up=False))

    assert message["text"] == marked_up(message["blocks"])[0]
    assert "in <#C1INC>. Invite me to &lt;it&gt;. Nothing is lost" in message["text"]


def test_a_message_that_was_given_up_says_how_to_ask_for_it_again() -> None:
    message = not_sent("card", "C1INC", "The message was too long.", given_up=True)

    assert "once that is mended, run `/postmortem` there, and I send it." in message["text"]


@pytest.mark.parametrize(
    ("kind", "channel", "said", "then"),
    [
        ("canvas", "C1INC", "write the postmortem's canvas in <#C1INC>.", "the next change of"),
        ("summary", "C2ALL", "post the postmortem's summary in <#C2ALL>.", "the next change of"),
        ("agenda", "C1INC", "post the review's agenda in <#C1INC>.", "`/postmortem agenda`"),
        ("agenda", "U1ADA", "write to <@U1ADA>.", "tell them yourself"),
        ("facilitator", "W1ADA", "write to <@W1ADA>.", "tell them yourself"),
    ],
)
def test_it_is_said_what_was_owed_and_to_whom(
    kind: str, channel: str, said: str, then: str
) -> None:
    waits, lost = (not_sent(kind, channel, "Why.", given_up=given_up) for given_up in (False, True))

    assert f"I could not {said} Why. " in waits["text"]
    assert "I send it by myself." in waits["text"]
    assert then in lost["text"]
