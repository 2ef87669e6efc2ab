"""The question whose ticket was closed, and what the lead hears of a tracker."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from blocks.item_buttons import OPEN_ITEM, action_of
from blocks.limits import check_message
from blocks.ticket_news import Closed, Troubled, evidence_message, trouble_message
from blocks.tickets import REOPEN_TICKET
from blocks.trackers import SETTINGS_TRACKERS
from domain.action_items import HistoryEntry, ItemState
from domain.decisions import Decision
from domain.kept_tickets import CLOSED, OPENED
from domain.tickets import Place, TrackerKind
from tests.blocks.samples import A_LONG_TICKET, ITEM, POSTMORTEM, marked_up

NOW = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
URL = "https://acme.atlassian.net/browse/SHOP-12"
OF_JANE = "SHOP-12 was closed by Jane (Jira)."
ENTRY = HistoryEntry(item_id=90, actor="", at=NOW, event=CLOSED, changes={}, reason=OF_JANE, id=5)
ITEMS = replace(ITEM, ticket="SHOP-12", ticket_url=URL, ticket_closed=True)
ASKED = Closed(postmortem=POSTMORTEM, item=ITEMS, entry=ENTRY, reader="U2BEN", answers="U2BEN")
PRIVATE = replace(POSTMORTEM, is_private=True)
DONE = replace(
    ENTRY,
    id=6,
    actor="U2BEN",
    event=Decision.IMPLEMENT,
    reason="4.2",
    changes={"state": ("a", "b")},
)
PLACE = Place(kind=TrackerKind.JIRA, project="SHOP", trouble="Jira wants “Team” filled in.", id=1)
TROUBLED = Troubled(place=PLACE, since=NOW, is_over=False, unmade=1, behind=0, at=NOW)


def words(told: Closed) -> str:
    message = check_message(evidence_message(told))
    return "\n".join([message["text"], *marked_up(message["blocks"])])


def buttons(told: Closed) -> list[str]:
    rows = [each for each in evidence_message(told)["blocks"] if each["type"] == "actions"]
    return [each["action_id"] for row in rows for each in row["elements"]]


def test_the_owner_reads_what_was_closed_by_whom_and_what_was_promised() -> None:
    said = words(ASKED)
    assert f"<{URL}|SHOP-12> was closed by Jane (Jira), and PM-7/1 is open: what" in said
    assert "Drain connections before a failover" in said
    assert "_Done when:_ A failover in staging loses no request" in said


def test_whoever_closed_it_is_told_so_and_who_is_known_is_mentioned() -> None:
    by_ben, by_ada = (replace(ASKED, entry=replace(ENTRY, actor=who)) for who in ("U2BEN", "U1ADA"))
    assert f"You closed <{URL}|SHOP-12>, and PM-7/1 is open: what was done" in words(by_ben)
    assert f"You closed <{URL}|SHOP-12> while" in words(replace(by_ben, settled=DONE))
    assert f"<{URL}|SHOP-12> was closed by <@U1ADA>, and" in words(by_ada)
    unsaid = replace(ASKED, entry=replace(ENTRY, actor="U1ADA", reason=""))
    assert f"<{URL}|SHOP-12> was closed by <@U1ADA>, and" in words(unsaid)


def test_it_asks_what_the_form_asks_to_which_it_leads() -> None:
    assert "what was done, and where can it be seen?" in words(ASKED)
    vain = replace(ASKED, item=replace(ITEMS, state=ItemState.INEFFECTIVE))
    assert "what shows that it works?" in words(vain)


def test_the_owner_can_say_that_it_is_done_or_that_it_is_not() -> None:
    assert buttons(ASKED) == [action_of(Decision.IMPLEMENT), REOPEN_TICKET, OPEN_ITEM]
    vain = replace(ASKED, item=replace(ITEMS, state=ItemState.INEFFECTIVE))
    assert buttons(vain)[0] == action_of(Decision.VERIFY)


def test_in_place_of_somebody_who_left_the_lead_is_asked_and_may_hand_it_over() -> None:
    lead = replace(ASKED, reader="U9", answers="U9")
    assert "<@U2BEN>, who owns it, has left" in words(lead)
    assert action_of(Decision.REASSIGN) in buttons(lead)


def test_of_a_private_item_the_lead_reads_no_word_and_no_ticket() -> None:
    lead = replace(ASKED, reader="U9", answers="U9", postmortem=PRIVATE)
    for told in (lead, replace(lead, settled=DONE), replace(lead, settled=ENTRY)):
        assert not {"SHOP-12", "Drain", "Jane", "4.2"} & set(words(told).replace(".", " ").split())
    assert "PM-7/1" in words(lead)
    assert "Drain" in words(replace(ASKED, postmortem=PRIVATE))


@pytest.mark.parametrize(
    ("since", "said"),
    [
        ({"settled": DONE}, "<@U2BEN> says it is implemented: 4.2."),
        (
            {"settled": replace(DONE, event=OPENED, reason="", changes={})},
            "<@U2BEN> reopened its ticket.",
        ),
        ({"answers": "U3"}, "<@U3> answers for it now."),
        ({"answers": ""}, "Nobody answers for it now."),
    ],
)
def test_once_it_is_settled_the_question_says_how(since: dict[str, Any], said: str) -> None:
    told = replace(ASKED, **since)
    assert f"was closed by Jane (Jira) while PM-7/1 was open. {said}" in words(told)
    assert buttons(told) == [OPEN_ITEM]


def test_at_its_longest_it_is_taken() -> None:
    item = replace(ITEMS, what="&" * 300, done_when="<" * 500, **A_LONG_TICKET)
    entry = replace(ENTRY, reason=f"{item.ticket} {'&' * 2000}")
    words(replace(ASKED, item=item, entry=entry))
    words(replace(ASKED, item=item, settled=replace(DONE, reason="&" * 700)))


def told(**other: Any) -> str:
    message = check_message(trouble_message(replace(TROUBLED, **other)))
    return "\n".join([message["text"], *marked_up(message["blocks"])])


def test_the_lead_reads_what_is_wrong_since_when_and_how_many_wait() -> None:
    said = told()
    assert "*Tickets in Jira SHOP cannot be made or kept* since <!date^" in said
    assert ">Jira wants “Team” filled in." in said
    assert "1 item waits for a ticket." in said
    assert SETTINGS_TRACKERS in str(trouble_message(TROUBLED))


@pytest.mark.parametrize(
    ("unmade", "behind", "said"),
    [
        (0, 0, "no item waits."),
        (2, 1, "2 items wait for a ticket and 1 ticket does not follow its item."),
        (0, 3, "3 tickets do not follow their items."),
    ],
)
def test_what_waits_is_counted(unmade: int, behind: int, said: str) -> None:
    assert said in told(unmade=unmade, behind=behind)


def test_it_says_so_when_it_works_again() -> None:
    said = told(is_over=True)
    assert "Tickets in Jira SHOP work again." in said
    assert "cannot" not in said


def test_nothing_of_a_tracker_is_obeyed_and_the_longest_fits() -> None:
    typed: dict[str, Any] = {
        "project": "<!here>" * 50,
        "service": "<!here>",
        "trouble": "<!here>" * 1000,
    }
    place = replace(PLACE, **typed)
    for is_over in (True, False):
        assert "<!here>" not in told(place=place, is_over=is_over)
