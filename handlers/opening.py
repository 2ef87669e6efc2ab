"""Forms are opened in tasks of their own, after the click was acknowledged.

Slack's trigger lives three seconds, so opening cannot wait for the delivery worker; and the
acknowledgement must not wait for Slack. The app keeps hold of these tasks: an error in one is
logged and told to the person, and a graceful stop waits for them.
"""

from collections.abc import Awaitable, Callable, Coroutine
from typing import Any

import aiohttp
import structlog
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse
from slack_sdk.webhook.async_client import AsyncWebhookClient

from domain.errors import RuleBroken
from handlers.in_hand import InHand
from handlers.refusals import code_of, status_of
from storage.postmortems import NotFound

log = structlog.get_logger(__name__)

Tell = Callable[[str], Awaitable[object]]

TOO_LATE = (
    "Slack gives an app three seconds to open a form, and they were over. "
    "Nothing is lost: please try again."
)
BUSY = (
    "Slack takes no more calls from this app for a moment. "
    "Nothing is lost: please try again in a minute."
)
MAY_BE_OPEN = "Slack did not say whether it opened your form. If you see no form, please try again."
GONE = (
    "This postmortem is not in this workspace any more, or never was. "
    "Run `/postmortem` in the incident's channel to start one."
)
BROKEN = (
    "Something went wrong on our side. Nothing you typed is lost: please try again; "
    "if it happens again, give your administrator this reference: {reference}."
)
#: Slack's words for a trigger that came too late (docs.slack.dev/reference/methods/views.open).
SPENT_TRIGGERS = frozenset({"expired_trigger_id", "trigger_expired"})
#: Its word for one that has opened a form: the click was handled before, and came again because
#: Slack did not hear it acknowledged. The person has the form and needs no second word.
USED_TRIGGER = "exchanged_trigger_id"
SAYINGS = {**dict.fromkeys(SPENT_TRIGGERS, TOO_LATE), "ratelimited": BUSY}
#: Refusals of a view with blocks that a workspace cannot show; what a view holds is checked as an
#: argument too (docs.slack.dev/reference/methods/views.open#errors).
UNKNOWN_BLOCKS = frozenset({"invalid_blocks", "invalid_blocks_format", "invalid_arguments"})
SUCCESS = 200
SERVER_ERROR = 500


class MayBeOpen(Exception):
    """Slack's answer was lost: the form may stand before the person, and its trigger be spent."""


class NotSaid(Exception):
    """Slack did not take the sentence: the url is too old, or was used too often."""


class Opening:
    """Keeps hold of the forms being opened."""

    def __init__(self) -> None:
        self._in_hand = InHand("forms_not_opened")

    def begin(self, work: Coroutine[Any, Any, object], tell: Tell) -> None:
        """Start `work` now; if it fails, log why and `tell` the person."""
        self._in_hand.begin(self._watched(work, tell))

    def say(self, tell: Tell, sentence: str) -> None:
        """Tell somebody now, while nobody waits for it."""
        self._in_hand.begin(self._told(tell, sentence))

    async def finish(self, patience: float) -> int:
        """Wait up to `patience` seconds, then cancel what is left; the number cancelled."""
        return await self._in_hand.finish(patience)

    async def _watched(self, work: Coroutine[Any, Any, object], tell: Tell) -> None:
        try:
            await work
        except RuleBroken as broken:
            await self._told(tell, str(broken))
        except NotFound:
            await self._told(tell, GONE)
        except MayBeOpen as lost:
            log.warning("form_may_be_open", why=repr(lost.__cause__))
            await self._told(tell, MAY_BE_OPEN)
        except SlackApiError as refused:
            await self._refused(code_of(refused), tell)
        except Exception:
            log.exception("form_not_opened")
            await self._told(tell, sorry())

    async def _refused(self, code: str, tell: Tell) -> None:
        if code == USED_TRIGGER:
            log.info("form_open_already")
            return
        log.warning("form_not_opened", slack_error=code)
        await self._told(tell, SAYINGS.get(code) or sorry())

    @staticmethod
    async def _told(tell: Tell, sentence: str) -> None:
        try:
            await tell(sentence)
        except Exception:
            log.exception("person_not_told", sentence=sentence)


