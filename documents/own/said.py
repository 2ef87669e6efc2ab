"""Values read from YAML, each asked for once and by its type."""

from datetime import datetime
from typing import Any, TypeVar

from documents.own.instants import in_utc, read_instant
from documents.own.unreadable import Unreadable

Value = TypeVar("Value")


class Said:
    """A mapping that was written by us or mended by hand; what nobody asks for is `left`."""

    def __init__(self, values: object) -> None:
        if not isinstance(values, dict):
            raise Unreadable("it is no mapping")
        self._values: dict[Any, Any] = dict(values)

    def take(self, name: str, kind: type[Value]) -> Value | None:
        """Return a value; None where it is not there. Unreadable where it is of another kind."""
        value = self._values.pop(name, None)
        if value is None or type(value) is kind:
            return value
        raise Unreadable(f"{name} is {value!r}")

    def text(self, name: str) -> str:
        """Return a text; empty where it is not there."""
        return self.take(name, str) or ""

    def number(self, name: str) -> float | None:
        """Return a number, with a fraction or without."""
        whole = type(self._values.get(name)) is int
        return self.take(name, int if whole else float)

    def texts(self, name: str) -> list[str]:
        """Return a list of texts; empty where it is not there."""
        values = self.take(name, list) or []
        if not all(isinstance(value, str) for value in values):
            raise Unreadable(f"{name} is {values!r}")
        return values

    def instant(self, name: str) -> datetime | None:
        """Return an instant; one that was written by hand without an offset is UTC."""
        if isinstance(self._values.get(name), str):
            return read_instant(self.text(name))
        at = self.take(name, datetime)
        return None if at is None else in_utc(at if at.tzinfo else read_instant(str(at)))

    def left(self) -> list[str]:
        """Return what nobody has asked for, a line each."""
        return [f"{name}: {value}" for name, value in self._values.items()]
