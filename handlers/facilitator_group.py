"""Who is in the user group whose members take turns at chairing the monthly review (rule 19)."""

import structlog
from slack_sdk.web.async_client import AsyncWebClient

from handlers.patience import within
from handlers.people import PATIENCE
from handlers.reading import SILENCE, reads
from storage import workspaces
from storage.engine import Sessions

log = structlog.get_logger(__name__)


async def group_members(client: AsyncWebClient, sessions: Sessions, team_id: str) -> list[str]:
    """The members of the workspace's facilitators' group, as Slack says now.

    Nobody where no group is set, and where Slack does not say, with a line in the log: whoever is
    named beside it still takes turns. To be called before anything is locked.
    """
    async with sessions() as session:
        group = (await workspaces.programme(session, team_id)).facilitator_group
    if not group:
        return []
    try:
        async with within(PATIENCE):
            answer = await reads(client).usergroups_users_list(usergroup=group)
    except SILENCE as silent:
        log.warning("facilitators_unknown", group=group, why=repr(silent))
        return []
    return list(answer["users"])
