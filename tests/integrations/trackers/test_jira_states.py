from typing import Any

import httpx
import pytest

from domain.tickets import TicketState
from integrations.trackers.jira.sentences import explain
from integrations.trackers.jira.states import chosen, state_of

OPEN, DONE, DROPPED = TicketState.OPEN, TicketState.DONE, TicketState.DROPPED


def status(category: str, name: str = "Some") -> dict[str, Any]:
    """A status of a team's own."""
    return {"name": name, "statusCategory": {"key": category}}


def transition(name: str, category: str = "done", **fields: Any) -> dict[str, Any]:
    """A transition to a status of the same name; its fields say whether they are required."""
    return {"id": name, "name": name, "to": status(category, name), "fields": fields}


def resolution(*names: str, required: bool = True) -> dict[str, Any]:
    """The field of a transition that asks how it was closed."""
    allowed = [{"id": name, "name": name} for name in names]
    return {"required": required, "allowedValues": allowed}


@pytest.mark.parametrize(
    ("category", "name", "resolved", "state"),
    [
        ("new", "To Do", None, OPEN),
        ("indeterminate", "Won't do?", None, OPEN),
        ("done", "Done", None, DONE),
        ("done", "Done", "Fixed", DONE),
        ("done", "Closed", "Won't Do", DROPPED),
        ("done", "Closed", "Won’t Fix", DROPPED),  # noqa: RUF001 - as teams write it
        ("done", "Closed", "Duplicate", DROPPED),
        ("done", "Closed", "Cannot Reproduce", DROPPED),
        ("done", "Closed", "Declined", DROPPED),
        ("done", "Cancelled", None, DROPPED),
    ],
)
def test_a_state_is_told_by_category_and_resolution(
    category: str, name: str, resolved: str | None, state: TicketState
) -> None:
    fields = {"status": status(category, name), "resolution": resolved and {"name": resolved}}

    assert state_of(fields) is state


@pytest.mark.parametrize(
    ("wanted", "transitions", "taken"),
    [
        (DONE, ["Cancelled", "Done"], "Done"),
        (DROPPED, ["Done", "Rejected"], "Rejected"),
        (DROPPED, ["Done"], "Done"),
    ],
)
def test_closing_prefers_a_status_that_says_how(
    wanted: TicketState, transitions: list[str], taken: str
) -> None:
    sent = chosen([transition(name) for name in transitions], wanted, "SHOP-1")

    assert sent == {"transition": {"id": taken}}


@pytest.mark.parametrize(
    ("wanted", "field", "filled"),
    [
        (DONE, resolution("Duplicate", "Fixed"), "Fixed"),
        (DROPPED, resolution("Fixed", "Duplicate"), "Duplicate"),
        (DROPPED, resolution("Fixed", "Shipped"), "Fixed"),
        (DROPPED, resolution("Fixed", "Declined", required=False), "Declined"),
    ],
)
def test_a_resolution_is_filled_in_as_fits(
    wanted: TicketState, field: dict[str, Any], filled: str
) -> None:
    sent = chosen([transition("Close", resolution=field)], wanted, "SHOP-1")

    assert sent["fields"] == {"resolution": {"id": filled}}


def test_a_resolution_that_nobody_asks_for_and_none_fits_is_left_out() -> None:
    field = resolution("Fixed", required=False)

    sent = chosen([transition("Close", resolution=field)], DROPPED, "SHOP-1")

    assert sent == {"transition": {"id": "Close"}}


def test_a_transition_that_wants_more_is_taken_last() -> None:
    asked = transition("Approve", "new", customfield_1={"required": True})

    sent = chosen([asked, transition("Reopen", "new"), transition("Done")], OPEN, "SHOP-1")

    assert sent == {"transition": {"id": "Reopen"}}


@pytest.mark.parametrize(
    ("status_code", "body", "said"),
    [
        (403, '{"errorMessages": ["No."]}', "does not allow this to our account: No."),
        (403, "<html>", "does not allow this to our account."),
        (409, '{"errorMessages": ["Busy with it"]}', "Jira refused: Busy with it."),
        (400, '{"message": "Bad", "errors": null}', "Jira refused: Bad."),
        (400, "[]", ""),
    ],
)
def test_what_jira_says_is_passed_on_with_what_to_do(
    status_code: int, body: str, said: str
) -> None:
    request = httpx.Request("POST", "http://jira.test/rest/api/3/issue")

    assert said in explain(httpx.Response(status_code, text=body, request=request))
