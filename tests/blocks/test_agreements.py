"""The line about agreement under the timeline, and the messages that ask for it."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from blocks import agreement_messages as messages
from blocks.agreements import (
    AGREE,
    ASK,
    Anew,
    agreement_blocks,
    asked_sentence,
    has_changed,
    read_seen,
    seen,
)
from blocks.cards import PostmortemView
from blocks.limits import check_message
from blocks.parts import Block, Message
from blocks.text import moment
from blocks.whole_timeline import READ_TIMELINE
from domain.agreements import Agreement, Round
from domain.postmortems import Severity, Tier
from domain.record import Event, RecordEntry
from tests.blocks.samples import EDIT, ENTRY, FULL, POSTMORTEM, STARTED, marked_up, titled

CROWD = tuple(f"U{n:03}" for n in range(60))
AGREED_AT = datetime(2026, 12, 3, 10, tzinfo=UTC)
HOSTILE = "<!channel> *& <https://evil.example|x>"
NOW = seen(POSTMORTEM, [ENTRY], {EDIT.section: EDIT})
CHANGE = RecordEntry(
    actor="U1ADA",
    at=AGREED_AT,
    event=Event.WITHDRAWN,
    changes={"added": ("", f"2026-11-20 14:03 UTC {HOSTILE}"), "removed": ("first alert", "")},
    reason="added 1 line, removed 1 line",
)


def view(agreed: int = 0, **facts: Any) -> PostmortemView:
    """A postmortem with one entry, to which the first few responders agreed."""
    postmortem = titled(**facts)
    there = [
        Agreement(person=each, agreed_at=AGREED_AT) for each in postmortem.facts.responders[:agreed]
    ]
    return PostmortemView(postmortem=postmortem, filled=FULL, entries=[ENTRY], agreements=there)


def words(blocks: list[Block]) -> str:
    """All that blocks say."""
    return "\n".join(marked_up(blocks))


def buttons(blocks: list[Block]) -> list[str]:
    """The action ids of the buttons."""
    return [
        each["action_id"]
        for block in blocks
        if block["type"] == "actions"
        for each in block["elements"]
    ]


def wish(round_: Round, *, again: bool = False, **facts: Any) -> Message:
    """What somebody is asked, as Slack would take it."""
    asked = messages.Wish(
        postmortem=titled(**facts), entries=[ENTRY], now=NOW, round=round_, again=again
    )
    return check_message(messages.wish_message(asked))


def test_who_agreed_and_who_is_waited_for_is_said_with_both_buttons() -> None:
    blocks = agreement_blocks(view(1))
    assert words(blocks) == "Timeline agreed by 1 of 2 · waiting for <@U2BEN>"
    assert buttons(blocks) == [AGREE, ASK]


@pytest.mark.parametrize(
    ("responders", "said"),
    [
        (("U1", "U2", "U3", "U4"), "All 4 responders agree with the timeline."),
        (("U1",), "The one responder agrees with the timeline."),
    ],
)
def test_when_all_have_agreed_there_is_nothing_to_press(
    responders: tuple[str, ...], said: str
) -> None:
    blocks = agreement_blocks(view(len(responders), responders=responders))
    assert words(blocks) == f":white_check_mark: {said}"
    assert buttons(blocks) == []


def test_nothing_is_said_where_there_is_no_review_or_no_timeline() -> None:
    assert agreement_blocks(view(tier_override=Tier.PARAGRAPH, tier_reason="Known")) == []
    assert agreement_blocks(view(severity=Severity.P3)) == []
    assert agreement_blocks(replace(view(), entries=())) == []


def test_a_timeline_without_responders_says_how_to_name_them() -> None:
    assert "name who responded" in words(agreement_blocks(view(responders=())))


def test_who_has_left_is_shown_and_not_counted() -> None:
    blocks = agreement_blocks(view(1), left={"U2BEN"})
    assert words(blocks) == (
        ":white_check_mark: The one responder agrees with the timeline."
        " · not counted, no longer here: <@U2BEN>"
    )


def test_sixty_responders_fit_in_a_few_words() -> None:
    blocks = agreement_blocks(view(5, responders=CROWD), left=CROWD[-20:])
    assert "waiting for <@U005>" in words(blocks)
    assert "and 23 more" in words(blocks)
    assert len(words(blocks)) <= 700


def test_a_button_remembers_which_timeline_it_was_under() -> None:
    assert read_seen(NOW.value) == NOW
    assert NOW.since == EDIT.edited_at
    assert NOW.fingerprint != seen(POSTMORTEM, [replace(ENTRY, text="else")], {}).fingerprint
    assert seen(POSTMORTEM, [ENTRY], {}).since == POSTMORTEM.created_at


@pytest.mark.parametrize("value", ["", "41", "x:y:z", "41:ab:-1", "41:ab:", f"41:ab:{'9' * 30}"])
def test_a_value_that_is_none_of_ours_is_not_read(value: str) -> None:
    assert read_seen(value) is None


def test_an_old_button_says_what_has_changed_since() -> None:
    ben = replace(CHANGE, actor="U2BEN", reason="added 2 lines")
    assert has_changed([CHANGE, ben, CHANGE], None) == (
        "The timeline has changed since this was sent: <@U1ADA> added 2 lines, removed 2 lines; "
        "<@U2BEN> added 2 lines. Look at it as it is now, then press Agree."
    )
    assert "sent: <@U2BEN> edited it. Look" in has_changed([], EDIT)
    assert "was sent. Look" in has_changed([], None)


def test_a_question_says_who_asks_about_what_and_where() -> None:
    message = wish(Round(asked_by="U1ADA"), title=HOSTILE)
    said = words(message["blocks"])

    assert "Do you agree with the timeline? 1 entry, <!date^" in said
    assert ", in <#C1INC>." in said
    assert "<@U1ADA> asks you, since you responded." in said
    assert "&lt;!channel&gt;" in said
    assert buttons(message["blocks"]) == [AGREE, READ_TIMELINE]


def test_whoever_agreed_before_hears_what_changed_since() -> None:
    this = Round(number=1, agreed_at=AGREED_AT, asked_by="U1ADA", changes=(CHANGE,))
    said = words(wish(this)["blocks"])

    assert "Since then <@U1ADA> added 1 line, removed 1 line, so you are asked anew." in said
    assert (
        ">Added: <!date^1795183380^{date_short_pretty} at {time}|2026-11-20 14:03 UTC> &lt;!ch"
        in said
    )
    assert ">Removed: first alert" in said


def test_however_much_has_changed_it_is_one_message() -> None:
    long = replace(CHANGE, changes={"added": ("", "\n".join(["<" * 90] * 4))})
    this = Round(number=1, agreed_at=AGREED_AT, changes=(long,) * 50)
    assert len(words(wish(this, title="<" * 150)["blocks"])) < 2000


def test_a_reminder_says_that_it_is_one() -> None:
    message = wish(Round(asked_by="U1ADA"), again=True)
    assert "Still waiting for you: do you agree with the timeline?" in message["text"]


def test_a_message_that_was_answered_says_so_and_has_no_buttons() -> None:
    message = check_message(messages.agreed_message(POSTMORTEM, AGREED_AT))
    assert words(message["blocks"]).endswith(
        "You agreed to this timeline "
        "<!date^1796292000^{date_short_pretty} at {time}|2026-12-03 10:00 UTC>."
    )
    assert buttons(message["blocks"]) == []


def test_a_message_nobody_waits_for_says_so() -> None:
    message = check_message(messages.no_wish_message(POSTMORTEM))
    assert "You are not asked to agree with its timeline any more." in words(message["blocks"])


@pytest.mark.parametrize(
    ("people", "said"),
    [
        (("U2BEN",), "<@U2BEN> was reminded and has not agreed"),
        (CROWD, "and 48 more were reminded and have not agreed"),
    ],
)
def test_whoever_asked_hears_who_did_not_answer(people: tuple[str, ...], said: str) -> None:
    message = check_message(messages.unanswered_message(POSTMORTEM, people))
    assert said in words(message["blocks"])
    assert "press Edit beside the facts" in words(message["blocks"])


def test_an_imported_postmortem_has_no_channel_to_name() -> None:
    message = messages.unanswered_message(replace(POSTMORTEM, channel=None), ["U1"])
    assert "with the timeline. Speak" in words(message["blocks"])


def test_asking_says_whom_and_when_the_others_were_asked() -> None:
    asked = dict.fromkeys(CROWD, STARTED - timedelta(hours=1))
    said = asked_sentence(["U7"], asked, Anew(), self_waits=True)

    assert said.startswith("I have asked <@U7>. Whoever has not answered is reminded")
    assert "still waited for: <@U000> (<!date^" in said
    assert "and 48 more." in said
    assert said.endswith("You are waited for too: read the timeline, then press Agree.")
    nobody = asked_sentence([], {}, Anew(), self_waits=False)
    assert nobody == "Everybody who responded has agreed already."


def test_who_is_to_be_asked_anew_was_not_asked_before() -> None:
    at = moment(STARTED)
    anew = Anew(hurried={"U1": STARTED, "U2": STARTED}, later={"U3": STARTED})
    assert asked_sentence([], dict.fromkeys(CROWD[:0], STARTED), anew, self_waits=False) == (
        f"The timeline has changed: <@U1> <@U2> were to be asked anew {at} and are asked now. "
        f"<@U3> is asked anew {at}."
    )
    already = {"U1": STARTED, "U3": STARTED}
    assert "Asked before" not in asked_sentence([], already, anew, self_waits=False)


def test_what_changed_is_told_by_time_in_the_zone_of_whoever_reads() -> None:
    changes = {
        "added": ("", "2026-11-20 15:20 UTC clear\nand 2 more"),
        "removed": ("2026-11-20 14:03 UTC down", ""),
    }
    many = (replace(CHANGE, changes=changes), replace(CHANGE, changes=changes))
    said = words(wish(Round(number=1, agreed_at=AGREED_AT, changes=many))["blocks"])
    lines = [line.partition(" <!date^")[0] for line in said.splitlines() if line[:1] == ">"]
    assert lines == [*[">Removed:"] * 2, *[">Added:"] * 2, ">and 4 more"]
    assert "14:03 UTC> down" in said


def test_whoever_is_asked_hears_how_to_add_what_is_missing() -> None:
    said = words(wish(Round())["blocks"])
    assert "missing with `/postmortem log 14:03 what happened` in <#C1INC> before" in said
