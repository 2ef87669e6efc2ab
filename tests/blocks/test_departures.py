"""What is said when somebody leaves, or their channel is archived, and how risks are shown."""

import json
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from blocks.archived import archived_message
from blocks.card_risks import risks_blocks
from blocks.departures import (
    Held,
    Orphans,
    led_again_message,
    no_lead_message,
    orphans_message,
    passed_on_message,
    stand_in_message,
)
from blocks.limits import MESSAGE_WEIGHT, weight_of
from blocks.risk_forms import RiskDraft, accepter_message, end_modal, renew_modal
from tests.blocks.samples import ITEM, POSTMORTEM, PROGRAMME, RISK, TODAY

STORED = replace(RISK, id=5)
MINE = Held(postmortem="PM-7", is_private=False, what=ITEM)
RISKY = Held(postmortem="PM-7", is_private=False, what=STORED)


def orphans(*held: Held, **said: Any) -> Orphans:
    """What Ben, who left, answers for."""
    return Orphans(person="U2BEN", held=held, **said)


def test_the_lead_reads_what_is_left_with_the_buttons_to_hand_it_over() -> None:
    message = orphans_message(orphans(MINE, RISKY))
    assert message["text"].startswith("<@U2BEN> has left and answers for 1 action item and 1 acc")
    said = json.dumps(message["blocks"])
    assert all(each in said for each in ("decide.reassign", "risk.renew", "PM-7/1"))


def test_a_private_one_goes_by_its_key() -> None:
    private = [replace(each, is_private=True) for each in (MINE, RISKY)]
    said = json.dumps(orphans_message(orphans(*private)))
    assert "a private item" in said
    assert "Drain" not in said
    assert "regions" not in said


def test_fifty_items_fit_into_one_message() -> None:
    long = replace(ITEM, what="&" * 300)
    blocks = orphans_message(orphans(*[replace(MINE, what=long)] * 50))["blocks"]
    assert len(blocks) <= 50
    assert weight_of(blocks) <= MESSAGE_WEIGHT
    assert "and 30 more" in json.dumps(blocks, ensure_ascii=False)


def test_the_last_one_handed_over_is_said_and_so_is_a_return() -> None:
    assert "is handed over" in orphans_message(orphans())["text"]
    assert "owns 1 action item as before" in orphans_message(orphans(MINE, is_back=True))["text"]


def test_who_led_before_reads_who_sees_to_it_now_and_has_no_button() -> None:
    message = passed_on_message(orphans(MINE, RISKY), "U3")
    assert message["text"].endswith("<@U3> leads the programme now and sees to them.")
    assert "action_id" not in json.dumps(message)


def test_a_channel_reads_that_whoever_is_here_may_hand_it_over_until_somebody_leads() -> None:
    message = stand_in_message(orphans(MINE))
    assert "answers for PM-7/1. Nobody leads the programme, so whoever" in message["text"]
    assert "<@U3> hands it over" in stand_in_message(orphans(MINE), "U3")["text"]
    assert "seen to again" in stand_in_message(orphans())["text"]


@pytest.mark.parametrize(
    ("left", "waiting", "words"),
    [
        ("U1", 0, "<@U1>, who led the programme, has left. Name"),
        ("", 1, "Nobody leads the programme. 1 action item waits for a new owner"),
        ("", 2, "2 action items wait for a new owner, and nobody is told."),
    ],
)
def test_those_who_may_name_a_lead_read_why(left: str, waiting: int, words: str) -> None:
    assert words in no_lead_message(left, waiting)["text"]
    assert led_again_message("U2")["text"] == "<@U2> leads the programme now."


def test_an_archived_channel_leaves_its_owners_with_the_buttons() -> None:
    message = archived_message(POSTMORTEM, [ITEM], [STORED, STORED])
    assert message["text"].endswith("You answer for PM-7/1, 2 accepted risks as before.")
    said = json.dumps(message["blocks"])
    assert all(each in said for each in ("open_item", "risk.end", "/postmortem items"))


@pytest.mark.parametrize(
    ("today", "is_marked"),
    [(None, False), (date(2027, 5, 19), False), (date(2027, 5, 20), True)],
)
def test_a_risk_that_ran_out_is_marked_on_its_day(today: date | None, is_marked: bool) -> None:  # noqa: FBT001 - a column of the table
    said = json.dumps(risks_blocks([STORED], "PM-7", today))
    assert ("ran out" in said) is is_marked
    assert "risk.renew" in said


def test_a_risk_that_ended_has_no_button_and_comes_last() -> None:
    over = replace(STORED, ended_on=date(2026, 12, 3))
    first, last = risks_blocks([over, STORED], "PM-7")
    assert "accessory" in first
    assert "ended 3 Dec 2026" in last["text"]["text"]
    assert "accessory" not in last


def test_the_forms_show_what_was_accepted_and_the_item_it_stands_for() -> None:
    risk = replace(STORED, item_id=90, renewals=1)
    draft = RiskDraft(
        postmortem=POSTMORTEM, risk=risk, programme=PROGRAMME, today=TODAY, by="U1", key="PM-7/1"
    )
    for form in (renew_modal(draft), end_modal(draft)):
        said = json.dumps(form)
        assert "accepted it until 20 May 2027, once again since" in said
        assert "PM-7/1 was accepted as this risk. If it is needed after all, reopen it." in said


def test_an_accepter_of_a_private_risk_reads_its_key_alone() -> None:
    private = replace(POSTMORTEM, is_private=True)
    assert "regions" not in accepter_message(private, STORED, "U1")["text"]
    assert "Two regions fail" in accepter_message(POSTMORTEM, STORED, "U1")["text"]
