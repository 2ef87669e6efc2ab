"""What Jira takes, written down by hand from its reference, which `$comment` names for each field.

Each schema is closed: what the reference does not name, or we have no need of, is refused.
"""

from typing import Any

Schema = dict[str, Any]

V3 = "developer.atlassian.com/cloud/jira/platform/rest/v3"
V2 = "docs.atlassian.com/software/jira/docs/api/REST/9.12.0"
FIELDS = "developer.atlassian.com/server/jira/platform/jira-rest-api-examples"
ADF = "developer.atlassian.com/cloud/jira/platform/apis/document"
AGILE = "developer.atlassian.com/cloud/jira/software/rest/api-group-sprint"


def closed(comment: str, required: tuple[str, ...] = (), **properties: Schema) -> Schema:
    """An object of these properties and no others."""
    return {
        "$comment": comment,
        "type": "object",
        "properties": properties,
        "required": list(required),
        "additionalProperties": False,
    }


def text(comment: str, **more: object) -> Schema:
    """A text."""
    return {"$comment": comment, "type": "string", **more}


def several(comment: str, of: Schema, **more: object) -> Schema:
    """A list."""
    return {"$comment": comment, "type": "array", "items": of, **more}


def one_of(*schemas: Schema) -> Schema:
    """Either of these."""
    return {"anyOf": list(schemas)}


def nothing(comment: str) -> Schema:
    """An empty value, which clears a field."""
    return {"$comment": comment, "type": "null"}


LINK = closed(
    f"{ADF}/marks/link",
    ("type", "attrs"),
    type={"const": "link"},
    attrs=closed(f"{ADF}/marks/link, attrs", ("href",), href=text("href", minLength=1)),
)
STRONG = closed(f"{ADF}/marks/strong", ("type",), type={"const": "strong"})
TEXT_NODE = closed(
    f"{ADF}/nodes/text: text must not be empty",
    ("type", "text"),
    type={"const": "text"},
    text={"type": "string", "minLength": 1},
    marks=several(f"{ADF}/nodes/text, marks", one_of(LINK, STRONG)),
)
BREAK = closed(f"{ADF}/nodes/hardBreak", ("type",), type={"const": "hardBreak"})
PARAGRAPH = closed(
    f"{ADF}/nodes/paragraph",
    ("type", "content"),
    type={"const": "paragraph"},
    content=several(f"{ADF}/nodes/paragraph, content", one_of(TEXT_NODE, BREAK)),
)
DOCUMENT = closed(
    f"{ADF}/structure, nodes/doc",
    ("type", "version", "content"),
    type={"const": "doc"},
    version={"const": 1},
    content=several(f"{ADF}/structure, content", PARAGRAPH),
)
WIKI = text(f"{V2}/#api/2/issue-createIssue, description: wiki markup", maxLength=32_767)

ID = closed(f"{FIELDS}: a value by its id", ("id",), id={"type": "string"})
#: The value of a custom field by the type of the field (same page, "Setting custom field data for
#: other field types"; the reference of v3 has the same under fields.customfield_…). People have ids
#: in Cloud, as the values of lists do.
CUSTOM = one_of(
    text(f"{FIELDS}, FreeTextField, TextField, Text"),
    {"$comment": f"{FIELDS}, Number Field", "type": "number"},
    ID,
    several(f"{FIELDS}, MultiSelect, by id as in Select List", ID),
    several(f"{FIELDS}, Labels", {"type": "string", "pattern": r"^\S+$"}),
    closed(f"{FIELDS}, CascadingSelect", ("id", "child"), id={"type": "string"}, child=ID),
)


def fields(page: str, body: Schema, person: Schema) -> dict[str, Schema]:
    """The fields that are changed as well as made."""
    return {
        "summary": text(f"{page}, fields.summary", maxLength=255, pattern=r"^[^\r\n]+$"),
        "description": body,
        "priority": {**ID, "$comment": f"{page}, fields.priority.id"},
        "duedate": text(f"{page}, fields.duedate", pattern=r"^\d{4}-\d\d-\d\d$"),
        "assignee": one_of(person, nothing(f"{page}, fields.assignee: null takes it from them")),
    }


