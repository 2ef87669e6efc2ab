"""A workspace in which nothing stands at its default, so that what is forgotten shows."""

from collections.abc import Mapping
from dataclasses import Field, fields, is_dataclass
from datetime import UTC, datetime, timedelta
from itertools import count
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from sandbox import Clock, Workspace
from sandbox.canvases import Canvas
from sandbox.channels import Channel
from sandbox.diary import Due
from sandbox.faults import Faults
from sandbox.files import File
from sandbox.manifest import App
from sandbox.modals import OpenView
from sandbox.people import Account
from sandbox.tour import Step
from sandbox.triggers import ResponseUrl
from sandbox.usergroups import UserGroup

PLAIN: Mapping[Any, Any] = {
    str: "a “quoted” word",
    int: 7,
    float: 0.5,
    bool: True,
    bytes: b"\x00\xff",
    datetime: datetime(2026, 12, 1, 9, 30, tzinfo=UTC),
    timedelta: timedelta(days=2, microseconds=1),
    Any: [{"$": "not ours", "null": None, "deep": [{"1": 1.5, "yes": True}]}],
}


def filled(hint: Any) -> Any:
    """Give a value of this type, with every field of a dataclass filled in."""
    if isinstance(hint, type) and is_dataclass(hint):
        hints = get_type_hints(hint)
        return hint(**{one.name: _unlike(one, hints[one.name]) for one in fields(hint)})
    parts = [one for one in get_args(hint) if one is not NoneType]
    if not parts:
        return PLAIN[hint]
    origin = get_origin(hint)
    if origin is Literal:
        return parts[-1]
    inside = [filled(one) for one in parts]
    if origin is dict:
        return dict([inside])
    return inside[0] if origin in {UnionType, Union} else origin(inside)


def _unlike(field: Field[Any], hint: Any) -> Any:
    value = filled(hint)
    if value == field.default:
        return not value
    return value


def fresh() -> Workspace:
    """A workspace as it is opened."""
    app = App("Closed Loop", scopes=(), events=(), commands=())
    return Workspace(app, Clock(datetime(2026, 11, 24, 9, 30, tzinfo=UTC)), Faults())


def full() -> Workspace:
    """A workspace with something in every place that is kept."""
    it = fresh()
    it.clock.turn(timedelta(days=3, seconds=1))
    it.name = "Lumen & Loom"
    it.people |= {one: filled(Account) for one in "BA"}
    it.channels |= {one: filled(Channel) for one in "BA"}
    it.files["F1"] = filled(File)
    it.canvases["F2"] = filled(Canvas)
    it.usergroups["S1"] = filled(UserGroup)
    it.views.stacks["U1"] = [filled(OpenView), filled(OpenView)]
    it.views.homes["U1"] = filled(OpenView)
    it.triggers.urls["key"] = filled(ResponseUrl)
    it.diary.came, it.diary.next, it.diary.next_review = [filled(Due)], filled(Due), filled(Due)
    it.notices["U1"] = "Saved."
    it.complaints.append("Slack would have refused this.")
    it.tour = [filled(Step)]
    it.last_event = 42
    it.next_ts()
    for owner in (it, it.views):
        vars(owner)["_numbers"] = count(42)
    for stack in it.views.all():
        stack.busy = False
    return it
