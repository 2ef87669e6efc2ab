"""The roll call: whoever answers for something is looked up in Slack, twice a day.

`user_change` may be missed; then nobody would know that an owner has left, or gets up elsewhere.
"""

from collections.abc import AsyncIterator, Mapping
from dataclasses import replace
from datetime import datetime, timedelta

import structlog
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from domain.people import Person
from handlers.comings import rename, take_over
from handlers.people import nobody, person_from
from handlers.reading import SILENCE
from handlers.refusals import code_of
from storage import digests, people
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
#: What Slack says of somebody who is here no more (rule 16): their account is gone, or it is one of
#: another workspace (docs.slack.dev/reference/methods/users.info#errors).
_NO_ACCOUNT, _ELSEWHERE = "user_not_found", "user_not_visible"


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
            met = await people.known(session, self._workspace_id, wanted)
        left = {each: met.get(each, nobody(each)) for each in wanted}
        try:
            async for person in _described(client, self._workspace_id, left):
                async with sessions.begin() as session:
                    await take_over(session, self._workspace_id, person, now)
                if left.pop(person.id).name != person.name:
                    await rename(sessions, self._workspace_id, person.id, now)
        except SILENCE as silent:
            log.warning("people_not_looked_up", why=repr(silent))
        if not left:
            self._next = now + EVERY


async def _described(
    client: AsyncWebClient, workspace_id: str, known: Mapping[str, Person]
) -> AsyncIterator[Person]:
    """These as Slack describes them now, a page of everybody at a time until all are found."""
    left, cursor = set(known), ""
    while left:
        page = await client.users_list(limit=PAGE, cursor=cursor or None)
        for user in page["members"]:
            if user["id"] in left:
                left.remove(user["id"])
                yield person_from(user, workspace_id)
        cursor = (page.get("response_metadata") or {}).get("next_cursor", "")
        if not cursor:
            break
    for each in sorted(left)[:STRANGERS]:
        yield await _by_name(client, workspace_id, known[each])


async def _by_name(client: AsyncWebClient, workspace_id: str, before: Person) -> Person:
    """Somebody who is on no list; of whoever is gone what was known before stays known."""
    try:
        answer = await client.users_info(user=before.id)
    except SlackApiError as refused:
        why = code_of(refused)
        if why not in {_NO_ACCOUNT, _ELSEWHERE}:
            raise
        log.info("nobody_by_this_id", user=before.id)
        return replace(before, is_deactivated=why == _NO_ACCOUNT, is_outsider=why == _ELSEWHERE)
    return person_from(answer["user"], workspace_id)
