"""What is there from the beginning: an organisation, its repositories and people, a project."""

from collections.abc import Iterable, Mapping
from datetime import timedelta

from sandbox.tracker.backlog import Backlog
from sandbox.tracker.sprints import Project, monday_of
from sandbox.tracker.tickets import Account, Milestone, Repository

#: Logins and names of those who are of the repositories, unless others are named.
PEOPLE: Mapping[str, str] = {"ada": "Ada", "ben": "Ben", "cleo": "Cleo", "dan": "Dan"}
REPOSITORIES = ("acme/shop", "acme/attic")
#: Milestones, and in how many days they are due.
MILESTONES: Mapping[str, int] = {"Release 12": 10, "Release 13": 24}
#: Has an account, and is not of any repository.
OUTSIDER = "outsider"
#: Whose the token is that the app uses, and who acts when the app comes as a GitHub App.
MACHINE = "closed-loop"
APP = "closed-loop[bot]"


def fill(
    backlog: Backlog,
    people: Mapping[str, str] = PEOPLE,
    repositories: Iterable[str] = REPOSITORIES,
    milestones: Mapping[str, int] = MILESTONES,
) -> None:
    """Let these be there, and nothing else."""
    names = {**people, OUTSIDER: "Outsider"}
    for login, name in names.items():
        join(backlog, login, name, email=f"{login}@example.com")
    join(backlog, MACHINE, "Closed Loop")
    join(backlog, APP, "Closed Loop", kind="Bot")
    for full_name in repositories:
        owner = full_name.partition("/")[0]
        if backlog.account(owner) is None:
            join(backlog, owner, owner.capitalize(), kind="Organization")
        add_repository(backlog, full_name, people, milestones)
    first = monday_of(backlog.now())
    project = Project(id=backlog.next_id(), first=first)
    backlog.projects[project.id] = project


def join(
    backlog: Backlog, login: str, name: str, *, email: str = "", kind: str = "User"
) -> Account:
    """Make an account."""
    account = Account(id=backlog.next_id(), login=login, name=name, email=email, kind=kind)
    backlog.accounts[login.lower()] = account
    return account


def add_repository(
    backlog: Backlog, full_name: str, people: Iterable[str], milestones: Mapping[str, int]
) -> Repository:
    """Make a repository with these people, and milestones due in so many days."""
    owner, _, name = full_name.partition("/")
    made = backlog.now()
    repository = Repository(
        id=backlog.next_id(), owner=owner, name=name, people=[*people], created_at=made
    )
    for number, (title, days) in enumerate(milestones.items(), 1):
        due = made + timedelta(days=days)
        repository.milestones[number] = Milestone(
            id=backlog.next_id(), number=number, title=title, created_at=made, due_on=due
        )
    backlog.repositories[repository.id] = repository
    return repository