def made(page: str, held: dict[str, Schema], custom: Schema) -> Schema:
    """A request that makes an issue."""
    more = {
        "project": closed(f"{page}, fields.project", ("key",), key={"type": "string"}),
        "issuetype": {**ID, "$comment": f"{page}, fields.issuetype.id"},
        "labels": several(f"{page}, fields.labels", {"type": "string", "pattern": r"^\S{1,255}$"}),
        "components": several(f"{page}, fields.components", ID),
    }
    inner = closed(f"{page}, fields", ("project", "issuetype", "summary"), **held, **more)
    inner["patternProperties"] = {r"^customfield_\d+$": custom}
    return closed(page, ("fields",), fields=inner)


def changed(page: str, held: dict[str, Schema]) -> Schema:
    """A request that changes an issue; an empty one changes nothing and is not sent."""
    inner = {**closed(f"{page}, fields", (), **held), "minProperties": 1}
    return closed(page, ("fields",), fields=inner)


def transition(page: str) -> Schema:
    """A request that moves an issue through its workflow."""
    resolution = {**ID, "$comment": f"{page}, fields.resolution"}
    return closed(
        page,
        ("transition",),
        transition={**ID, "$comment": f"{page}, transition.id"},
        fields=closed(f"{page}, fields", (), resolution=resolution),
    )


def search(page: str, **more: Schema) -> Schema:
    """A request that searches."""
    return closed(
        page,
        ("jql",),
        jql=text(f"{page}, jql", minLength=1),
        fields=several(f"{page}, fields", {"type": "string"}),
        maxResults={"$comment": f"{page}, maxResults", "type": "integer", "minimum": 1},
        **more,
    )


_CLOUD_PERSON = closed(f"{V3}/api-group-issues, fields.assignee.id", ("id",), id={"type": "string"})
_SERVER_PERSON = closed(f"{V2}, fields.assignee.name", ("name",), name={"type": "string"})
_GROUP = f"{V3}/api-group-issues"
_MADE = f"{_GROUP}/#api-rest-api-3-issue-post"
_CHANGED = f"{_GROUP}/#api-rest-api-3-issue-issueidorkey-put"
_PROPERTY = closed(
    f"{V3}/api-group-issue-comments, properties: EntityProperty",
    ("key", "value"),
    key=text("key", maxLength=255),
    value={"$comment": "any JSON", "type": "object"},
)

PLANNED = closed(
    f"{AGILE}/#api-rest-agile-1-0-sprint-sprintid-issue-post; Data Center has the same",
    ("issues",),
    issues=several("ids or keys, 50 at most", {"type": "string"}, minItems=1, maxItems=50),
)
CLOUD: dict[str, Schema] = {
    "create": made(_MADE, fields(_MADE, DOCUMENT, _CLOUD_PERSON), one_of(CUSTOM, DOCUMENT)),
    "update": changed(_CHANGED, fields(_CHANGED, DOCUMENT, _CLOUD_PERSON)),
    "transition": transition(f"{_GROUP}/#api-rest-api-3-issue-issueidorkey-transitions-post"),
    "find": search(f"{V3}/api-group-issue-search/#api-rest-api-3-search-jql-post"),
    "comment": closed(
        f"{V3}/api-group-issue-comments/#api-rest-api-3-issue-issueidorkey-comment-post",
        ("body",),
        body=DOCUMENT,
        properties=several("properties", _PROPERTY),
    ),
    "comments": closed(
        f"{V3}/api-group-issue-comments/#api-rest-api-3-comment-list-post",
        ("ids",),
        ids=several("1000 ids at most", {"type": "integer"}, minItems=1, maxItems=1000),
    ),
    "plan": PLANNED,
}
SERVER: dict[str, Schema] = {
    "create": made(
        f"{V2}/#api/2/issue-createIssue",
        fields(V2, WIKI, _SERVER_PERSON),
        one_of(
            CUSTOM, _SERVER_PERSON, several(f"{FIELDS}, Multi-User Picker: names", _SERVER_PERSON)
        ),
    ),
    "update": changed(f"{V2}/#api/2/issue-editIssue", fields(V2, WIKI, _SERVER_PERSON)),
    "transition": transition(f"{V2}/#api/2/issue-doTransition"),
    "find": search(
        f"{V2}/#api/2/search-searchUsingSearchRequest",
        startAt={"$comment": f"{V2}, startAt", "type": "integer", "minimum": 0},
    ),
    "comment": closed(f"{V2}/#api/2/issue-addComment", ("body",), body=WIKI),
    "plan": PLANNED,
}
