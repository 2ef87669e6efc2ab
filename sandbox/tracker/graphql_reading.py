"""Reads a GraphQL operation, as far as the tracker needs: fields, arguments, fragments in line."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

TOKEN = re.compile(
    r'\s*(?:#[^\n]*\n)?[\s,]*(\.\.\.|[{}()\[\]:=!@]|\$?[A-Za-z_]\w*|-?\d+|"(?:[^"\\]|\\.)*")'
)
WORDS: Mapping[str, object] = {"true": True, "false": False, "null": None}


class Unreadable(Exception):
    """It is no operation that this reader knows."""


@dataclass(frozen=True)
class Field:
    """A field that is asked for; a fragment in line is one whose `on` names the type."""

    name: str
    shown_as: str = ""
    arguments: Mapping[str, Any] = field(default_factory=dict)
    fields: tuple["Field", ...] = ()
    on: str = ""


def read(document: str, variables: Mapping[str, Any]) -> tuple[Field, ...]:
    """What the document's one operation asks for, with the variables put in."""
    return _Reader(document, variables).operation()


class _Reader:
    def __init__(self, document: str, variables: Mapping[str, Any]) -> None:
        self._variables = variables
        self._tokens = _tokens(document)

    def operation(self) -> tuple[Field, ...]:
        while self._tokens and self._tokens[-1] != "{":
            if self._tokens.pop() == "(":
                while self._next() != ")":
                    pass
        return self._fields()

    def _next(self) -> str:
        if not self._tokens:
            raise Unreadable("The document ends in the middle.")
        return self._tokens.pop()

    def _at(self, token: str) -> bool:
        if self._tokens and self._tokens[-1] == token:
            self._tokens.pop()
            return True
        return False

    def _expect(self, token: str) -> None:
        if not self._at(token):
            raise Unreadable(f"Expected {token}.")

    def _fields(self) -> tuple[Field, ...]:
        self._expect("{")
        found = []
        while not self._at("}"):
            found.append(self._field())
        return tuple(found)

    def _field(self) -> Field:
        name = self._next()
        if name == "...":
            self._expect("on")
            return Field("", on=self._next(), fields=self._fields())
        shown_as = name
        if self._at(":"):
            name = self._next()
        arguments = self._named(")") if self._at("(") else {}
        inner = self._fields() if self._tokens and self._tokens[-1] == "{" else ()
        return Field(name, shown_as, arguments, inner)

    def _named(self, end: str) -> dict[str, Any]:
        found = {}
        while not self._at(end):
            name = self._next()
            self._expect(":")
            found[name] = self._value()
        return found

    def _value(self) -> Any:
        token = self._next()
        if token.startswith("$"):
            return self._variables.get(token[1:])
        if token == "{":  # noqa: S105 - a token of the grammar
            return self._named("}")
        if token == "[":  # noqa: S105 - a token of the grammar
            return self._list()
        if token[0] == '"' or token.lstrip("-").isdecimal():
            return json.loads(token)
        return WORDS.get(token, token)

    def _list(self) -> list[Any]:
        found = []
        while not self._at("]"):
            found.append(self._value())
        return found


def _tokens(document: str) -> list[str]:
    """Backwards, so that the next is the last."""
    found, at = [], 0
    rest = document.rstrip()
    while at < len(rest):
        matched = TOKEN.match(rest, at)
        if matched is None:
            raise Unreadable(f"Unexpected text at {at}.")
        found.append(matched[1])
        at = matched.end()
    return found[::-1]
