"""Everything the tracker holds, and who is told when it changes."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sandbox.tracker.sprints import Project
from sandbox.tracker.tickets import Account, Issue, Repository


@dataclass(frozen=True, kw_only=True)
class Happened:
    """What somebody did: GitHub's names of the event and the action, and what goes with them."""

    event: str
    action: str
    issue: Issue
    by: str
    more: Mapping[str, Any] = field(default_factory=dict)


class Backlog:
    """The state of the tracker; only `deeds` change it."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        self._now = now
        self.accounts: dict[str, Account] = {}
        self.repositories: dict[int, Repository] = {}
        self.issues: dict[int, Issue] = {}
        self.projects: dict[int, Project] = {}
        self.last_id = 1000
        self._listeners: list[Callable[[Happened], object]] = []

    def now(self) -> datetime:
        """What time it is here, to the second, as GitHub tells it."""
        return self._now().replace(microsecond=0)

    def next_id(self) -> int:
        """A number that nothing else has."""
        self.last_id += 1
        return self.last_id

    def listen(self, listener: Callable[[Happened], object]) -> Callable[[], None]:
        """Call `listener` with all that happens until the returned function is called."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def tell(self, happened: Happened) -> None:
        """Something changed."""
        for listener in tuple(self._listeners):
            listener(happened)

    def account(self, login: str) -> Account | None:
        """Whose login this is, however its letters are written."""
        return self.accounts.get(login.lower())

    def repository(self, full_name: str) -> Repository | None:
        """The repository of this owner and name, however their letters are written."""
        wanted = full_name.lower()
        found = (one for one in self.repositories.values() if one.full_name.lower() == wanted)
        return next(found, None)

    def issues_of(self, repository: Repository) -> list[Issue]:
        """All its issues, oldest first."""
        return [one for one in self.issues.values() if one.repository == repository.id]

    def issue(self, repository: Repository, number: int) -> Issue | None:
        """Its issue of this number."""
        return next((one for one in self.issues_of(repository) if one.number == number), None)

    def home(self, issue: Issue) -> Repository:
        """The repository that an issue is in."""
        return self.repositories[issue.repository]

    def project(self, number: int) -> Project | None:
        """The organisation's project of this number."""
        return next((one for one in self.projects.values() if one.number == number), None)

    def assignable(self, repository: Repository, logins: Iterable[str]) -> list[str]:
        """Those of the logins that issues can be assigned to, as their owners write them."""
        people = {one.lower(): one for one in repository.people}
        found = [people[one.lower()] for one in logins if one.lower() in people]
        return list(dict.fromkeys(found))

    def sprint_of(self, issue: Issue) -> str:
        """What the sprint or the milestone is called that an issue is planned for, or nothing."""
        project = next(iter(self.projects.values()), None)
        if project and issue.iteration is not None:
            return project.iteration(issue.iteration).title
        milestone = self.home(issue).milestones.get(issue.milestone or 0)
        return milestone.title if milestone else ""
