"""Which issue types a Jira project has, and the form that an issue of one is made with."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import quote

from domain.tickets import Place
from integrations.trackers import TrackerRefused
from integrations.trackers.jira.asking import Asking, Found
from integrations.trackers.jira.fields import Field, Screen, read_field
from integrations.trackers.jira.sentences import SETTINGS

#: A form changes when somebody redoes the project, and then it is soon read anew.
FRESH = timedelta(minutes=10)
#: What is made where the settings name no type and there is one of this name.
USUAL = "task"


@dataclass(frozen=True, kw_only=True)
class Form:
    """What an issue of a place is made with."""

    type_id: str
    screen: Screen


class Screens:
    """The forms of one Jira, remembered for a while."""

    def __init__(self, asking: Asking, api: str, now: Callable[[], datetime]) -> None:
        self._asking = asking
        self._api = api
        self._now = now
        self._held: dict[tuple[str, str], tuple[datetime, Form]] = {}

    async def form(self, place: Place) -> Form:
        """The form of the place; raises TrackerRefused where it has no such type of issue."""
        known = (place.project, place.issue_type)
        at, form = self._held.get(known, (None, None))
        if at is None or form is None or self._now() - at >= FRESH:
            form = await self._read(place)
            self._held[known] = (self._now(), form)
        return form

    def forget(self, place: Place) -> None:
        """Read the form anew next time: what was remembered does not fit any more."""
        self._held.pop((place.project, place.issue_type), None)

    async def edited(self, ref: str) -> Screen:
        """The form that this ticket is changed with."""
        found = await self._asking.get(f"{self._api}/issue/{ref}/editmeta", gone=True)
        fields: Mapping[str, Found] = found.get("fields", {})
        return {name: read_field(one, name) for name, one in fields.items()}

    async def _read(self, place: Place) -> Form:
        # The lists have other names in Data Center: docs.atlassian.com, REST 9.12, createmeta.
        path = f"{self._api}/issue/createmeta/{quote(place.project, safe='')}/issuetypes"
        types = [one async for one in self._asking.pages(path, ["issueTypes", "values"])]
        type_id = str(chosen_type(place, types)["id"])
        fields: dict[str, Field] = {}
        async for one in self._asking.pages(f"{path}/{type_id}", ["fields", "values"]):
            field = read_field(one)
            fields[field.id] = field
        return Form(type_id=type_id, screen=fields)


def chosen_type(place: Place, types: Sequence[Found]) -> Found:
    """The type of the settings; else a task; else the first that needs no parent."""
    if not types:
        raise TrackerRefused(
            f"Jira lets our account make no issue in {place.project}. "
            "Whoever runs that project gives it the permission Create Issues."
        )
    by_name = {str(one.get("name")).casefold(): one for one in types}
    if place.issue_type:
        if place.issue_type.casefold() in by_name:
            return by_name[place.issue_type.casefold()]
        names = ", ".join(str(one.get("name")) for one in types)
        raise TrackerRefused(
            f"{place.project} in Jira has no issue type “{place.issue_type}”. "
            f"Write one of these in {SETTINGS}: {names}."
        )
    alone = [one for one in types if not one.get("subtask")]
    return by_name.get(USUAL) or (alone or list(types))[0]
