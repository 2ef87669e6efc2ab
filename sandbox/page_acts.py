"""What the browser page can do, each with the very hands that tests use."""

from collections.abc import Awaitable, Callable
from datetime import timedelta

from sandbox.filling import keep
from sandbox.inputs import elements
from sandbox.modal import Modal
from sandbox.modals import OpenView
from sandbox.person import Person
from sandbox.refusals import Json


async def _say(person: Person, act: Json) -> Json:
    return {"ts": person.write(act["channel"], act["text"], thread_ts=act.get("thread_ts"))}


async def _command(person: Person, act: Json) -> Json:
    name, _, rest = act["text"].partition(" ")
    if name == "/invite":
        await person.invite(act["channel"], rest.strip())
    elif name == "/topic":
        person.workspace.channel(act["channel"]).topic = rest.strip()
        person.workspace.changes.happened()
    else:
        await person.command(act["channel"], act["text"])
    return {}


def _view(person: Person, view_id: str) -> OpenView:
    views = person.workspace.views
    for view in (*views.of(person.id), views.homes.get(person.id)):
        if view is not None and view.id == view_id:
            return view
    raise LookupError("This form is no longer open.")


def _type(view: OpenView, values: Json | None) -> None:
    """Take over what was typed, where the view has such an input."""
    for block_id, kept in (values or {}).items():
        for action_id, value in kept.items():
            if action_id in view.values.get(block_id, {}):
                view.values[block_id][action_id] = value


async def _click(person: Person, act: Json) -> Json:
    if "view" not in act:
        keys = ("action_id", "block_id", "ts", "value")
        given = {key: act[key] for key in keys if key in act}
        await person.click(act["channel"], **given)
        return {}
    view = _view(person, act["view"])
    _type(view, act.get("values"))
    for block, element in elements(view.blocks):
        if (block["block_id"], element.get("action_id")) == (act["block_id"], act["action_id"]):
            chosen = act.get("value") or {}
            keep(view.values, block, element, chosen)
            await person.act_in(view, block, element, chosen)
            return {}
    raise LookupError("This form no longer has that button.")


async def _submit(person: Person, act: Json) -> Json:
    view = _view(person, act["view"])
    _type(view, act.get("values"))
    answer = await Modal(person, view).submit()
    return {"closed": answer.closed, "errors": answer.errors}


async def _close(person: Person, act: Json) -> Json:
    await Modal(person, _view(person, act["view"])).close()
    return {}


async def _read(person: Person, act: Json) -> Json:
    channel = person.channel(act["channel"])
    if channel.messages:
        channel.last_read[person.id] = channel.messages[-1].ts
        person.workspace.changes.happened()
    return {}


async def _open_home(person: Person, _act: Json) -> Json:
    await person.open_home()
    return {}


async def _open_dm(person: Person, act: Json) -> Json:
    return {"channel": person.workspace.dm(person.id, act["user"]).id}


async def _join(person: Person, act: Json) -> Json:
    await person.join(act["channel"])
    return {}


async def _clock(person: Person, act: Json) -> Json:
    diary = person.workspace.diary
    if "to" in act:
        came = await diary.turn_to(act["to"])
    else:
        came = await diary.turn(timedelta(seconds=float(act["seconds"])))
    return {"came": [due.to_page() for due in came]}


async def _react(person: Person, act: Json) -> Json:
    """React, or take the reaction back when it is there already."""
    message = person.channel(act["channel"]).find(act["ts"])
    again = message is not None and person.id in message.reactions.get(act["name"], [])
    do = person.unreact if again else person.react
    await do(act["channel"], act["ts"], act["name"])
    return {}


ACTS: dict[str, Callable[[Person, Json], Awaitable[Json]]] = {
    "say": _say,
    "command": _command,
    "click": _click,
    "submit": _submit,
    "close": _close,
    "read": _read,
    "open_home": _open_home,
    "open_dm": _open_dm,
    "join": _join,
    "clock": _clock,
    "react": _react,
}
