"""People in a document: their name for whoever reads it, their id for the way back."""

import re
from collections.abc import Mapping
from urllib.parse import quote, unquote

_NAMED = re.compile(r".* \((?P<id>[^()\s]*)\)", re.DOTALL)


def write_person(person: str, names: Mapping[str, str]) -> str:
    """Write a person as `Ana (U012ABC)`; one without a name as their id."""
    there, name = quote(person, safe=""), " ".join(names.get(person, "").split())
    return f"{name} ({there})" if name else there


def read_person(written: str) -> str:
    """Read the id of a person."""
    named = _NAMED.fullmatch(written)
    return unquote(named["id"] if named else written)
