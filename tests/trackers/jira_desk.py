"""What changes in a stand-in of Jira, whoever does it: each change has its place in the history."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime

from tests.trackers.jira_project import Change, Comment, Issue, Project, Shape
from tests.trackers.jira_rules import write
from tests.trackers.jira_shapes import Shapes

#: Sends a webhook: event, issue, change, who.
Tell = Callable[[str, Issue, Change | None, str], None]
#: What a history has of an issue, and what each is called.
Tracked = dict[str, tuple[str | None, str | None]]


class Desk:
    """Does what people and the API do."""

    def __init__(
        self, project: Project, shapes: Shapes, now: Callable[[], datetime], tell: Tell
    ) -> None:
        self.project = project
        self.shapes = shapes
        self.now = now
        self._tell = tell

    def make(self, fields: Shape, by: str) -> Issue:
        """A new issue; what history it has begins after it."""
        number = self.next()
        now = self.now()
        issue = Issue(id=10_000 + number, key=f"SHOP-{number}", fields={}, created=now, updated=now)
        write(issue, fields, self.shapes)
        self.project.issues[issue.id] = issue
        self._tell("jira:issue_created", issue, None, by)
        return issue

    def edit(self, issue: Issue, fields: Shape, by: str) -> None:
        """Write these fields."""
        with self.changing(issue, by):
            write(issue, fields, self.shapes)

    def stand(self, issue: Issue, status: str, resolution: str, by: str) -> None:
        """Move it through its workflow."""
        with self.changing(issue, by):
            issue.status, issue.resolution = status, resolution

    def assign(self, issue: Issue, person: str, by: str) -> None:
        """Assign it, or take it from whoever has it."""
        with self.changing(issue, by):
            issue.assignee = person

    def due(self, issue: Issue, day: date | None, by: str) -> None:
        """Set the due date, or take it away."""
        with self.changing(issue, by):
            issue.due_on = day

    def plan(self, issue: Issue, sprint: int, by: str) -> None:
        """Place it in a sprint."""
        with self.changing(issue, by):
            issue.sprint = sprint

    def comment(self, issue: Issue, body: object, properties: list[Shape]) -> Comment:
        """Write a comment; that is in no history, and has a webhook of its own."""
        comment = Comment(id=self.next() + 20_000, body=body, properties=properties)
        issue.comments.append(comment)
        self._tell("comment_created", issue, None, "closedloop")
        return comment

    def move(self, issue: Issue, by: str) -> None:
        """Move it to another project, where it is given another key and keeps its number."""
        with self.changing(issue, by):
            issue.key = f"ATTIC-{self.next()}"

    def delete(self, issue: Issue, by: str) -> None:
        """Delete it; nothing of it is left."""
        del self.project.issues[issue.id]
        self._tell("jira:issue_deleted", issue, None, by)

    def next(self) -> int:
        """A number that nothing else has."""
        self.project.last += 1
        return self.project.last

    @contextmanager
    def changing(self, issue: Issue, by: str) -> Iterator[None]:
        """Let the history tell what is changed meanwhile, if anything is."""
        before = self._tracked(issue)
        yield
        after = self._tracked(issue)
        items = [
            (name, *before.get(name, (None, None)), *after.get(name, (None, None)))
            for name in {**before, **after}
            if before.get(name) != after.get(name)
        ]
        if items:
            issue.updated = self.now()
            change = Change(id=self.next() + 30_000, by=by, at=issue.updated, items=items)
            issue.history.append(change)
            self._tell("jira:issue_updated", issue, change, by)

    def _tracked(self, issue: Issue) -> Tracked:
        day = issue.due_on.isoformat() if issue.due_on else None
        fields = {name: (None, str(value)) for name, value in issue.fields.items()}
        return {
            **fields,
            "assignee": (self.shapes.id_of(issue.assignee), issue.assignee.capitalize()),
            "duedate": (day, f"{day} 00:00:00.0" if day else None),
            "status": (issue.status, issue.status),
            "resolution": (issue.resolution or None, issue.resolution or None),
            "Sprint": (str(issue.sprint or ""), self.project.name_of(issue.sprint)),
            "Key": (None, issue.key),
        }
