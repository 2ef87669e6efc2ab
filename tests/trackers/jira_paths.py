"""The paths of Jira that the stand-in has, and the parameters that the reference knows of each.

Cloud: developer.atlassian.com/cloud/jira/platform/rest/v3; Data Center:
docs.atlassian.com/software/jira/docs/api/REST/9.12.0; boards and sprints:
developer.atlassian.com/cloud/jira/software/rest.
"""

#: Method, path, the word for what it does (see StandIn.calls), what answers it, its parameters.
Row = tuple[str, str, str, str, str]

PAGED = "startAt maxResults"
ISSUE = "/issue/{issue}"
TYPES = "/issue/createmeta/{project}/issuetypes"
BOTH: tuple[Row, ...] = (
    ("POST", "/issue", "create", "create", "updateHistory"),
    ("GET", ISSUE, "read", "read", "fields expand properties"),
    ("PUT", ISSUE, "update", "update", "notifyUsers"),
    ("GET", f"{ISSUE}/editmeta", "form", "editmeta", ""),
    ("GET", f"{ISSUE}/transitions", "transitions", "transitions", "expand transitionId"),
    ("POST", f"{ISSUE}/transitions", "transition", "transition", ""),
    ("GET", f"{ISSUE}/comment", "comments", "comments", f"{PAGED} orderBy expand"),
    ("POST", f"{ISSUE}/comment", "comment", "comment", "expand"),
    ("GET", TYPES, "form", "types", PAGED),
    ("GET", f"{TYPES}/{{type}}", "form", "form", PAGED),
    ("GET", "/myself", "check", "myself", "expand"),
    ("GET", "/project/{project}", "check", "of_project", "expand properties"),
    ("GET", "/mypermissions", "check", "permissions", "projectKey permissions"),
)
CLOUD: tuple[Row, ...] = (
    *BOTH,
    ("GET", "/serverInfo", "check", "server", ""),
    ("POST", "/search/jql", "find", "search", ""),
    ("POST", "/comment/list", "comments", "by_ids", "expand"),
    ("GET", f"{ISSUE}/changelog", "changed", "changelog", PAGED),
    (
        "GET",
        "/user/assignable/search",
        "account",
        "people",
        f"{PAGED} query accountId project issueKey issueId",
    ),
)
SERVER: tuple[Row, ...] = (
    *BOTH,
    ("POST", "/search", "find", "search", ""),
    ("GET", "/user/assignable/search", "account", "people", f"{PAGED} username project issueKey"),
)
AGILE: tuple[Row, ...] = (
    ("GET", ISSUE, "sprint", "sprint_of", "fields expand"),
    ("GET", "/board/{board}/sprint", "sprints", "sprints", f"{PAGED} state"),
    ("POST", "/sprint/{sprint}/issue", "plan", "plan", ""),
)
