"""Prometheus, asked by its HTTP API (prometheus.io/docs/prometheus/latest/querying/api)."""

import asyncio
import json
import math
from http import HTTPStatus
from typing import Any

import httpx

from domain.services import BURNED_MAX
from integrations.budgets import NoAnswer

#: A query over thirty days may take a while; Prometheus itself gives up after two minutes.
PATIENCE = 30.0
#: One number needs some hundred characters; whatever is much longer is not read to its end.
LONGEST = 1_000_000
_SAID_MOST = 300


class Prometheus:
    """Asks one Prometheus, or whatever speaks as it does; `token` is shown as a bearer token."""

    def __init__(self, url: str, token: str = "", patience: float = PATIENCE) -> None:
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        where = httpx.URL(url)
        # httpx logs every address it asks: a password in it would stand there.
        self._client = httpx.AsyncClient(
            base_url=where.copy_with(userinfo=b""),
            auth=(where.username, where.password) if where.userinfo else None,
            headers=headers,
            timeout=patience,
        )
        self._patience = patience

    async def burned(self, query: str) -> float:
        """The one number that a query yields now; NoAnswer where it yields none, or more."""
        try:
            async with asyncio.timeout(self._patience):
                status, body = await self._asked(query)
        except (httpx.HTTPError, httpx.InvalidURL, TimeoutError) as silent:
            raise NoAnswer(_silence(silent)) from silent
        return _number(status, body)

    async def _asked(self, query: str) -> tuple[int, bytes]:
        body = b""
        asking = self._client.stream("POST", "api/v1/query", data={"query": query})
        async with asking as answer:
            async for part in answer.aiter_bytes():
                body += part
                if len(body) > LONGEST:
                    raise NoAnswer(
                        "Prometheus answered with more than a million characters. Write a query "
                        "that yields one number."
                    )
            return answer.status_code, body

    async def close(self) -> None:
        """Let go of its connections."""
        await self._client.aclose()


def _silence(silent: Exception) -> str:
    match silent:
        case httpx.TimeoutException() | TimeoutError():
            return "Prometheus did not answer in time."
        case httpx.ConnectError():
            return "Prometheus cannot be reached. Is PROMETHEUS_URL right, and is it running?"
    return f"Prometheus gave no answer: {type(silent).__name__}."


def _number(status: int, body: bytes) -> float:
    if status in {HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN}:
        raise NoAnswer(f"Prometheus refused us ({status}). Is PROMETHEUS_TOKEN right?")
    said = _read(body)
    if said is None:
        raise NoAnswer(f"What answered is no Prometheus ({status}). Is PROMETHEUS_URL right?")
    if said.get("status") != "success":
        raise NoAnswer(f"Prometheus refused the query: {str(said.get('error'))[:_SAID_MOST]}")
    try:
        found = _values(said["data"])
    except (KeyError, TypeError, ValueError, IndexError, OverflowError) as unread:
        raise NoAnswer("Prometheus answered with something that is no number.") from unread
    return _only(found)


def _read(body: bytes) -> dict[str, Any] | None:
    try:
        said = json.loads(body)
    except (ValueError, RecursionError):
        return None
    return said if isinstance(said, dict) else None


def _values(data: dict[str, Any]) -> list[float]:
    """The numbers of an answer: a scalar is one, a vector has one for each of its series."""
    match data["resultType"]:
        case "scalar":
            return [float(data["result"][1])]
        case "vector":
            return [float(each["value"][1]) for each in data["result"]]
    raise ValueError(data["resultType"])


def _only(found: list[float]) -> float:
    if not found:
        raise NoAnswer("The query found nothing. Does it name the service as its metrics do?")
    if len(found) > 1:
        raise NoAnswer(f"The query yields {len(found)} numbers. Sum them up, so that it is one.")
    if not math.isfinite(found[0]):
        raise NoAnswer(
            "The query yields no number: it divides by nothing, as where there was no traffic."
        )
    if not 0 <= found[0] <= BURNED_MAX:
        raise NoAnswer(
            f"The query yields {found[0]:,.0f}. It has to yield how many percent are spent: 0 to "
            f"{BURNED_MAX:,}."
        )
    return found[0]
