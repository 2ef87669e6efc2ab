import json
import re
from typing import Any
from uuid import uuid4

import pytest
from graphql import (
    GraphQLObjectType,
    GraphQLUnionType,
    NoDeprecatedCustomRule,
    is_list_type,
    is_non_null_type,
    parse,
    validate,
)

from integrations.trackers.linear import Linear, documents
from tests.trackers import prune_linear
from tests.trackers.linear import LinearStandIn
from tests.trackers.linear_answers import Root, answer, schema
from tests.trackers.linear_stage import SHOP, WANTED
from tests.trackers.linear_world import World

DOCUMENTS = {
    name: text
    for name, text in vars(documents).items()
    if name.isupper() and not name.startswith("_")
}


def refusal(standin: LinearStandIn, document: str, **variables: object) -> str:
    root = Root(World(standin.world.now), lambda *_: None)
    status, body = answer(schema(), root, {"query": document, "variables": variables})
    assert status == 400
    return str(body["errors"][0]["message"])


def misfits(kind: Any, value: Any, where: str) -> list[str]:
    """What of a value is not as its type says."""
    if is_non_null_type(kind):
        return misfits(kind.of_type, value, where) if value is not None else [f"{where} is missing"]
    if value is None:
        return []
    if isinstance(kind, GraphQLUnionType):
        return min((misfits(one, value, where) for one in kind.types), key=len)
    if is_list_type(kind):
        return [fault for one in value for fault in misfits(kind.of_type, one, where)]
    if not isinstance(kind, GraphQLObjectType):
        return []
    unknown = [f"{where}.{name} is unknown" for name in value if name not in kind.fields]
    fields = kind.fields.items()
    told = [misfits(f.type, value.get(name), f"{where}.{name}") for name, f in fields]
    return unknown + [fault for faults in told for fault in faults]


@pytest.mark.parametrize("name", DOCUMENTS)
def test_a_document_asks_for_what_linear_has_and_will_have(name: str) -> None:
    document = parse(DOCUMENTS[name])
    assert not validate(schema(), document)
    assert not validate(schema(), document, [NoDeprecatedCustomRule])


@pytest.mark.parametrize("name", DOCUMENTS)
def test_a_document_with_a_misspelt_field_is_refused(name: str) -> None:
    misspelt = re.sub(r"\b(id|success) ", r"\1d ", DOCUMENTS[name])
    [fault, *_] = validate(schema(), parse(misspelt))
    assert fault.message.startswith("Cannot query field '")


def test_an_issue_without_a_team_is_refused() -> None:
    told = refusal(LinearStandIn(), documents.CREATE, input={"title": "Alert"})
    assert "to include required field 'teamId'" in told


def test_a_misspelt_field_of_an_issue_is_refused() -> None:
    asked = {"teamId": "1", "titel": "Alert"}
    told = refusal(LinearStandIn(), documents.CREATE, input=asked)
    assert "not to include unknown field 'titel'" in told


def test_a_due_date_that_is_none_is_refused() -> None:
    asked = {"teamId": "1", "dueDate": "next week"}
    told = refusal(LinearStandIn(), documents.CREATE, input=asked)
    assert "next week" in told


@pytest.mark.parametrize(
    ("declared", "read"),
    [
        ('title?: Maybe<Scalars["String"]>;', "title: String"),
        ("labels: Array<IssueLabel>;", "labels: [IssueLabel!]!"),
        ('ids?: InputMaybe<Array<Scalars["ID"]>>;', "ids: [ID!]"),
        ("/** A team.\n * @deprecated Take another. */\n team: Team;", "team: Team!"),
    ],
)
def test_the_schema_is_as_the_package_declares_it(declared: str, read: str) -> None:
    [field] = prune_linear.fields(declared)
    assert f"{field.name}: {field.type}" == read
    assert field.deprecated == ("Take another." if "@deprecated" in declared else "")


@pytest.mark.parametrize("declared", ["title: string | number;", "get title()"])
def test_what_cannot_be_read_of_the_package_stops_the_script(declared: str) -> None:
    with pytest.raises(SystemExit, match="What"):
        list(prune_linear.fields(declared))


async def test_webhooks_of_the_stand_in_are_as_linear_types_them(
    linear: LinearStandIn, linear_tracker: Linear
) -> None:
    seen = await linear_tracker.create(SHOP, str(uuid4()), WANTED)
    await linear.assign(seen.ref, "ben", by="cleo")
    await linear.close(seen.ref, by="cleo")
    await linear.set_due(seen.ref, None, by="cleo")
    await linear.move(seen.ref)
    await linear.delete(seen.ref)
    kind = schema().type_map["EntityWebhookPayload"]
    assert [misfits(kind, json.loads(body), "hook") for _, body in linear.hooks] == [[]] * 6
