"""Holds everything that is said between the adapter and a GitHub against GitHub's descriptions.

`github.json` and `github.graphql` are GitHub's own, pruned by the scripts beside them (both MIT).
"""

import json
import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from graphql import GraphQLError, build_schema, get_operation_ast, parse, validate
from graphql.execution import get_variable_values
from openapi_core import Config, OpenAPI
from openapi_core.exceptions import OpenAPIError
from openapi_core.testing import MockRequest, MockResponse

from integrations.trackers.github.api import VERSION

HERE = Path(__file__).parent
GITHUB = "https://api.github.com"
#: What any call may be answered with and few descriptions list: who asks, how often, and outages
#: (docs.github.com/en/rest/using-the-rest-api/troubleshooting-the-rest-api).
ANY_TIME = {401, 403, 429, 500, 502, 503}
#: A resource by its number, as redirects name it: the same as by its name.
NUMBERED = re.compile(r"^/repositories/\d+")


@cache
def described(unknown: str = "allow") -> OpenAPI:
    """What GitHub says of its REST API; `forbid` lets nobody say what it does not know."""
    config = Config(additional_properties_default_policy=unknown)  # type: ignore[arg-type] # a word
    return OpenAPI.from_dict(
        json.loads((HERE / "github.json").read_text(), object_hook=_meant), config=config
    )


def _meant(schema: dict[str, Any]) -> dict[str, Any]:
    """An enum that is nullable has null in it, which OpenAPI 3.0 wants to be said twice."""
    if schema.get("nullable") is True and "enum" in schema:
        schema["enum"].append(None)
    return schema


def wrong_with_request(
    method: str, path: str, query: Mapping[str, str], headers: Mapping[str, str], body: bytes
) -> Iterator[str]:
    """What GitHub would not understand."""
    for name, value in {
        "Accept": "application/vnd.github+json",
        "X-GitHub-Api-Version": VERSION,
        "User-Agent": "closedloop",
    }.items():
        if headers.get(name) != value:
            yield f"{method} {path}: {name} is {headers.get(name)}"
    if not headers.get("Authorization", "").startswith("Bearer "):
        yield f"{method} {path}: nobody asks"
    asked = request(method, path, query, body)
    yield from wrong_with_document(body) if path == "/graphql" else wrong_with_call(asked)


def wrong_with_call(asked: MockRequest) -> Iterator[str]:
    """What the description of the REST API does not know."""
    try:
        known = described("forbid").unmarshal_request(asked).parameters.query
        described("forbid").validate_request(asked)
    except OpenAPIError as error:
        yield f"{asked.method} {asked.path}: {error!r}: {error.__cause__!r}"
        return
    for name in set(asked.args or {}) - set(known):
        yield f"{asked.method} {asked.path}: there is no parameter {name}"


def wrong_with_document(body: bytes) -> Iterator[str]:
    """What the GraphQL schema does not know."""
    schema, said = build_schema((HERE / "github.graphql").read_text()), json.loads(body)
    try:
        document = parse(said["query"])
    except GraphQLError as error:
        yield str(error)
        return
    yield from map(str, validate(schema, document))
    operation = get_operation_ast(document)
    assert operation
    given = get_variable_values(schema, operation.variable_definitions or (), said["variables"])
    if isinstance(given, list):
        yield from map(str, given)


def wrong_with_answer(
    method: str, path: str, query: Mapping[str, str], body: bytes, answer: MockResponse
) -> Iterator[str]:
    """What GitHub would not answer to this."""
    if answer.status_code in ANY_TIME or path == "/graphql":
        return
    try:
        described().validate_response(request(method, path, query, body), answer)
    except OpenAPIError as error:
        yield f"{answer.status_code} to {method} {path}: {error!r}: {_deepest(error)}"


def request(method: str, path: str, query: Mapping[str, str], body: bytes) -> MockRequest:
    """A request as the description is asked about it."""
    at = NUMBERED.sub("/repos/some/where", path)
    args: dict[str, Any] = dict(query)
    kind = "application/json" if body else ""
    return MockRequest(GITHUB, method, at, args=args, data=body or None, content_type=kind)


def _deepest(error: BaseException) -> str:
    while error.__cause__ is not None:
        error = error.__cause__
    told = getattr(error, "schema_errors", [])
    return "; ".join(f"{'/'.join(map(str, one.path))}: {one.message}"[:300] for one in told)
