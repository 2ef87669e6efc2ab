"""What people do in a stand-in of Jira by hand."""

import json
from datetime import date

from tests.trackers.jira_desk import Desk
from tests.trackers.jira_project import Issue
from tests.trackers.standin import Ticket


class Hands:
    """Hands over one desk; `sent` waits until the webhooks that came of a deed are there."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.project = desk.project

    async def sent(self) -> None:
        """Wait for the webhooks."""

    def tickets(self) -> list[Ticket]:
        """All that are not deleted, oldest first."""
        return [self._ticket(issue) for issue in self.project.issues.values()]

    def account_of(self, person: str) -> str:
        """What Jira calls this person's account."""
        return self.desk.shapes.id_of(person)

    async def assign(self, ref: str, person: str | None, by: str) -> None:
        """Assign it, or take it from whoever has it."""
        self.desk.assign(self._issue(ref), person or "", by)
        await self.sent()

    async def close(self, ref: str, by: str) -> None:
        """Close it as done."""
        self.desk.stand(self._issue(ref), "Done", "Done", by)
        await self.sent()

    async def drop(self, ref: str, by: str) -> None:
        """Close it as not planned."""
        self.desk.stand(self._issue(ref), "Done", "Won't Do", by)
        await self.sent()

    async def reopen(self, ref: str, by: str) -> None:
        """Open it again."""
        self.desk.stand(self._issue(ref), "To Do", "", by)
        await self.sent()

    async def set_due(self, ref: str, day: date | None, by: str) -> None:
        """Set its due date."""
        self.desk.due(self._issue(ref), day, by)
        await self.sent()

    async def delete(self, ref: str) -> None:
        """Delete it for good."""
        self.desk.delete(self._issue(ref), "ada")
        await self.sent()

    async def move(self, ref: str) -> None:
        """Move it to the project ATTIC: it has another key, and its ref is the same."""
        self.desk.move(self._issue(ref), "ada")
        await self.sent()

    def _issue(self, ref: str) -> Issue:
        return self.project.issues[int(ref)]

    def _ticket(self, issue: Issue) -> Ticket:
        closed = "not planned" if issue.resolution in {"Won't Do", "Duplicate"} else "done"
        return Ticket(
            ref=str(issue.id),
            key=issue.key,
            title=issue.fields["summary"],
            body=_text(issue.fields.get("description", "")),
            state=closed if issue.status == "Done" else "open",
            assignee=issue.assignee,
            due_on=issue.due_on,
            labels=tuple(issue.fields.get("labels", ())),
            sprint=self.project.name_of(issue.sprint),
            comments=tuple(_text(one.body) for one in issue.comments),
        )


def _text(body: object) -> str:
    return body if isinstance(body, str) else json.dumps(body, ensure_ascii=False)
