"""What a digest says: grouped by why, most pressing first, within what Slack takes."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from blocks.digests import digest_message
from blocks.limits import check_message
from blocks.parts import Block, Message
from domain.accepted_risks import AcceptedRisk
from domain.action_items import ActionItem, HistoryEntry, ItemKind, ItemState, Progress
from domain.digests import Decided, Digest, Kept, KeptItem, KeptRisk, Place, wanting
from domain.hearing import Need
from domain.programme import Priority, Programme

TODAY = date(2026, 12, 8)
DAY = timedelta(days=1)
PLACE = Place(number=1, channel="C1", is_private=False)
ITEM = ActionItem(
    what="Drain connections first",
    done_when="A failover loses no request",
    owner="U1",
    priority=Priority.P2,
    due_on=TODAY,
    kind=ItemKind.GUARDRAIL,
    position=1,
    id=7,
)
RISK = AcceptedRisk(risk="A node may fail", accepter="U1", reason="rare", until=TODAY - DAY, id=3)
ENTRY = HistoryEntry(
    item_id=7, actor="U1", at=datetime(2026, 12, 8, tzinfo=UTC), event="rescheduled", changes={}
)
EXPIRED = {"due_on": TODAY - 5 * DAY, "reviews_seen": 2, "reschedules": 2}
SOAKED = {
    "state": ItemState.IMPLEMENTED,
    "implemented_on": date(2026, 11, 7),
    "soaks_until": date(2026, 12, 7),
}
REPEATED = {"state": ItemState.INEFFECTIVE, "verified_at": datetime(2026, 12, 1, tzinfo=UTC)}


def kept(place: Place = PLACE, **changed: Any) -> KeptItem:
    return KeptItem(item=replace(ITEM, **changed), place=place)


def said(
    *of: Kept,
    reader: str = "U1",
    decided: tuple[Decided, ...] = (),
    also: tuple[Kept, ...] = (),
) -> Message:
    found, told = (wanting(each, Programme(), TODAY) for each in (of, also))
    digest = Digest(reader=reader, today=TODAY, wanting=found, also=told, decided=decided)
    return check_message(digest_message(digest))


def words(message: Message) -> str:
    return "\n".join(
        part["text"]
        for block in message["blocks"]
        for part in ([block["text"]] if "text" in block else block["elements"])
        if isinstance(part.get("text"), str)
    )


def buttons(message: Message) -> list[list[str]]:
    rows = [block["elements"] for block in message["blocks"] if block["type"] == "actions"]
    return [[button["action_id"] for button in row] for row in rows]


def all_of_them() -> list[Kept]:
    """One of each need."""
    place = replace(PLACE, number=2)
    return [
        kept(due_on=TODAY + 3 * DAY, position=3),
        kept(place, **REPEATED),
        KeptRisk(risk=RISK, place=PLACE),
        kept(place, **SOAKED, position=2),
        kept(),
        kept(due_on=TODAY - DAY, position=2),
        kept(place, **EXPIRED, position=3),
    ]


def test_the_most_pressing_comes_first_each_with_what_can_be_done() -> None:
    message = said(*all_of_them())
    assert message["text"] == (
        "6 items need you: 1 expired, 1 overdue, 1 due today, 1 waiting for evidence, "
        "1 ineffective, 1 due soon; 1 accepted risk ran out"
    )
    assert buttons(message) == [
        ["decide.implement", "decide.promote", "open_item"],
        ["decide.implement", "decide.reschedule", "open_item"],
        ["decide.implement", "decide.reschedule", "open_item"],
        ["decide.verify", "decide.reopen", "open_item"],
        ["risk.renew", "risk.end"],
        ["decide.reopen", "decide.verify", "decide.promote", "open_item"],
        ["decide.implement", "decide.reschedule", "open_item"],
    ]


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"due_on": TODAY + 3 * DAY}, "due 11 Dec 2026, in 3 days"),
        ({"due_on": TODAY + DAY}, "due 9 Dec 2026, tomorrow"),
        ({}, "due 8 Dec 2026, today"),
        ({"due_on": TODAY - DAY, "reschedules": 1}, "was due 7 Dec 2026, yesterday · moved once"),
        ({"due_on": TODAY - 5 * DAY, "reschedules": 3}, "3 Dec 2026, 5 days ago · moved 3 times"),
        (EXPIRED, "moved twice · 2 monthly reviews saw it open, so it cannot be moved: do it,"),
        (SOAKED, "implemented 7 Nov 2026, soaked until 7 Dec 2026: what shows that it works?"),
        (REPEATED, "verified 1 Dec 2026, and then an incident of the same class happened"),
        ({"progress": Progress.BLOCKED, "note": "the vendor"}, "today · blocked: the vendor"),
        ({"progress": Progress.IN_PROGRESS}, "today · in progress"),
        ({"proposed_owner": "U2"}, "today · <@U2> was asked to take it on"),
    ],
)
def test_how_an_item_stands_is_said_in_words(changed: dict[str, Any], says: str) -> None:
    assert says in words(said(kept(**changed)))


@pytest.mark.parametrize(
    ("of", "text"),
    [
        ([kept()], "1 item needs you: 1 due today"),
        ([KeptRisk(risk=RISK, place=PLACE)], "1 accepted risk that ran out needs you"),
        ([], "Nothing needs you any more."),
    ],
)
def test_the_notification_counts(of: list[Kept], text: str) -> None:
    assert said(*of)["text"] == text


def test_items_and_risks_are_counted_apart() -> None:
    text = said(kept(due_on=TODAY - DAY), KeptRisk(risk=RISK, place=PLACE))["text"]
    assert text == "1 item needs you: 1 overdue; 1 accepted risk ran out"


@pytest.mark.parametrize(
    ("number", "line"),
    [
        (1, "Also waiting for you: PM-100/1. It stands in Home and in `/postmortem items`."),
        (2, "Also waiting for you: PM-100/1, PM-101/1. They stand in Home and in "),
        (23, ", PM-119/1 and 3 more. They stand in Home and in `/postmortem items`."),
    ],
)
def test_what_was_told_of_before_is_one_last_line(number: int, line: str) -> None:
    also = tuple(kept(replace(PLACE, number=100 + each)) for each in range(number))
    message = said(kept(), also=also)
    assert message["text"] == "1 item needs you: 1 due today"
    assert line in words(message).splitlines()[-1]
    assert len(buttons(message)) == 1


def test_a_message_of_which_all_is_decided_does_not_deny_what_waits_besides() -> None:
    assert said(also=(kept(),))["text"] == "Nothing in this message needs you any more."


def test_of_an_ineffective_item_it_is_told_which_incident_showed_that() -> None:
    why = "PM-31 has the same causal class, “<pool>”, and began after this was verified."
    text = words(said(replace(kept(PLACE, **REPEATED), why=why)))
    assert ":repeat: *Ineffective: it happened again*" in text
    assert "and then it happened again: PM-31 has the same causal class, “&lt;pool&gt;”" in text
    private = replace(kept(replace(PLACE, is_private=True), **REPEATED), why=why)
    assert "PM-31" not in words(said(private, reader="U9"))


def test_what_was_typed_is_shown_and_not_obeyed() -> None:
    text = words(said(kept(what="<!channel> *now*\n<@U9>")))
    assert "&lt;!channel&gt; *now* &lt;@U9&gt;" in text


def test_an_item_of_nobody_here_is_handed_over_by_the_lead() -> None:
    message = said(kept(), reader="U9")
    assert "<@U1> has left: hand it over" in words(message)
    assert buttons(message) == [["decide.reassign", "open_item"]]


def test_a_private_item_of_somebody_else_keeps_its_words() -> None:
    private = replace(PLACE, is_private=True)
    typed = {"progress": Progress.BLOCKED, "note": "a secret"}
    theirs = said(kept(private, **typed), KeptRisk(risk=RISK, place=private), reader="U9")
    for word in ("Drain", "secret", "node", "<#C1>"):
        assert word not in words(theirs)
    assert "*PM-1/1* A private item" in words(theirs)
    assert "Drain connections first" in words(said(kept(private)))


OUTCOMES = [
    ({"due_on": date(2027, 1, 15)}, "moved to 15 Jan 2027"),
    ({"state": ItemState.CANCELLED}, "is cancelled"),
    ({"state": ItemState.VERIFIED}, "works"),
    ({"owner": "U2"}, "is <@U2>'s now, due 8 Dec 2026"),
]


@pytest.mark.parametrize(("changed", "says"), OUTCOMES)
def test_what_was_decided_is_one_line(changed: dict[str, Any], says: str) -> None:
    decided = Decided(kept=kept(**changed), before=ITEM, last=ENTRY)
    assert words(said(decided=(decided,))).endswith(f":white_check_mark: *PM-1/1* {says}")
    by_other = replace(decided, last=replace(ENTRY, actor="U3"))
    assert words(said(decided=(by_other,))).endswith(f"{says} (<@U3>)")


def test_what_did_not_work_is_open_again() -> None:
    before = replace(ITEM, state=ItemState.IMPLEMENTED)
    text = words(said(decided=(Decided(kept=kept(), before=before, last=ENTRY),)))
    assert text.endswith("*PM-1/1* is open again, due 8 Dec 2026")


def test_a_screen_reader_hears_which_item_a_button_is_for() -> None:
    rows: list[Block] = [each for each in said(kept())["blocks"] if each["type"] == "actions"]
    spoken = [button["accessibility_label"] for button in rows[0]["elements"]]
    assert spoken == ["It is implemented: PM-1/1", "Move the date: PM-1/1", "Open PM-1/1"]


def test_every_need_has_its_words() -> None:
    assert {each.need for each in wanting(all_of_them(), Programme(), TODAY)} == set(Need)
