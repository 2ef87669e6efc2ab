"""What is said about agreeing with the timeline of a private incident: no word of it."""

from dataclasses import replace

from blocks import agreement_messages as messages
from blocks.agreements import seen
from blocks.limits import check_message
from domain.agreements import Round
from domain.record import Event, RecordEntry
from tests.blocks.samples import ENTRY, POSTMORTEM, STARTED, marked_up

PRIVATE = replace(POSTMORTEM, is_private=True)
SECRET = POSTMORTEM.facts.title


def test_whoever_is_asked_anew_hears_how_much_has_changed_and_not_what() -> None:
    changes = {"added": ("", "2026-11-21 15:20 UTC the dump was published")}
    entry = RecordEntry(
        actor="U1ADA", at=STARTED, event=Event.WITHDRAWN, changes=changes, reason="added 1 line"
    )
    wish = messages.Wish(
        postmortem=PRIVATE,
        entries=[ENTRY],
        now=seen(PRIVATE, [ENTRY], {}),
        round=Round(number=1, agreed_at=STARTED, changes=(entry,)),
    )
    said = check_message(messages.wish_message(wish))

    assert "<@U1ADA> added 1 line, so you are asked anew." in "\n".join(marked_up(said["blocks"]))
    assert "the dump" not in str(said)
    assert SECRET not in str(said)
    assert [each["text"]["text"] for each in said["blocks"][-1]["elements"]] == ["Agree"]


def test_no_other_message_about_it_names_it() -> None:
    for said in (
        messages.agreed_message(PRIVATE, STARTED),
        messages.no_wish_message(PRIVATE),
        messages.unanswered_message(PRIVATE, ["U2BEN"]),
    ):
        assert SECRET not in str(check_message(said))
        assert said["text"].startswith("PM-7 · private: ")