def sorry() -> str:
    """What is said of trouble that nobody foresaw, with the reference its log line carries."""
    reference = structlog.contextvars.get_contextvars().get("request_id", "none")
    return BROKEN.format(reference=reference)


async def show(
    client: AsyncWebClient,
    body: dict[str, Any],
    view: dict[str, Any],
    fallback: dict[str, Any] | None = None,
) -> dict[str, Any]:
    """Show the form to whoever clicked: on top of the form they clicked in, else by itself.

    Returns Slack's view. Where Slack takes no block of a kind in it yet, as charts, the `fallback`
    is shown instead: nothing was opened, and the trigger holds. Raises SlackApiError when the
    trigger is spent, MayBeOpen when Slack's answer is lost: a trigger works once, so asking again
    would only find it spent.
    """
    is_push = body.get("view", {}).get("type") == "modal"
    call = client.views_push if is_push else client.views_open
    trigger = body["trigger_id"]
    try:
        answer = await either(
            lambda shown: call(trigger_id=trigger, view=shown), view, fallback or view
        )
    except SlackApiError as refused:
        if status_of(refused) >= SERVER_ERROR:
            raise MayBeOpen from refused
        raise
    except aiohttp.ClientConnectorError:
        raise  # nothing was sent
    except (aiohttp.ClientError, TimeoutError) as lost:
        raise MayBeOpen from lost
    shown: dict[str, Any] = answer["view"]
    return shown


async def either(
    call: Callable[[dict[str, Any]], Awaitable[AsyncSlackResponse]],
    view: dict[str, Any],
    fallback: dict[str, Any],
) -> AsyncSlackResponse:
    """Slack's answer to this view, or to the fallback where it refuses the blocks of the first."""
    try:
        return await call(view)
    except SlackApiError as refused:
        if fallback is view or code_of(refused) not in UNKNOWN_BLOCKS:
            raise
        log.info("blocks_refused", slack_error=code_of(refused))
    return await call(fallback)


def beside(client: AsyncWebClient, url: str, thread: str = "") -> Tell:
    """A way to tell somebody beside their click or command, for their eyes only, and only once.

    With `thread` it is told in that thread. Raises NotSaid when Slack refuses: a url works five
    times within half an hour (docs.slack.dev/interactivity/handling-user-interaction).
    """
    webhook = AsyncWebhookClient(
        url, session=client.session, logger=client.logger, retry_handlers=[]
    )

    async def tell(sentence: str) -> None:
        there = {"thread_ts": thread} if thread else {}
        answer = await webhook.send_dict({"text": sentence, **there})
        if answer.status_code != SUCCESS:
            raise NotSaid(answer.status_code, answer.body)

    return tell


def tell_by(client: AsyncWebClient, body: dict[str, Any], respond: Tell) -> Tell:
    """How to reach the person who clicked: beside the click where Slack allows it, else by DM."""
    url, thread = body.get("response_url", ""), _thread_of(body)
    by_url = beside(client, url, thread) if url and thread else respond

    async def by_dm(sentence: str) -> None:
        await client.chat_postMessage(channel=body["user"]["id"], text=sentence)

    async def by_either(sentence: str) -> None:
        try:
            await by_url(sentence)
        except NotSaid as refused:
            log.info("told_by_message", why=repr(refused))
            await by_dm(sentence)

    return by_either if url else by_dm


def _thread_of(body: dict[str, Any]) -> str:
    """The thread in which the message stands that was pressed; empty of one in the channel itself.

    A message with replies names its own thread, and yet stands in the channel.
    """
    message, container = body.get("message", {}), body.get("container", {})
    thread = container.get("thread_ts") or message.get("thread_ts") or ""
    return "" if thread == (message.get("ts") or container.get("message_ts")) else str(thread)


async def tell_nobody(_sentence: str) -> None:
    """Tell nobody: no person waits for an answer here, and the trouble is logged."""
