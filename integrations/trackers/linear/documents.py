"""What Linear is asked: the GraphQL documents, each by the name of what it is for.

The types are those of `@linear/sdk`; the tests hold every document against them.
"""

_SEEN = """
fragment seen on Issue {
  id identifier url updatedAt trashed dueDate
  state { type }
  assignee { id }
}
"""

_TEAM = """
fragment workplace on Team {
  id key name archivedAt retiredAt
  states(first: 100) { nodes { id type position } }
}
"""

_LABELS = "issueLabels(filter: $labels, first: 250) { nodes { id name isGroup team { id } } }"

FIND = (
    """
query find($id: String!) { issue(id: $id) { ...seen } }
"""
    + _SEEN
)

READ = (
    """
query read($id: String!) { issue(id: $id) { ...seen } }
"""
    + _SEEN
)

#: A team with what a new ticket needs of it: its statuses, and the labels that are there already.
TEAM = (
    """
query team($key: String!, $labels: IssueLabelFilter!) {
  teams(filter: { key: { eqIgnoreCase: $key } }, first: 1, includeArchived: true) {
    nodes { ...workplace }
  }
  LABELS
}
""".replace("LABELS", _LABELS)
    + _TEAM
)

#: Whose the key is.
VIEWER = "query viewer { viewer { id name } }"

LABELS = f"query labels($labels: IssueLabelFilter!) {{ {_LABELS} }}"

LABEL = """
mutation label($input: IssueLabelCreateInput!) {
  issueLabelCreate(input: $input) { issueLabel { id } }
}
"""

CREATE = (
    """
mutation create($input: IssueCreateInput!) {
  issueCreate(input: $input) { issue { ...seen } }
}
"""
    + _SEEN
)

#: A ticket with the statuses that it may be given where it is.
WORKFLOW = (
    """
query workflow($id: String!) {
  issue(id: $id) { ...seen description team { ...workplace } }
}
"""
    + _SEEN
    + _TEAM
)

UPDATE = (
    """
mutation update($id: String!, $input: IssueUpdateInput!) {
  issueUpdate(id: $id, input: $input) { issue { ...seen } }
}
"""
    + _SEEN
)

COMMENTS = """
query comments($id: String!, $mark: ID!) {
  issue(id: $id) {
    trashed
    comments(filter: { id: { eq: $mark } }, first: 1) { nodes { id } }
  }
}
"""

COMMENT = """
mutation comment($input: CommentCreateInput!) {
  commentCreate(input: $input) { success }
}
"""

CYCLES = """
query cycles($id: String!, $now: DateTimeOrDuration!) {
  issue(id: $id) {
    trashed
    cycle { name number endsAt }
    team { key cyclesEnabled cycles(filter: { startsAt: { gt: $now } }, first: 50) {
      nodes { id name number startsAt }
    } }
  }
}
"""

PLAN = """
mutation plan($id: String!, $input: IssueUpdateInput!) {
  issueUpdate(id: $id, input: $input) { success }
}
"""

CHANGED = """
query changed($id: String!, $after: String) {
  issue(id: $id) {
    trashed
    history(first: 50, after: $after) {
      pageInfo { hasNextPage endCursor }
      nodes {
        updatedAt
        actor { id displayName }
        botActor { name userDisplayName }
        fromAssigneeId toAssigneeId fromDueDate toDueDate
        fromState { type } toState { type }
      }
    }
  }
}
"""

#: The people whom a description fits: of the workspace, and of the team.
ACCOUNT = """
query account($key: String!, $who: UserFilter!) {
  users(filter: $who, first: 10) { nodes { ...person } }
  teams(filter: { key: { eqIgnoreCase: $key } }, first: 1) {
    nodes { visibility members(filter: $who, first: 10) { nodes { ...person } } }
  }
}
fragment person on User { id name displayName email isAssignable }
"""

CHECK = (
    """
query check($key: String!, $now: DateTimeOrDuration!, $labels: IssueLabelFilter!) {
  teams(filter: { key: { eqIgnoreCase: $key } }, first: 1, includeArchived: true) {
    nodes {
      ...workplace
      cyclesEnabled
      cycles(filter: { startsAt: { gt: $now } }, first: 1) { nodes { id } }
    }
  }
  LABELS
}
""".replace("LABELS", _LABELS)
    + _TEAM
)
