"""Prunes Linear's schema out of the types that `@linear/sdk` (MIT) declares, to what we ask for.

    npm pack @linear/sdk@98.0.0 && tar xzf linear-sdk-98.0.0.tgz
    python tests/trackers/prune_linear.py package > tests/trackers/linear.graphql

Fields, arguments, nullability and input types are the package's: nothing here adds one. A field is
left out only where its type is none of those kept. What the script cannot read stops it.
"""

import json
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

ROOTS = {
    "Query": {"issue", "issueLabels", "teams", "users", "viewer"},
    "Mutation": {"commentCreate", "issueCreate", "issueLabelCreate", "issueUpdate"},
}
#: Types, inputs, and what webhooks tell.
KEPT = frozenset(
    re.findall(
        r"\w+",
        """
    ActorBot Comment CommentConnection CommentPayload Cycle CycleConnection Issue IssueHistory
    IssueHistoryConnection IssueLabel IssueLabelConnection IssueLabelPayload IssuePayload
    PageInfo Team TeamConnection User UserConnection WorkflowState WorkflowStateConnection
    BooleanComparator CommentCreateInput CommentFilter CycleFilter DateComparator IdComparator
    IssueCreateInput IssueLabelCreateInput IssueLabelFilter IssueUpdateInput NullableTeamFilter
    NumberComparator StringComparator TeamFilter UserFilter
    CycleChildWebhookPayload DataWebhookPayload EntityActorWebhookPayload EntityWebhookPayload
    IssueLabelChildWebhookPayload IssueWebhookPayload ReleaseChildWebhookPayload
    TeamChildWebhookPayload UserActorWebhookPayload UserChildWebhookPayload
    WorkflowStateChildWebhookPayload
    """,
    )
)

DECLARED = re.compile(
    r"^(?:type (\w+) = (?:\w+ & )*|declare enum (\w+) )\{\n(.*?)^\}", re.MULTILINE | re.DOTALL
)
UNION = re.compile(r"^type (\w+) = (\w+(?: \| \w+)+);$", re.MULTILINE)
FIELD = re.compile(r"\s*(?:/\*\*(.*?)\*/\s*)?(\w+)(\??): ([^;]+);", re.DOTALL)
VALUE = re.compile(r"\s*(?:/\*\*.*?\*/\s*)?\w+ = \"(\w+)\",", re.DOTALL)
DEPRECATED = re.compile(r"@deprecated (.+?)\s*$", re.DOTALL)
SPECIFIED = {"ID", "String", "Boolean", "Int", "Float"}


class Field(NamedTuple):
    """A field of a type as the package declares it, its type in the schema's language."""

    name: str
    type: str
    deprecated: str

    @property
    def base(self) -> str:
        """What its type is of, without lists and marks."""
        return self.type.strip("[]!")


def schema_type(said: str, *, optional: bool = False) -> str:
    """A TypeScript type of the package in the schema's language."""
    if wrapped := re.fullmatch(r"(?:Input)?Maybe<(.+)>", said):
        return schema_type(wrapped[1]).removesuffix("!")
    if listed := re.fullmatch(r"Array<(.+)>", said):
        inner = f"[{schema_type(listed[1])}]"
    elif named := re.fullmatch(r'Scalars\["(\w+)"\]|(\w+)', said):
        inner = named[1] or named[2]
    else:
        raise SystemExit(f"What type is this: {said}")
    return inner if optional else f"{inner}!"


def fields(body: str) -> Iterator[Field]:
    """All fields of a declaration; stops at what is none."""
    at = 0
    while found := FIELD.match(body, at):
        at = found.end()
        comment, name, mark, said = found.groups()
        if name != "__typename":
            why = DEPRECATED.search(comment or "")
            reason = re.sub(r"\s+\*\s+", " ", why[1]) if why else ""
            yield Field(name, schema_type(said, optional=bool(mark)), reason)
    if body[at:].strip():
        raise SystemExit(f"What is declared here: {body[at:][:200]}")


@dataclass
class Package:
    """The declarations of the package, by name."""

    bodies: dict[str, str]
    enums: dict[str, str]
    unions: dict[str, list[str]]

    @classmethod
    def read(cls, text: str) -> "Package":
        """What a declaration file declares; of a name declared twice the first."""
        bodies: dict[str, str] = {}
        enums: dict[str, str] = {}
        for kind, enum, body in DECLARED.findall(text):
            (enums if enum else bodies).setdefault(enum or kind, body)
        return cls(bodies, enums, {name: said.split(" | ") for name, said in UNION.findall(text)})

    def scalars(self) -> set[str]:
        """The names of all scalars."""
        return {field.name for field in map_of_scalars(self.bodies["Scalars"])}

    def known(self, base: str) -> bool:
        """Whether a field of this type is kept."""
        return base in KEPT or base in self.enums or base in self.scalars()

    def printed(self, name: str) -> str:
        """The type in the schema's language, with what of it is kept."""
        if name in self.unions:
            return f"union {name} = {' | '.join(m for m in self.unions[name] if m in KEPT)}"
        kind = "type" if "__typename?" in self.bodies[name] else "input"
        lines = [f"{kind} {name} {{"]
        for field in fields(self.bodies[name]):
            if self.known(field.base) and field.name in ROOTS.get(name, {field.name}):
                asked = self.arguments(name, field)
                lines.append(f"  {field.name}{asked}: {field.type}{old(field)}")
            elif kind == "input" and field.type.endswith("!"):
                raise SystemExit(f"{name} needs {field.name}, a {field.base}: keep that too.")
        return "\n".join([*lines, "}"])

    def arguments(self, owner: str, field: Field) -> str:
        """What may be asked with a field."""
        body = self.bodies.get(f"{owner}{field.name[0].upper()}{field.name[1:]}Args", "")
        kept = [f"{one.name}: {one.type}" for one in fields(body) if self.known(one.base)]
        return f"({', '.join(kept)})" if kept else ""


def map_of_scalars(body: str) -> Iterator[Field]:
    """The scalars, whatever stands for them in TypeScript."""
    for found in FIELD.finditer(body):
        yield Field(found[2], found[2], "")


def old(field: Field) -> str:
    """That a field is deprecated, and what to take instead."""
    return f" @deprecated(reason: {json.dumps(field.deprecated)})" if field.deprecated else ""


def pruned(package: Path) -> str:
    """The schema."""
    declared = next(p for p in sorted((package / "dist").glob("index-*.d.mts")))
    linear = Package.read(declared.read_text())
    types = [linear.printed(name) for name in [*ROOTS, *sorted(KEPT)]]
    named = set(re.findall(r"\w+", re.sub(r'"[^"]*"', "", "\n".join(types))))
    scalars = [f"scalar {name}" for name in sorted(named & linear.scalars() - SPECIFIED)]
    enums = [
        f"enum {name} {{ {' '.join(VALUE.findall(linear.enums[name]))} }}"
        for name in sorted(named & linear.enums.keys())
    ]
    about = json.loads((package / "package.json").read_text())
    [owner] = re.findall(r"Copyright .+", (package / "LICENSE").read_text())
    head = (
        f"# From the types of {about['name']} {about['version']}, pruned by prune_linear.py.\n"
        f"# {about['license']} licence. {owner}"
    )
    return "\n\n".join([head, *scalars, *enums, *types]) + "\n"


if __name__ == "__main__":
    sys.stdout.write(pruned(Path(sys.argv[1])))
