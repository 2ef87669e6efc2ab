"""Forms are opened in tasks of their own, after the click was acknowledged.

Slack's trigger lives three seconds, so opening cannot wait for the delivery worker; and the
acknowledgement must not wait for Slack. The app keeps hold of these tasks: an error in one is
logged and told to the person, and a graceful stop waits for them.
"""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any, Literal

import structlog
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from domain.errors import RuleBroken
from handlers.refusals import code_of
from storage.postmortems import NotFound

log = structlog.get_logger(__name__)

Tell = Callable[[str], Awaitable[object]]

TOO_LATE = (
    "Slack gives an app three seconds to open a form, and they were over. "
    "Nothing is lost: please try again."
)
GONE = (
    "This postmortem is not in this workspace any more, or never was. "
    "Run `/postmortem` in the incident's channel to start one."
)
BROKEN = (
    "Something went wrong on our side. Nothing you typed is lost: please try again; "
    "if it happens again, give your administrator this reference: {reference}."
)
#: Slack's words for a trigger that is spent (docs.slack.dev/reference/methods/views.open).
SPENT_TRIGGERS = frozenset({"expired_trigger_id", "exchanged_trigger_id", "trigger_expired"})


class Opening:
    """Keeps hold of the forms being opened."""

    def __init__(self) -> None:
        self._tasks: set[asyncio.Task[None]] = set()

    def begin(self, work: Coroutine[Any, Any, object], tell: Tell) -> None:
        """Start `work` now; if it fails, log why and `tell` the person."""
        task = asyncio.create_task(self._watched(work, tell))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def drain(self, patience: float) -> int:
        """Wait up to `patience` seconds for what is under way; the number left unfinished."""
        if not self._tasks:
            return 0
        _, unfinished = await asyncio.wait(self._tasks, timeout=patience)
        return len(unfinished)

    async def _watched(self, work: Coroutine[Any, Any, object], tell: Tell) -> None:
        try:
            await work
        except RuleBroken as broken:
            await self._told(tell, str(broken))
        except NotFound:
            await self._told(tell, GONE)
        except SlackApiError as refused:
            code = code_of(refused)
            log.warning("form_not_opened", slack_error=code)
            await self._told(tell, TOO_LATE if code in SPENT_TRIGGERS else self._sorry())
        except Exception:
            log.exception("form_not_opened")
            await self._told(tell, self._sorry())

    @staticmethod
    def _sorry() -> str:
        reference = structlog.contextvars.get_contextvars().get("request_id", "none")
        return BROKEN.format(reference=reference)

    @staticmethod
    async def _told(tell: Tell, sentence: str) -> None:
        try:
            await tell(sentence)
        except Exception:
            log.exception("person_not_told", sentence=sentence)


async def show(
    client: AsyncWebClient, body: dict[str, Any], view: dict[str, Any]
) -> dict[str, Any]:
    """Show the form to whoever clicked: on top of the form they clicked in, else by itself.

    Returns Slack's view. Raises SlackApiError when the trigger is spent.
    """
    how: Literal["push", "open"] = "push" if body.get("view", {}).get("type") == "modal" else "open"
    call = client.views_push if how == "push" else client.views_open
    answer = await call(trigger_id=body["trigger_id"], view=view)
    shown: dict[str, Any] = answer["view"]
    return shown


def tell_by(client: AsyncWebClient, body: dict[str, Any], respond: Tell) -> Tell:
    """How to reach the person who clicked: beside the click where Slack allows it, else by DM."""
    if body.get("response_url") or body.get("response_urls"):
        return respond

    async def by_dm(sentence: str) -> None:
        await client.chat_postMessage(channel=body["user"]["id"], text=sentence)

    return by_dm
