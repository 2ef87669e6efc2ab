"""Where people see what our account asks for: not always where that asks for it.

A token with scopes is taken only at `https://api.atlassian.com/ex/jira/CLOUD-ID`, where nobody can
look (support.atlassian.com/atlassian-account/docs/manage-api-tokens-for-your-atlassian-account).
"""

from integrations.trackers import TrackerRefused
from integrations.trackers.jira.asking import Asking

#: What is in the address of the gateway, and in nobody's site.
_GATEWAY = "/ex/jira/"


class Site:
    """The address of one Jira, for people; `url` is where it is asked."""

    def __init__(self, asking: Asking, api: str, url: str) -> None:
        self._asking, self._api = asking, api
        self._address = "" if _GATEWAY in url else url

    async def address(self) -> str:
        """Without a slash at its end; behind the gateway Jira is asked for it until it says.

        See developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-server-info.
        """
        if not self._address:
            told = await self._asking.get(f"{self._api}/serverInfo")
            said = str(told.get("displayUrl") or told.get("baseUrl") or "")
            if not said.startswith("https://"):
                raise TrackerRefused(
                    "Jira does not say where people see its tickets. Whoever runs Closed Loop "
                    "checks that JIRA_URL ends with the id of your site."
                )
            self._address = said.rstrip("/")
        return self._address
