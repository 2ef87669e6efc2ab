"""Accounts are found and tokens are made as at GitHub."""

from datetime import timedelta
from typing import Any

import httpx
import jwt
import pytest

from sandbox import Clock
from sandbox.tracker import Tracker


def signed(tracker: Tracker, clock: Clock, **claims: Any) -> dict[str, str]:
    """The header of the app itself; times are seconds from now."""
    said: dict[str, Any] = {"iat": -60, "exp": 540, "iss": tracker.access.app_id} | claims
    now = int(clock.now().timestamp())
    said |= {name: now + said[name] for name in ("iat", "exp")}
    token = jwt.encode(said, tracker.access.private_key, "RS256")
    return {"Authorization": f"Bearer {token}"}


async def test_an_account_is_found_by_its_login_and_its_address(api: httpx.AsyncClient) -> None:
    assert (await api.get("users/ADA")).json()["name"] == "Ada"
    found = await api.get("search/users", params={"q": "ada@example.com in:email"})
    assert [one["login"] for one in found.json()["items"]] == ["ada"]


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("@example.com in:email", 5),
        ("acme type:user", 0),
        ("acme type:organization", 1),
        ("zzz", 0),
    ],
)
async def test_a_search_finds_who_fits(api: httpx.AsyncClient, query: str, count: int) -> None:
    assert (await api.get("search/users", params={"q": query})).json()["total_count"] == count


async def test_a_search_for_nothing_is_refused(api: httpx.AsyncClient) -> None:
    assert (await api.get("search/users")).status_code == 422


async def test_only_people_of_the_repository_can_be_assigned(api: httpx.AsyncClient) -> None:
    at = "repos/acme/shop/assignees"
    assert [one["login"] for one in (await api.get(at)).json()] == ["ada", "ben", "cleo", "dan"]
    assert (await api.get(f"{at}/ada")).status_code == 204
    assert (await api.get(f"{at}/outsider")).status_code == 404


async def test_a_token_knows_whose_it_is_and_how_much_is_left(api: httpx.AsyncClient) -> None:
    answer = await api.get("user")
    assert answer.json()["login"] == "closed-loop"
    assert answer.headers["X-RateLimit-Remaining"] == "4999"
    assert (await api.get("rate_limit")).json()["rate"]["limit"] == 5000


async def test_an_app_makes_tokens_that_last_an_hour(
    anybody: httpx.AsyncClient, tracker: Tracker, clock: Clock
) -> None:
    itself = signed(tracker, clock)
    installed = await anybody.get("api/v3/repos/acme/shop/installation", headers=itself)
    made = await anybody.post(installed.json()["access_tokens_url"], headers=itself)
    said = {"Authorization": f"Bearer {made.json()['token']}"}

    issue = await anybody.post(
        "api/v3/repos/acme/shop/issues", headers=said, json={"title": "By the app"}
    )
    assert issue.json()["user"]["login"] == "closed-loop[bot]"
    clock.turn(timedelta(hours=1))
    assert (await anybody.get("api/v3/repos/acme/shop", headers=said)).status_code == 401


async def test_a_token_of_an_installation_sees_what_it_was_made_for(
    anybody: httpx.AsyncClient, tracker: Tracker, clock: Clock
) -> None:
    at = f"api/v3/app/installations/{tracker.access.installation}/access_tokens"
    itself = signed(tracker, clock)
    token = (await anybody.post(at, headers=itself, json={"repositories": ["shop"]})).json()
    said = {"Authorization": f"Bearer {token['token']}"}

    assert (await anybody.get("api/v3/repos/acme/shop", headers=said)).status_code == 200
    assert (await anybody.get("api/v3/repos/acme/attic", headers=said)).status_code == 404
    assert (await anybody.get("api/v3/user", headers=said)).status_code == 403
    none = await anybody.post(at, headers=itself, json={"repositories": ["none"]})
    assert none.status_code == 422


@pytest.mark.parametrize(
    "claims", [{"exp": 3600}, {"exp": -1}, {"iat": 300}, {"iss": "1"}], ids=str
)
async def test_an_app_that_says_something_wrong_is_refused(
    anybody: httpx.AsyncClient, tracker: Tracker, clock: Clock, claims: dict[str, Any]
) -> None:
    answer = await anybody.get(
        "api/v3/repos/acme/shop/installation", headers=signed(tracker, clock, **claims)
    )
    assert answer.status_code == 401


async def test_the_app_itself_sees_nothing_but_its_installations(
    anybody: httpx.AsyncClient, api: httpx.AsyncClient, tracker: Tracker, clock: Clock
) -> None:
    itself = signed(tracker, clock)
    there = ["repos/acme/shop", "repos/acme/none/installation"]
    seen = [await anybody.get(f"api/v3/{path}", headers=itself) for path in there]
    seen.append(await anybody.post("api/v3/app/installations/1/access_tokens", headers=itself))

    assert [one.status_code for one in seen] == [404, 404, 404]
    assert (await api.get("repos/acme/shop/installation")).status_code == 401
