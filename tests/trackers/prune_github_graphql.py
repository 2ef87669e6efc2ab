"""Prunes GitHub's GraphQL schema (MIT) to what is asked of it here, and a little around that.

    npm pack @octokit/graphql-schema@15.26.1 && tar xzf octokit-graphql-schema-15.26.1.tgz
    python tests/trackers/prune_github_graphql.py package > tests/trackers/github.graphql

What is kept is theirs, word for word; only what explains it to people is left out.
"""

import sys
from collections.abc import Collection, Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

from graphql import Node, Visitor, parse, print_ast, visit

#: The types that are kept, with the fields of them that are; inputs and enums are kept whole.
FIELDS = {
    "Query": "repositoryOwner",
    "Mutation": "addProjectV2ItemById updateProjectV2ItemFieldValue",
    "RepositoryOwner": "id login",
    "ProjectV2Owner": "id projectV2",
    "Organization": "id login projectV2",
    "User": "id login projectV2",
    "ProjectV2": "id number title closed viewerCanUpdate fields",
    "ProjectV2FieldConfigurationConnection": "nodes",
    "ProjectV2FieldConfiguration": "",
    "ProjectV2Field": "id name",
    "ProjectV2IterationField": "id name configuration",
    "ProjectV2IterationFieldConfiguration": "iterations completedIterations duration startDay",
    "ProjectV2IterationFieldIteration": "id title startDate duration",
    "AddProjectV2ItemByIdPayload": "item",
    "UpdateProjectV2ItemFieldValuePayload": "projectV2Item",
    "ProjectV2Item": "id fieldValueByName",
    "ProjectV2ItemFieldValue": "",
    "ProjectV2ItemFieldIterationValue": "id iterationId title startDate duration",
    "ProjectV2ItemFieldTextValue": "id text",
}
SPECIFIED = {"ID", "String", "Boolean", "Int", "Float"}
Ast = Any


def pruned(schema: Ast) -> str:
    """The kept types, and whatever their fields take."""
    declared = {each.name.value: each for each in schema.definitions}
    kept: dict[str, Ast] = {}
    waiting = [*FIELDS]
    while waiting:
        if (name := waiting.pop()) not in kept and name not in SPECIFIED:
            kept[name] = _only_asked(declared[name])
            waiting += _names(kept[name])
    return "\n\n".join(print_ast(visit(kept[name], Silence())) for name in sorted(kept)) + "\n"


def _only_asked(node: Ast) -> Ast:
    asked = FIELDS.get(node.name.value)
    if asked is None:
        if node.kind in {"object_type_definition", "interface_type_definition"}:
            raise SystemExit(f"{node.name.value} is needed and not among FIELDS")
        return node
    if node.kind == "union_type_definition":
        return replace(node, types=_named(node.types, FIELDS))
    interfaces = _named(node.interfaces or (), FIELDS)
    return replace(node, fields=_named(node.fields, asked.split()), interfaces=interfaces)


def _named(nodes: Iterable[Ast], names: Collection[str]) -> tuple[Ast, ...]:
    return tuple(each for each in nodes if each.name.value in names)


def _names(node: Node) -> list[str]:
    named = Named()
    visit(node, named)
    return named.found


class Named(Visitor):
    """Collects the types that a definition refers to."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def enter_named_type(self, node: Ast, *_: object) -> None:
        """Remember it."""
        self.found.append(node.name.value)


class Silence(Visitor):
    """Leaves out what explains, and what only GitHub's own tools read."""

    def enter(self, node: Ast, *_: object) -> object:
        """Leave these out of it, and look at what is in it."""
        out = {"description": None, "directives": ()}
        told = {name: none for name, none in out.items() if getattr(node, name, None)}
        return replace(node, **told) if told else None


if __name__ == "__main__":
    source = Path(sys.argv[1]) / "schema.graphql"
    sys.stdout.write(pruned(parse(source.read_text(), no_location=True)))
