"""Linear's answers: documents are executed against its types over a world."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any

from graphql import (
    GraphQLError,
    GraphQLScalarType,
    GraphQLSchema,
    GraphQLSyntaxError,
    OperationDefinitionNode,
    build_schema,
    execute_sync,
    parse,
    validate,
)

from tests.trackers.linear_filters import fits, invalid, not_found, uuid
from tests.trackers.linear_world import OURS, Thing, World, connection

Tell = Callable[[str, Thing, Thing, Thing], None]


@cache
def schema() -> GraphQLSchema:
    """Linear's types, with dates that are none refused."""
    types = build_schema((Path(__file__).parent / "linear.graphql").read_text())
    for name, read in {"TimelessDate": date, "DateTimeOrDuration": datetime}.items():
        scalar = types.type_map[name]
        assert isinstance(scalar, GraphQLScalarType)
        scalar.coerce_input_value = _checked(read.fromisoformat)
    return types


def _checked(read: Callable[[str], object]) -> Callable[[str], str]:
    def coerce(said: str) -> str:
        read(said)
        return said

    return coerce


def word_of(document: str) -> str:
    """What a document is for: the name of what it does."""
    try:
        first = parse(document).definitions[0]
    except GraphQLSyntaxError:
        return "nonsense"
    named = isinstance(first, OperationDefinitionNode) and first.name
    return named.value if named else "nameless"


def answer(types: GraphQLSchema, root: "Root", asked: Mapping[str, Any]) -> tuple[int, Thing]:
    """Status and body of an answer; errors come beside a status of 200 once something was done."""
    try:
        document = parse(asked["query"])
    except GraphQLSyntaxError as wrong:
        return 400, _errors([wrong], "GRAPHQL_PARSE_FAILED")
    if wrongs := validate(types, document):
        return 400, _errors(wrongs, "GRAPHQL_VALIDATION_FAILED")
    result = execute_sync(types, document, root, variable_values=asked.get("variables"))
    for error in result.errors or []:
        if error.path is not None and not isinstance(error.original_error, GraphQLError):
            raise error  # a mistake of this stand-in
    if result.errors and result.errors[0].path is None:
        return 400, _errors(result.errors, "BAD_USER_INPUT")
    return 200, dict(result.formatted)


def _errors(errors: list[GraphQLError], code: str) -> Thing:
    about = {"type": "graphql error", "code": code, "statusCode": 400, "userError": True}
    return {"errors": [{**error.formatted, "extensions": about} for error in errors]}


class Root:
    """The fields of Query and Mutation; `tell` hears what changed."""

    def __init__(self, world: World, tell: Tell) -> None:
        self._world = world
        self._tell = tell
        self.teams = connection(world.teams.values)
        self.users = connection(world.users.values)
        self.viewer = world.users[OURS]
        self.issueLabels = connection(lambda: world.labels)

    def _issue(self, id: str) -> Thing:  # noqa: A002 - the schema's name
        named = [i for i in self._world.issues.values() if id in {i["id"], i["identifier"]}]
        if not named:
            raise not_found("Issue")
        return named[0]

    def issue(self, _info: object, id: str) -> Thing:  # noqa: A002 - the schema's name
        """An issue by its id or key, in the bin too."""
        return self._issue(id)

    def issueCreate(self, _info: object, input: Thing) -> Thing:  # noqa: A002, N802 - its name
        """Make an issue; its id is taken as given, once only."""
        if uuid(input["id"]) in self._world.issues:
            raise invalid("Conflict on insert of Issue", "An issue with this id exists already.")
        team = _by_id(self._world.teams.values(), input["teamId"], "Team")
        values = self._values(team, input)
        issue = self._world.new_issue(team, input)
        issue.update(values)
        self._tell("create", issue, self._world.users[OURS], {})
        return {"issue": issue, "success": True, "lastSyncId": 1}

    def issueUpdate(self, _info: object, id: str, input: Thing) -> Thing:  # noqa: A002, N802 - same
        """Change an issue."""
        issue = self._issue(id)
        ours = self._world.users[OURS]
        before = self._world.change(issue, ours, self._values(issue["team"], input))
        if before:
            self._tell("update", issue, ours, before)
        return {"issue": issue, "success": True, "lastSyncId": 1}

    def _values(self, team: Thing, asked: Thing) -> Thing:
        """The fields of an issue for an input; what names nothing there is refused."""
        world = self._world
        values = {k: v for k, v in asked.items() if k in {"title", "description", "dueDate"}}
        if "priority" in asked:
            values["priority"] = float(asked["priority"])
        if "assigneeId" in asked:
            values["assignee"] = asked["assigneeId"] and _assignable(
                team, _by_id(world.users.values(), asked["assigneeId"], "User")
            )
        if "stateId" in asked:
            values["state"] = _by_id(team["_states"], asked["stateId"], "WorkflowState")
        if "cycleId" in asked:
            values["cycle"] = _by_id(team["_cycles"], asked["cycleId"], "Cycle")
        if "labelIds" in asked:
            values["_labels"] = [_label(team, world.labels, one) for one in asked["labelIds"]]
        return values

    def issueLabelCreate(self, _info: object, input: Thing) -> Thing:  # noqa: A002, N802 - same
        """Make a label; a second one of a name in the team or the workspace is refused."""
        team = _by_id(self._world.teams.values(), input["teamId"], "Team")
        same = {"name": {"eqIgnoreCase": input["name"]}}
        owners = [one["team"] for one in self._world.labels if fits(one, same)]
        if None in owners or team in owners:
            raise invalid("Duplicate label name", "A label with this name exists already.")
        label = self._world.new_label(input["name"], team["key"])
        return {"issueLabel": label, "success": True, "lastSyncId": 1}

    def commentCreate(self, _info: object, input: Thing) -> Thing:  # noqa: A002, N802 - same
        """Write a comment; its id is taken as given, once only."""
        issue = self._issue(input["issueId"])
        known = {one["id"] for issue in self._world.issues.values() for one in issue["_comments"]}
        if uuid(input["id"]) in known:
            raise invalid("Conflict on insert of Comment", "This comment exists already.")
        comment = {"id": input["id"], "body": input["body"]}
        issue["_comments"].append(comment)
        return {"comment": comment, "success": True, "lastSyncId": 1}


def _by_id(things: Any, wanted: str, what: str) -> Thing:
    for thing in things:
        if thing["id"] == wanted:
            found: Thing = thing
            return found
    raise not_found(what)


def _assignable(team: Thing, user: Thing) -> Thing:
    if user not in team["members"](None)["nodes"]:
        raise invalid("User not in team", "The assignee is no member of the team.")
    return user


def _label(team: Thing, labels: list[Thing], wanted: str) -> Thing:
    label = _by_id(labels, wanted, "IssueLabel")
    if label["isGroup"] or (label["team"] is not None and label["team"] is not team):
        raise invalid("Label not usable", "The label is a group, or of another team.")
    return label
