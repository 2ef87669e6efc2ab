"""The roll call: whoever answers for something is looked up in Slack, twice a day.

`user_change` may be missed; then nobody would know that an owner has left, or gets up elsewhere.
"""

from collections.abc import AsyncIterator, Iterable
from datetime import datetime, timedelta
from typing import Any

import structlog
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from handlers.comings import take_over
from handlers.people import person_from
from handlers.reading import SILENCE
from handlers.refusals import code_of
from storage import digests
from storage.engine import Sessions

log = structlog.get_logger(__name__)

#: An item is the lead's within a day of its owner leaving (rule 16), with time to spare.
EVERY = timedelta(hours=12)
#: So soon it is tried again when Slack did not say.
AGAIN = timedelta(minutes=10)
#: Slack advises no more (docs.slack.dev/reference/methods/users.list).
PAGE = 200
#: Whoever is on no list, people of other workspaces, is asked for by name: so many at a time.
STRANGERS = 20


class RollCall:
    """A duty of the clock: looks up the people of one workspace who answer for something.

    Whom it looks up stands in the database. When it does so next is only remembered here, lest all
    be counted each second: after a restart it looks whether there is somebody to look up.
    """

    def __init__(self, workspace_id: str) -> None:
        self._workspace_id = workspace_id
        self._next: datetime | None = None

    async def __call__(self, sessions: Sessions, client: AsyncWebClient, now: datetime) -> None:
        """Take over what Slack says now of whoever was not seen for EVERY."""
        if self._next is not None and now < self._next:
            return
        self._next = now + AGAIN
        async with sessions() as session:
            wanted = await digests.unseen(session, self._workspace_id, now - EVERY)
        try:
            async for user in _users(client, wanted):
                person = person_from(user, self._workspace_id)
                async with sessions.begin() as session:
                    await take_over(session, self._workspace_id, person, now)
        except SILENCE as silent:
            log.warning("people_not_looked_up", why=repr(silent))
        else:
            self._next = now + EVERY


async def _users(client: AsyncWebClient, wanted: set[str]) -> AsyncIterator[dict[str, Any]]:
    """What Slack says of these, a page of everybody at a time until all of them are found."""
    left, cursor = set(wanted), ""
    while left:
        page = await client.users_list(limit=PAGE, cursor=cursor or None)
        for user in page["members"]:
            if user["id"] in left:
                left.remove(user["id"])
                yield user
        cursor = (page.get("response_metadata") or {}).get("next_cursor", "")
        if not cursor:
            break
    async for user in _strangers(client, sorted(left)[:STRANGERS]):
        yield user


async def _strangers(client: AsyncWebClient, ids: Iterable[str]) -> AsyncIterator[dict[str, Any]]:
    for each in ids:
        try:
            answer = await client.users_info(user=each)
        except SlackApiError as refused:
            if code_of(refused) not in {"user_not_found", "user_not_visible"}:
                raise
            log.info("nobody_by_this_id", user=each)
        else:
            yield answer["user"]
