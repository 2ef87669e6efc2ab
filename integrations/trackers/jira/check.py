"""What keeps tickets from being made in a Jira project, found without making any."""

from collections.abc import Awaitable, Callable
from urllib.parse import quote

from domain.tickets import Place
from integrations.trackers import TrackerRefused
from integrations.trackers.jira.asking import Asking, Found
from integrations.trackers.jira.fields import Field, given, missing, shaped
from integrations.trackers.jira.flavours import Flavour
from integrations.trackers.jira.screens import Screens
from integrations.trackers.jira.sentences import SETTINGS
from integrations.trackers.jira.site import Site
from integrations.trackers.jira.sprints import next_sprint

#: What our account must be allowed, and what people call that
#: (support.atlassian.com/jira-cloud-administration/docs/permissions-for-company-managed-projects).
PERMISSIONS = {
    "BROWSE_PROJECTS": "Browse Projects",
    "CREATE_ISSUES": "Create Issues",
    "EDIT_ISSUES": "Edit Issues",
    "ASSIGN_ISSUES": "Assign Issues",
    "TRANSITION_ISSUES": "Transition Issues",
    "ADD_COMMENTS": "Add Comments",
    "SCHEDULE_ISSUES": "Schedule Issues",
}


async def check(
    asking: Asking, flavour: Flavour, screens: Screens, site: Site, place: Place
) -> list[str]:
    """All that is wrong, each with how it is mended."""
    wrong = await _gathered(lambda: _project(asking, flavour, site, place))
    if wrong:
        return wrong  # whatever else there is comes of this
    wrong += await _gathered(lambda: _form(screens, flavour, place))
    if place.board:
        wrong += await _gathered(lambda: _board(asking, place))
    return wrong


async def _gathered(look: Callable[[], Awaitable[list[str]]]) -> list[str]:
    try:
        return await look()
    except TrackerRefused as refused:
        return [str(refused)]


async def account(asking: Asking, flavour: Flavour) -> str:
    """The name of our account."""
    return str((await asking.get(f"{flavour.api}/myself"))["displayName"])


async def project(asking: Asking, flavour: Flavour, place: Place) -> Found:
    """The project as our account sees it; TrackerRefused where Jira does not know us, or it.

    Cloud takes whoever shows a token that ran out for nobody, and shows them no project: only when
    it is asked who we are does it say so (api-group-myself/#api-rest-api-3-myself-get).
    """
    await account(asking, flavour)
    found: Found = await asking.get(f"{flavour.api}/project/{quote(place.project, safe='')}")
    return found


async def _project(asking: Asking, flavour: Flavour, site: Site, place: Place) -> list[str]:
    await site.address()
    if (await project(asking, flavour, place)).get("archived"):
        return [
            f"{place.project} in Jira is archived. Restore it, or choose another in {SETTINGS}."
        ]
    asked = {"projectKey": place.project, "permissions": ",".join(PERMISSIONS)}
    mine = await asking.get(f"{flavour.api}/mypermissions", params=asked)
    held = mine.get("permissions", {})
    lacking = [
        called
        for key, called in PERMISSIONS.items()
        if not held.get(key, {}).get("havePermission") and (place.board or "SCHEDULE" not in key)
    ]
    if not lacking:
        return []
    sentence = (
        f"Our account in Jira lacks in {place.project}: {', '.join(lacking)}. "
        "Whoever runs that project gives it these permissions."
    )
    return [sentence]


async def _form(screens: Screens, flavour: Flavour, place: Place) -> list[str]:
    screens.forget(place)
    screen = (await screens.form(place)).screen
    wrong: list[str] = []
    if "labels" not in screen:
        wrong.append(
            f"The field Labels is not on the create screen of {place.project} in Jira, and we find "
            "our tickets by it. Whoever runs that project puts it there."
        )
    ours = {"description", "duedate", "priority"}
    named: list[tuple[Field, str]] = []
    try:
        named = given(screen, place)
    except TrackerRefused as unknown:
        wrong.append(str(unknown))
    wrong += missing(screen, dict.fromkeys({*ours, *(field.id for field, _ in named)}))
    return wrong + _unfit(named, flavour)


def _unfit(named: list[tuple[Field, str]], flavour: Flavour) -> list[str]:
    wrong = []
    for field, said in named:
        try:
            shaped(field, said, flavour)
        except TrackerRefused as refused:
            wrong.append(str(refused))
    return wrong


async def _board(asking: Asking, place: Place) -> list[str]:
    await next_sprint(asking, place)
    return []
