"""What can be done with an issue, by whomever; each is in its history, and is told."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from sandbox.tracker.backlog import Backlog, Happened
from sandbox.tracker.tickets import Comment, Event, Issue, Label, Milestone, Repository

ISSUES, COMMENTS = "issues", "issue_comment"


class Deeds:
    """Somebody's hands in the tracker: `by` is their login."""

    def __init__(self, backlog: Backlog, by: str) -> None:
        self._backlog = backlog
        self.by = by
        #: What is told only after the issue itself was.
        self._held: list[Happened] | None = None

    def open(self, repository: Repository, title: str, body: str) -> Issue:
        """Make an issue; all that is done with it until `opened` is told after that."""
        self._held = []
        repository.last_number += 1
        now, made = self._backlog.now(), self._backlog.next_id()
        issue = Issue(
            id=made,
            repository=repository.id,
            number=repository.last_number,
            title=title,
            body=body,
            login=self.by,
            created_at=now,
            updated_at=now,
        )
        self._backlog.issues[issue.id] = issue
        return issue

    def opened(self, issue: Issue) -> None:
        """Tell that it was made, as it is now, and what it was given at once."""
        held, self._held = self._held or [], None
        self._tell(issue, "opened")
        for happened in held:
            self._backlog.tell(happened)

    def write(self, issue: Issue, title: str, body: str) -> None:
        """Let it say something else."""
        changes: dict[str, Any] = {}
        if title != issue.title:
            changes["title"] = {"from": issue.title}
            self._note(issue, "renamed", title, was=issue.title)
        if body != issue.body:
            changes["body"] = {"from": issue.body}
        if changes:
            issue.title, issue.body = title, body
            self._tell(issue, "edited", changes=changes)

    def assign(self, issue: Issue, logins: Sequence[str]) -> None:
        """Let these be its assignees."""
        before, issue.assignees = issue.assignees, [*logins]
        for login in (one for one in before if one not in logins):
            self._note(issue, "unassigned", login)
            self._tell(issue, "unassigned", assignee=login)
        for login in (one for one in logins if one not in before):
            self._note(issue, "assigned", login)
            self._tell(issue, "assigned", assignee=login)

    def label(self, issue: Issue, names: Sequence[str]) -> None:
        """Let it have these labels; one that the repository does not know is made."""
        labels = [self.label_of(self._backlog.home(issue), name).name for name in names]
        labels = list(dict.fromkeys(labels))
        before, issue.labels = issue.labels, labels
        for name in (one for one in before if one not in labels):
            self._note(issue, "unlabeled", name)
            self._tell(issue, "unlabeled", label=name)
        for name in (one for one in labels if one not in before):
            self._note(issue, "labeled", name)
            self._tell(issue, "labeled", label=name)

    def label_of(self, repository: Repository, name: str) -> Label:
        """The repository's label of this name, made if need be; letters' case is one."""
        key = name.lower()
        if key not in repository.labels:
            repository.labels[key] = Label(id=self._backlog.next_id(), name=name)
        return repository.labels[key]

    def plan(self, issue: Issue, milestone: Milestone | None) -> None:
        """Set its milestone, or take it away."""
        milestones = self._backlog.home(issue).milestones
        before = milestones.get(issue.milestone or 0)
        if before is milestone:
            return
        issue.milestone = milestone.number if milestone else None
        if before:
            self._note(issue, "demilestoned", before.title)
            self._tell(issue, "demilestoned", milestone=before.number)
        if milestone:
            self._note(issue, "milestoned", milestone.title)
            self._tell(issue, "milestoned", milestone=milestone.number)

    def close(self, issue: Issue, reason: str = "completed") -> None:
        """Close it as `completed`, `not_planned` or `duplicate`; one that is so already is left."""
        if (issue.state, issue.state_reason) == ("closed", reason):
            return
        now = self._backlog.now()
        issue.state, issue.state_reason, issue.closed_at = "closed", reason, now
        issue.closed_by = self.by
        self._note(issue, "closed", reason)
        self._tell(issue, "closed")

    def reopen(self, issue: Issue) -> None:
        """Open it again."""
        if issue.state == "open":
            return
        issue.state, issue.state_reason, issue.closed_at = "open", "reopened", None
        issue.closed_by = ""
        self._note(issue, "reopened")
        self._tell(issue, "reopened")

    def comment(self, issue: Issue, body: str) -> Comment:
        """Say something about it."""
        said = Comment(
            id=self._backlog.next_id(), login=self.by, body=body, created_at=self._backlog.now()
        )
        issue.comments.append(said)
        self._tell(issue, "created", COMMENTS, comment=said)
        return said

    def schedule(self, issue: Issue, number: int | None) -> None:
        """Put it into a sprint of the project; webhooks of issues do not tell of projects."""
        if issue.in_project and issue.iteration == number:
            return
        before, issue.iteration, issue.in_project = issue.iteration, number, True
        if before != number:
            self._note(issue, "project_v2_item_status_changed", self._backlog.sprint_of(issue))
        self._tell(issue, "", "")

    def delete(self, issue: Issue) -> None:
        """Take it away for good."""
        self._backlog.home(issue).left[issue.number] = None
        self._tell(issue, "deleted")
        del self._backlog.issues[issue.id]

    def transfer(self, issue: Issue, to: Repository) -> Issue:
        """Move it to another repository, where it is another issue with all that it was."""
        old = self._backlog.home(issue)
        to.last_number += 1
        moved = replace(
            issue,
            id=self._backlog.next_id(),
            repository=to.id,
            number=to.last_number,
            milestone=None,
        )
        moved.labels = [self.label_of(to, name).name for name in issue.labels]
        moved.assignees = self._backlog.assignable(to, issue.assignees)
        old.left[issue.number] = (to.id, moved.number)
        self._backlog.issues[moved.id] = moved
        self._note(moved, "transferred", old.full_name)
        self._tell(issue, "transferred", moved=moved)
        del self._backlog.issues[issue.id]
        self._tell(moved, "opened", came=issue)
        return moved

    def _note(self, issue: Issue, event: str, about: str = "", was: str = "") -> None:
        made, now = self._backlog.next_id(), self._backlog.now()
        issue.events.append(
            Event(id=made, event=event, login=self.by, created_at=now, about=about, was=was)
        )

    def _tell(self, issue: Issue, action: str, event: str = ISSUES, **more: Any) -> None:
        issue.updated_at = self._backlog.now()
        happened = Happened(event=event, action=action, issue=issue, by=self.by, more=more)
        if self._held is None:
            self._backlog.tell(happened)
        else:
            self._held.append(happened)
