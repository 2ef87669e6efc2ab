"""Making and changing tickets in Jira."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from uuid import UUID

from domain.tickets import LABEL, Account, Place, TicketState, Wanted
from integrations.trackers.jira.asking import Asking, Found
from integrations.trackers.jira.fields import Screen, given, priority, shaped
from integrations.trackers.jira.flavours import Flavour
from integrations.trackers.jira.screens import Screens
from integrations.trackers.jira.sentences import FieldsRefused
from integrations.trackers.jira.states import chosen
from integrations.trackers.jira.wording import title


def label(ours: str) -> str:
    """The label that a ticket carries our key as."""
    return f"{LABEL}-{UUID(ours).hex}"


@dataclass(frozen=True, kw_only=True)
class Made:
    """A ticket that Jira made, and the fields that it took."""

    ref: str
    key: str
    fields: frozenset[str]


@dataclass(frozen=True, kw_only=True)
class Writing:
    """What writes in one Jira; `look_up` finds people's accounts."""

    asking: Asking
    flavour: Flavour
    screens: Screens
    look_up: Callable[[Place, str], Awaitable[Account | None]]

    async def make(self, place: Place, ours: str, wanted: Wanted) -> Made:
        """Make the ticket."""
        try:
            fields = await self._form(place, ours, wanted)
            made, taken = await self._write("POST", f"{self.flavour.api}/issue", fields)
        except FieldsRefused:
            self.screens.forget(place)
            raise
        return Made(ref=str(made["id"]), key=str(made["key"]), fields=taken)

    async def change(self, ref: str, old: Wanted | None, new: Wanted) -> None:
        """Write what differs from `old`, where the ticket's form has a place for it."""
        screen = await self.screens.edited(ref)
        before = self._said(old, screen) if old else {}
        said = {
            name: value
            for name, value in self._said(new, screen).items()
            if (name not in before or before[name] != value)
            and (value is not None or name == "assignee")
        }
        if said:
            await self._write("PUT", f"{self.flavour.api}/issue/{ref}", said, gone=True)

    async def move(self, ref: str, key: str, wanted: TicketState) -> None:
        """Close or reopen the ticket, as its team's workflow allows."""
        path = f"{self.flavour.api}/issue/{ref}/transitions"
        asked = {"expand": "transitions.fields"}
        found = await self.asking.get(path, gone=True, params=asked)
        body = chosen(found.get("transitions", ()), wanted, key)
        await self.asking.send("POST", path, body, gone=True)

    async def _write(
        self, method: str, path: str, fields: dict[str, object], *, gone: bool = False
    ) -> tuple[Found, frozenset[str]]:
        """Write the fields, and say which; without the assignee where Jira lets them not be."""
        try:
            found: Found = await self.asking.send(method, path, {"fields": fields}, gone=gone)
        except FieldsRefused as refused:  # it did nothing
            rest = {name: value for name, value in fields.items() if name != "assignee"}
            if "assignee" not in refused.fields or rest in ({}, fields):
                raise
            fields = rest
            found = await self.asking.send(method, path, {"fields": fields}, gone=gone)
        return found, frozenset(fields)

    async def _form(self, place: Place, ours: str, wanted: Wanted) -> dict[str, object]:
        """All that the ticket is made with."""
        form = await self.screens.form(place)
        fields: dict[str, object] = {}
        for field, said in given(form.screen, place):
            found = await self.look_up(place, said) if field.of_people else None
            fields[field.id] = shaped(field, found.id if found else said, self.flavour)
        said_of = self._said(wanted, form.screen)
        fields |= {name: value for name, value in said_of.items() if value is not None}
        # A label has no space in it (api-group-labels).
        more = ("-".join(one.split()) for one in place.labels)
        return fields | {
            "project": {"key": place.project},
            "issuetype": {"id": form.type_id},
            "summary": title(wanted.title),
            "labels": list(dict.fromkeys([LABEL, label(ours), *more])),
        }

    def _said(self, wanted: Wanted, screen: Screen) -> dict[str, object]:
        """What the ticket is to say, where the form has a place for it."""
        fields = {
            "summary": title(wanted.title),
            "description": self.flavour.body(wanted.lines),
            "priority": priority(screen, wanted.priority),
            "duedate": wanted.due_on.isoformat(),
            "assignee": self.flavour.person(wanted.account) if wanted.account else None,
        }
        return {name: value for name, value in fields.items() if name in screen}
