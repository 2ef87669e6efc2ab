"""A repository as GitHub's REST API shows it, with its many addresses."""

from sandbox.tracker.backlog import Backlog
from sandbox.tracker.shapes import Json, Shapes, node, stamp
from sandbox.tracker.tickets import Repository

#: What GitHub names an address for, and what of it follows the repository's own.
ADDRESSES = {
    "archive_url": "{archive_format}{/ref}",
    "assignees_url": "assignees{/user}",
    "blobs_url": "git/blobs{/sha}",
    "branches_url": "branches{/branch}",
    "collaborators_url": "collaborators{/collaborator}",
    "comments_url": "comments{/number}",
    "commits_url": "commits{/sha}",
    "compare_url": "compare/{base}...{head}",
    "contents_url": "contents/{+path}",
    "contributors_url": "contributors",
    "deployments_url": "deployments",
    "downloads_url": "downloads",
    "events_url": "events",
    "forks_url": "forks",
    "git_commits_url": "git/commits{/sha}",
    "git_refs_url": "git/refs{/sha}",
    "git_tags_url": "git/tags{/sha}",
    "hooks_url": "hooks",
    "issue_comment_url": "issues/comments{/number}",
    "issue_events_url": "issues/events{/number}",
    "issues_url": "issues{/number}",
    "keys_url": "keys{/key_id}",
    "labels_url": "labels{/name}",
    "languages_url": "languages",
    "merges_url": "merges",
    "milestones_url": "milestones{/number}",
    "notifications_url": "notifications{?since,all,participating}",
    "pulls_url": "pulls{/number}",
    "releases_url": "releases{/id}",
    "stargazers_url": "stargazers",
    "statuses_url": "statuses/{sha}",
    "subscribers_url": "subscribers",
    "subscription_url": "subscription",
    "tags_url": "tags",
    "teams_url": "teams",
    "trees_url": "git/trees{/sha}",
}
NONE_OF = ("forks", "forks_count", "stargazers_count", "watchers", "watchers_count", "size")
NOT = ("fork", "has_wiki", "has_pages", "has_downloads", "has_discussions", "disabled")
NOTHING = ("description", "homepage", "language", "mirror_url", "license")


def repository(backlog: Backlog, shapes: Shapes, home: Repository, *, write: bool) -> Json:
    """A full repository, for somebody who may write to its issues, or only look."""
    at, page = shapes.at(home), f"{shapes.url}{home.full_name}"
    shown: Json = {"id": home.id, "node_id": node("R", home.id), "name": home.name}
    shown |= {"full_name": home.full_name, "owner": shapes.user(home.owner), "private": True}
    shown |= {"url": at, "html_url": page, "svn_url": page, "clone_url": f"{page}.git"}
    shown |= {"git_url": f"git:{page}.git", "ssh_url": f"git@localhost:{home.full_name}.git"}
    shown |= {name: f"{at}/{path}" for name, path in ADDRESSES.items()}
    shown |= dict.fromkeys(NONE_OF, 0) | dict.fromkeys(NOT, False) | dict.fromkeys(NOTHING)
    shown |= {"network_count": 0, "subscribers_count": 0, "default_branch": "main"}
    shown |= {"has_issues": home.has_issues, "has_projects": True, "archived": home.archived}
    still = sum(one.state == "open" for one in backlog.issues_of(home))
    shown |= {"open_issues": still, "open_issues_count": still, "visibility": "private"}
    shown |= {"topics": [], "is_template": False, "allow_forking": False}
    shown |= {"web_commit_signoff_required": False}
    shown |= dict.fromkeys(("created_at", "updated_at", "pushed_at"), stamp(home.created_at))
    may = {"admin": False, "maintain": False, "push": write, "triage": write, "pull": True}
    return shown | {"permissions": may}
