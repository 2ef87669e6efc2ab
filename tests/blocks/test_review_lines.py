"""What became of something at a monthly review, and its message: one line each, nobody called."""

from dataclasses import replace

import pytest

from blocks.limits import check_message
from blocks.parts import Message, context, section
from blocks.review_lines import by_name, item_line, mentioned_in, quietly, risk_line
from blocks.review_parent import EARLY_MOST, ReviewView, early_message, parent_message
from blocks.text import escape
from domain.action_items import HistoryEntry
from domain.decisions import Decision
from domain.reviews import Counts, Why
from domain.roles import Role
from tests.blocks.samples import A_LONG_TICKET, POSTMORTEM
from tests.blocks.test_review_cards import ENTRY, NOW, PRIVATE, REVIEW, RISK, STORED

MOVED = HistoryEntry(
    item_id=5,
    actor="U9",
    at=NOW,
    event=Decision.RESCHEDULE,
    changes={"due_on": ("2026-12-04", "2027-01-15"), "link": ("", "https://a.example")},
    reason="waiting for the <vendor>",
    acting=Role.FACILITATOR,
)
NAMES = {"U1": "Ana <A>", "U9": "Freya"}
COUNTS = Counts(by_why=dict.fromkeys(Why, 1), settled=4, shown=4, owed=2)


def test_a_line_says_what_who_and_why_and_as_what() -> None:
    assert by_name(item_line(POSTMORTEM, STORED, MOVED), NAMES) == (
        ":calendar: *PM-7/1* Renew certificates by a job · Freya, chairing the review for "
        "Ana &lt;A&gt;, moved it to 15 Jan 2027: waiting for the &lt;vendor&gt; "
        "· <https://a.example|link>"
    )


def test_of_a_private_item_a_line_has_no_typed_word() -> None:
    assert item_line(PRIVATE, STORED, MOVED) == (
        ":calendar: *PM-7/1* private item · <@U9>, chairing the review for <@U1>, "
        "moved it to 15 Jan 2027"
    )


@pytest.mark.parametrize("event", list(Decision))
def test_the_longest_line_is_within_slacks_limits(event: Decision) -> None:
    texts = {"accepter": ("", "U2"), "until": ("", "2027-05-01"), "project_owner": ("", "U2")}
    changes = {**texts, "owner": ("U1", "U2"), "link": ("", "https://a.example/" + "&" * 900)}
    entry = replace(MOVED, event=event, reason="<" * 700, changes=changes)
    line = item_line(POSTMORTEM, replace(STORED, what="&" * 300, **A_LONG_TICKET), entry)
    check_message(Message(text="a", blocks=[section(line)]))


def test_a_risk_line_says_whether_it_stands_and_why() -> None:
    settled = replace(ENTRY, settled_at=NOW, settled_by="U9", reason="Still rare")
    risk = replace(RISK, risk="Two regions fail")
    line = risk_line(POSTMORTEM, risk, settled, REVIEW)
    assert "“Two regions fail” · <@U9>, chairing the review for <@U1>, accepted it until" in line
    assert line.endswith(": Still rare")
    over = risk_line(PRIVATE, replace(risk, ended_on=NOW.date()), settled, REVIEW)
    assert over.endswith("says that it is none any more")


def test_nobody_is_called_but_whom_it_is_to_call() -> None:
    blocks = [section("<@U1> and <@U9>"), context(escape("<@U9>")), context("<@U7>")]
    message = Message(text="<@U1>", blocks=blocks)
    assert mentioned_in(message) == {"U1", "U9", "U7"}
    said = quietly(message, NAMES, "U9")
    assert said["text"] == "Ana &lt;A&gt;"
    assert said["blocks"][0]["text"]["text"] == "Ana &lt;A&gt; and <@U9>"
    assert said["blocks"][1]["elements"][0]["text"] == "&lt;@U9&gt;"


def test_the_message_counts_what_there_is_and_how_far_it_is() -> None:
    message = check_message(parent_message(ReviewView(review=REVIEW, counts=COUNTS, has_more=True)))
    said = str(message["blocks"])
    assert "4 of 7 decided · *2 must still be decided*" in said
    assert "When it began: :hourglass: 1 expired" in said
    assert "1 accepted risk whose date has come" in said
    assert "review_next" in said
    closed = replace(REVIEW, closed_at=NOW, closed_by="U9")
    over = parent_message(ReviewView(review=closed, counts=COUNTS, has_more=True))
    assert "actions" not in {each["type"] for each in over["blocks"]}
    assert "*Closed* by <@U9>" in str(over["blocks"])


def test_what_was_decided_early_is_said_as_far_as_there_is_room() -> None:
    message = check_message(early_message(["x" * 2000] * EARLY_MOST, 100))
    assert message["text"] == "100 were decided before the review began."
    assert "… and 95 more" in str(message["blocks"][-1])


def test_a_line_of_new_words_says_the_old_ones_too_but_for_a_private_item() -> None:
    changes = {"what": ("Renew by <hand>", "Renew by a job")}
    reworded = replace(MOVED, event=Decision.RESCOPE, changes=changes)
    assert "*PM-7/1* “Renew by &lt;hand&gt;” → “Renew by a job” · " in item_line(
        POSTMORTEM, STORED, reworded
    )
    assert "Renew" not in item_line(PRIVATE, STORED, reworded)


def test_a_line_of_an_accepted_risk_says_which_but_for_a_private_item() -> None:
    changes = {"risk": ("", "Two regions fail."), "until": ("", "2027-05-01")}
    accepted = replace(MOVED, event=Decision.ACCEPT, changes=changes)
    said = item_line(POSTMORTEM, STORED, accepted)
    assert "accepted the risk instead: “Two regions fail”, until 1 May 2027" in said
    assert "regions" not in item_line(PRIVATE, STORED, accepted)
