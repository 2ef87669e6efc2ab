"""Where Jira Cloud and Jira Data Center differ."""

from collections.abc import AsyncIterator, Mapping, Sequence
from typing import Any, Protocol

from domain.tickets import Account, Line
from integrations.trackers.jira import wording
from integrations.trackers.jira.asking import Asking, Found

#: What of a ticket is read.
FIELDS = ("status", "resolution", "assignee", "duedate", "updated")
#: The property of a comment that has its mark; people do not see it.
MARK = "closedloop"
#: So many comments are looked at in one go: a list by ids has pages, but no way to turn them
#: (api-group-issue-comments/#api-rest-api-3-comment-list-post), and 50 are in any first one.
AT_ONCE = 50


class Flavour(Protocol):
    """What one kind of Jira calls things, and where it has them."""

    api: str

    def body(self, lines: Sequence[Line]) -> object:
        """A description."""
        ...

    def text(self, text: str) -> object:
        """Plain text as the value of a field of several lines."""
        ...

    def person(self, account: str) -> dict[str, str]:
        """Somebody, as the value of a field."""
        ...

    def account(self, user: Mapping[str, Any]) -> Account:
        """Somebody whom Jira names."""
        ...

    def asked_for(self, said: str) -> dict[str, str]:
        """How an assignable person is looked for."""
        ...

    async def search(self, jql: str) -> list[Found]:
        """The first tickets found, each with what is read of one."""
        ...

    def history(self, ref: str) -> AsyncIterator[Found]:
        """All changes of a ticket."""
        ...

    def comment(self, text: str, mark: str) -> dict[str, Any]:
        """A comment with a mark that people do not see."""
        ...

    async def commented(self, ref: str, mark: str) -> bool:
        """Whether one with this mark is there."""
        ...


class Cloud:
    """Jira Cloud: REST v3, documents, accounts by id (cloud/jira/platform/rest/v3)."""

    api = "rest/api/3"

    def __init__(self, asking: Asking) -> None:
        self._asking = asking

    def body(self, lines: Sequence[Line]) -> object:
        """A description."""
        return wording.document(lines)

    def text(self, text: str) -> object:
        """Plain text as the value of a field of several lines."""
        return wording.plain_document(text)

    def person(self, account: str) -> dict[str, str]:
        """Somebody, as the value of a field."""
        return {"id": account}

    def account(self, user: Mapping[str, Any]) -> Account:
        """Somebody whom Jira names."""
        return _account(user, "accountId")

    def asked_for(self, said: str) -> dict[str, str]:
        """How an assignable person is looked for."""
        return {"query": said}

    async def search(self, jql: str) -> list[Found]:
        """The first tickets found; what was made a few seconds ago may not be among them yet."""
        body = {"jql": jql, "fields": list(FIELDS), "maxResults": 2}
        found: Found = await self._asking.send("POST", f"{self.api}/search/jql", body)
        return list(found.get("issues", ()))

    async def history(self, ref: str) -> AsyncIterator[Found]:
        """All changes of a ticket."""
        path = f"{self.api}/issue/{ref}/changelog"
        async for change in self._asking.pages(path, ["values"], gone=True):
            yield change

    def comment(self, text: str, mark: str) -> dict[str, Any]:
        """A comment with a mark that people do not see."""
        property_ = {"key": MARK, "value": {"mark": mark}}
        return {"body": wording.plain_document(text), "properties": [property_]}

    async def commented(self, ref: str, mark: str) -> bool:
        """Whether one with this mark is there; a list of all has no properties, one by ids does."""
        path = f"{self.api}/issue/{ref}/comment"
        all_ = self._asking.pages(path, ["comments"], gone=True, params={"orderBy": "-created"})
        ids = [int(comment["id"]) async for comment in all_]
        for start in range(0, len(ids), AT_ONCE):
            body = {"ids": ids[start : start + AT_ONCE]}
            where = f"{self.api}/comment/list"
            page = await self._asking.send("POST", where, body, params={"expand": "properties"})
            if any(_is_marked(comment, mark) for comment in page.get("values", ())):
                return True
        return False


class DataCenter:
    """Jira Data Center: REST v2, wiki markup, accounts by name (docs.atlassian.com, REST 9.12)."""

    api = "rest/api/2"

    def __init__(self, asking: Asking) -> None:
        self._asking = asking

    def body(self, lines: Sequence[Line]) -> object:
        """A description."""
        return wording.markup(lines)

    def text(self, text: str) -> object:
        """Plain text as the value of a field of several lines."""
        return wording.escaped(text)

    def person(self, account: str) -> dict[str, str]:
        """Somebody, as the value of a field."""
        return {"name": account}

    def account(self, user: Mapping[str, Any]) -> Account:
        """Somebody whom Jira names."""
        return _account(user, "name")

    def asked_for(self, said: str) -> dict[str, str]:
        """How an assignable person is looked for; despite its word e-mail addresses count too."""
        return {"username": said}

    async def search(self, jql: str) -> list[Found]:
        """The first tickets found."""
        body = {"jql": jql, "fields": list(FIELDS), "maxResults": 2, "startAt": 0}
        found: Found = await self._asking.send("POST", f"{self.api}/search", body)
        return list(found.get("issues", ()))

    async def history(self, ref: str) -> AsyncIterator[Found]:
        """All changes of a ticket, which come with it."""
        path = f"{self.api}/issue/{ref}"
        asked = {"expand": "changelog", "fields": "updated"}
        found = await self._asking.get(path, gone=True, params=asked)
        for change in found.get("changelog", {}).get("histories", ()):
            yield change

    def comment(self, text: str, mark: str) -> dict[str, Any]:
        """A comment with a mark that people do not see: an anchor nobody links to."""
        # Escapes lengthen it.
        said = wording.escaped(wording.cut(text, wording.BODY_MAX // 3))
        return {"body": f"{said}{_anchor(mark)}"}

    async def commented(self, ref: str, mark: str) -> bool:
        """Whether one with this mark is there."""
        path = f"{self.api}/issue/{ref}/comment"
        all_ = self._asking.pages(path, ["comments"], gone=True)
        return any([_anchor(mark) in str(comment.get("body")) async for comment in all_])


def _account(user: Mapping[str, Any], named: str) -> Account:
    # Somebody who was deleted has an account and no name.
    name = str(user.get(named) or "")
    return Account(id=name, name=str(user.get("displayName") or name or "somebody"))


def _anchor(mark: str) -> str:
    return f"{{anchor:{MARK}-{mark}}}"


def _is_marked(comment: Mapping[str, Any], mark: str) -> bool:
    held = comment.get("properties") or ()
    return any(one["key"] == MARK and one.get("value") == {"mark": mark} for one in held)
