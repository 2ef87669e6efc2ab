"""What is to go wrong goes wrong, and then all is well again."""

import httpx
import pytest

from sandbox.tracker import Tracker

ISSUES = "repos/acme/shop/issues"


async def test_a_call_fails_as_it_was_ordered_and_does_nothing(
    api: httpx.AsyncClient, tracker: Tracker
) -> None:
    tracker.faults.fail_next(429, 2, headers={"Retry-After": "60"}, on="create")
    assert (await api.get(ISSUES)).status_code == 200
    failed = [await api.post(ISSUES, json={"title": "A"}) for _ in range(2)]

    assert [one.status_code for one in failed] == [429, 429]
    assert failed[0].headers["Retry-After"] == "60"
    assert tracker.hands.tickets() == []
    assert (await api.post(ISSUES, json={"title": "A"})).status_code == 201
    assert tracker.calls == ["find", "create", "create", "create"]


async def test_any_call_fails_with_the_body_that_is_wanted(
    api: httpx.AsyncClient, tracker: Tracker
) -> None:
    tracker.faults.fail_next(503, body="<html>")
    assert (await api.get(ISSUES)).text == "<html>"
    tracker.faults.fail_next(403, body={"message": "Spent"})
    assert (await api.get("user")).json() == {"message": "Spent"}


async def test_an_answer_is_lost_after_the_deed(api: httpx.AsyncClient, tracker: Tracker) -> None:
    tracker.faults.lose_next_answer()
    with pytest.raises(httpx.RemoteProtocolError):
        await api.post(ISSUES, json={"title": "A"})

    assert [one.title for one in tracker.hands.tickets()] == ["A"]
    assert len((await api.get(ISSUES)).json()) == 1
