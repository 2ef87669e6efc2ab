"""Signed HTTP: the same requests, POSTed to the app's own address."""

import hashlib
import hmac
import json
import time
from urllib.parse import urlencode

import aiohttp

from sandbox.line.delivery import Kind, NotAccepted, Retry
from sandbox.refusals import Json

FORM = "application/x-www-form-urlencoded"


def sign(secret: str, timestamp: int, body: str) -> str:
    """Slack's v0 signature (docs.slack.dev, "Verifying requests from Slack")."""
    base = f"v0:{timestamp}:{body}".encode()
    return f"v0={hmac.new(secret.encode(), base, hashlib.sha256).hexdigest()}"


class SignedHttp:
    """A line to an app that listens at `url`."""

    #: The one status that acknowledges.
    status: int | None = 200

    def __init__(self, url: str, secret: str) -> None:
        self._url = url
        self._secret = secret
        self._session: aiohttp.ClientSession | None = None

    def signed(
        self, body: str, kind: Kind = "interactive", at: int | None = None
    ) -> dict[str, str]:
        """The headers that go with a body.

        The timestamp is the wall's, not the workspace's: apps compare it with their own clock.
        """
        stamp = int(time.time()) if at is None else at
        return {
            "Content-Type": "application/json" if kind == "events_api" else FORM,
            "X-Slack-Request-Timestamp": str(stamp),
            "X-Slack-Signature": sign(self._secret, stamp, body),
        }

    async def send(self, kind: Kind, payload: Json, retry: Retry) -> Json | None:
        """POST it, and return what the app answered."""
        body = _body(kind, payload)
        headers = self.signed(body, kind)
        if retry.attempt:
            headers["X-Slack-Retry-Num"] = str(retry.attempt)
            headers["X-Slack-Retry-Reason"] = f"{retry.reason}".replace("timeout", "http_timeout")
        if self._session is None:
            self._session = aiohttp.ClientSession()
        try:
            async with self._session.post(self._url, data=body, headers=headers) as response:
                text = await response.text()
        except aiohttp.ClientError:
            raise NotAccepted("dispatch_failed") from None
        if response.status != self.status:
            final = response.headers.get("X-Slack-No-Retry") == "1"
            raise NotAccepted("dispatch_failed", response.status, final=final)
        return _answer(text, response.content_type)

    async def close(self) -> None:
        """Hang up."""
        if self._session is not None:
            await self._session.close()


def _body(kind: Kind, payload: Json) -> str:
    if kind == "events_api":
        return json.dumps(payload)
    if kind == "interactive":
        return urlencode({"payload": json.dumps(payload)})
    plain = {
        key: str(value).lower() if isinstance(value, bool) else value
        for key, value in payload.items()
    }
    return urlencode(plain)


def _answer(text: str, content_type: str) -> Json | None:
    if not text.strip():
        return None
    if content_type == "application/json":
        answer: Json = json.loads(text)
        return answer
    return {"text": text}
