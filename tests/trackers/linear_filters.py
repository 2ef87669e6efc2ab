"""Linear's filters, as far as they are asked with (linear.app/developers/filtering)."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from graphql import GraphQLError

Filter = Mapping[str, Any]


def fits(thing: Mapping[str, Any], asked: Filter) -> bool:
    """Whether a filter lets a thing through."""
    return all(_fits_field(thing, field, wanted) for field, wanted in asked.items())


def _fits_field(thing: Mapping[str, Any], field: str, wanted: Any) -> bool:
    if field == "or":
        found = [fits(thing, one) for one in wanted]  # all are read, also for what they refuse
        return any(found)
    if field == "and":
        return all(fits(thing, one) for one in wanted)
    value = thing[field]
    if isinstance(value, Mapping):
        return fits(value, wanted)
    return all(_compares(field, value, how, to) for how, to in wanted.items())


def _compares(field: str, value: Any, how: str, to: Any) -> bool:
    if how == "eq" and field == "id":
        return bool(value == uuid(to))
    if how == "eq":
        return bool(value == to)
    if how == "eqIgnoreCase":
        return bool(value.casefold() == to.casefold())
    if how == "gt":
        return datetime.fromisoformat(value) > datetime.fromisoformat(to)
    raise NotImplementedError(how)


def uuid(said: str) -> str:
    """An id; anything else is refused, v4 is all there is."""
    try:
        is_v4 = UUID(said).version == 4
    except ValueError:
        is_v4 = False
    if not is_v4:
        raise invalid("Argument Validation Error", "id must be a UUID.")
    return said


def invalid(message: str, to_people: str) -> GraphQLError:
    """A refusal of what was given, in Linear's shape (`parseLinearError` of `@linear/sdk`)."""
    return GraphQLError(
        message,
        extensions={
            "type": "invalid input",
            "code": "INPUT_ERROR",
            "statusCode": 400,
            "userError": True,
            "userPresentableMessage": to_people,
        },
    )


def not_found(what: str) -> GraphQLError:
    """The refusal of what is not there."""
    return invalid(f"Entity not found: {what}", f"Could not find referenced {what}.")
