"""Values of the workspace as JSON and back, exactly: dataclasses, tuples, bytes and times too.

What JSON does not know becomes an object whose "$" names what it was. A dataclass is taken apart
by its fields, so a new field is packed without anybody thinking of it.
"""

import json
from base64 import b64decode, b64encode
from collections.abc import Callable
from dataclasses import fields, is_dataclass
from datetime import datetime, timedelta
from importlib import import_module
from typing import Any

#: Names of classes are told from here on.
HOUSE = "sandbox"
TAG = "$"
AS_IT_IS = (str, int, float, bool, type(None))

#: Type -> how it is taken apart; the result is packed in its turn.
APART: dict[type, Callable[[Any], Any]] = {
    tuple: list,
    set: sorted,
    bytes: lambda value: b64encode(value).decode("ascii"),
    datetime: lambda value: value.isoformat(),
    timedelta: lambda value: [value.days, value.seconds, value.microseconds],
    dict: lambda value: [list(pair) for pair in value.items()],
}
TOGETHER: dict[str, Callable[[Any], Any]] = {
    "tuple": tuple,
    "set": set,
    "bytes": b64decode,
    "datetime": datetime.fromisoformat,
    "timedelta": lambda parts: timedelta(*parts),
    "dict": dict,
}
#: What unpacking raises when the JSON was packed from classes that look different now.
MISFIT = (TypeError, ValueError, LookupError, AttributeError, ImportError)


def pack(value: object) -> str:
    """A value as JSON; TypeError when it is of a kind that cannot be packed."""
    return json.dumps(_apart(value), separators=(",", ":"), ensure_ascii=False)


def unpack(packed: str) -> Any:
    """What was packed; one of MISFIT when it does not fit the classes of today."""
    return json.loads(packed, object_hook=_together)


def _apart(value: Any) -> Any:
    kind = type(value)
    if kind in AS_IT_IS:
        return value
    if kind is list:
        return [_apart(one) for one in value]
    if kind is dict and TAG not in value and all(type(key) is str for key in value):
        return {key: _apart(one) for key, one in value.items()}
    if kind in APART:
        return {TAG: kind.__name__, "value": _apart(APART[kind](value))}
    return _fields_of(value)


def _fields_of(value: Any) -> dict[str, Any]:
    kind = type(value)
    if not is_dataclass(kind) or not kind.__module__.startswith(f"{HOUSE}."):
        raise TypeError(f"A {kind.__name__} cannot be packed: make it a dataclass of the sandbox.")
    name = f"{kind.__module__.removeprefix(f'{HOUSE}.')}.{kind.__name__}"
    return {TAG: name, **{one.name: _apart(getattr(value, one.name)) for one in fields(kind)}}


def _together(parts: dict[str, Any]) -> Any:
    name = parts.pop(TAG, None)
    if name is None:
        return parts
    if name in TOGETHER:
        return TOGETHER[name](parts["value"])
    return _class(name)(**parts)


def _class(name: str) -> Callable[..., Any]:
    module, _, kind = name.rpartition(".")
    found = getattr(import_module(f"{HOUSE}.{module}"), kind)
    if not is_dataclass(found) or not isinstance(found, type):
        raise TypeError(f"{name} is no dataclass.")
    return found
