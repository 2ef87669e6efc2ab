"""Somebody who does in the tracker what people do there, for tests and stories."""

from dataclasses import dataclass

from sandbox.tracker.backlog import Backlog
from sandbox.tracker.deeds import Deeds
from sandbox.tracker.tickets import Issue


@dataclass(frozen=True, kw_only=True)
class Seen:
    """An issue as somebody who looks at it sees it; `ref` is `owner/name/number`."""

    ref: str
    key: str
    title: str
    body: str
    state: str
    assignee: str
    labels: tuple[str, ...]
    sprint: str
    comments: tuple[str, ...]


#: State and reason, in words that are no vendor's.
STATES = {
    ("open", None): "open",
    ("open", "reopened"): "open",
    ("closed", "completed"): "done",
    ("closed", "not_planned"): "not planned",
    ("closed", "duplicate"): "not planned",
}


class Hands:
    """People are named by their logins, issues by `owner/name/number`, an old one will do."""

    def __init__(self, backlog: Backlog) -> None:
        self._backlog = backlog

    def tickets(self) -> list[Seen]:
        """All issues, oldest first."""
        return [self._seen(one) for one in self._backlog.issues.values()]

    def issue(self, ref: str) -> Issue:
        """The issue that is called so, wherever it was transferred to."""
        full_name, _, number = ref.rpartition("/")
        home = self._backlog.repository(full_name)
        if home is None:
            raise LookupError(f"There is no repository {full_name}.")
        place = home.left.get(int(number))
        if place:
            return self.issue(f"{self._backlog.repositories[place[0]].full_name}/{place[1]}")
        found = self._backlog.issue(home, int(number))
        if found is None:
            raise LookupError(f"There is no issue {ref}.")
        return found

    def assign(self, ref: str, login: str | None, by: str) -> None:
        """Assign it to one, or to nobody."""
        Deeds(self._backlog, by).assign(self.issue(ref), [login] if login else [])

    def close(self, ref: str, by: str, reason: str = "completed") -> None:
        """Close it as completed, or as `not_planned` or `duplicate`."""
        Deeds(self._backlog, by).close(self.issue(ref), reason)

    def reopen(self, ref: str, by: str) -> None:
        """Open it again."""
        Deeds(self._backlog, by).reopen(self.issue(ref))

    def comment(self, ref: str, text: str, by: str) -> None:
        """Say something about it."""
        Deeds(self._backlog, by).comment(self.issue(ref), text)

    def delete(self, ref: str, by: str) -> None:
        """Delete it for good."""
        Deeds(self._backlog, by).delete(self.issue(ref))

    def move(self, ref: str, by: str, to: str = "") -> str:
        """Transfer it to another repository, the next one unless named; returns its new ref."""
        issue = self.issue(ref)
        others = [one for one in self._backlog.repositories.values() if one.id != issue.repository]
        there = self._backlog.repository(to) if to else others[0]
        if there is None:
            raise LookupError(f"There is no repository {to}.")
        return self.ref(Deeds(self._backlog, by).transfer(issue, there))

    def ref(self, issue: Issue) -> str:
        """What an issue is called here."""
        return f"{self._backlog.home(issue).full_name}/{issue.number}"

    def _seen(self, issue: Issue) -> Seen:
        home = self._backlog.home(issue)
        return Seen(
            ref=self.ref(issue),
            key=f"{home.full_name}#{issue.number}",
            title=issue.title,
            body=issue.body,
            state=STATES[issue.state, issue.state_reason],
            assignee=next(iter(issue.assignees), ""),
            labels=tuple(issue.labels),
            sprint=self._backlog.sprint_of(issue),
            comments=tuple(one.body for one in issue.comments),
        )
