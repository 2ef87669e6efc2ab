"""views.open, push, update and publish."""

from sandbox.checks import check_view
from sandbox.methods.ask import Ask
from sandbox.modals import MOST_VIEWS, OpenView
from sandbox.refusals import Json, Refused, arguments_refused


def _answer(ask: Ask, view: OpenView) -> Json:
    ask.workspace.changes.happened()
    return {"ok": True, "view": view.to_api(ask.app, ask.team)}


def _unique(ask: Ask, view: Json, but: OpenView | None = None) -> None:
    """Refuse an external id that another view of the workspace has."""
    name = view.get("external_id")
    views = ask.workspace.views.all()
    if name and any(one is not but and one.content.get("external_id") == name for one in views):
        raise Refused("duplicate_external_id")


def _open(ask: Ask) -> Json:
    view = check_view(ask.args.get("view"))
    _unique(ask, view)
    trigger = ask.workspace.triggers.exchange(ask.args.get("trigger_id"))
    return _answer(ask, ask.workspace.views.open(trigger.person, view, trigger.channel))


def _push(ask: Ask) -> Json:
    view = check_view(ask.args.get("view"))
    _unique(ask, view)
    trigger = ask.workspace.triggers.exchange(ask.args.get("trigger_id"))
    stack = ask.workspace.views.of(trigger.person)
    # A push needs a modal to lie on: its trigger comes from an act inside one.
    if not trigger.in_modal or not stack:
        raise Refused("not_found")
    if len(stack) >= MOST_VIEWS:
        raise Refused("push_limit_reached")
    return _answer(ask, ask.workspace.views.push(trigger.person, view))


def _update(ask: Ask) -> Json:
    found = ask.workspace.views.find(ask.args.get("view_id"), ask.args.get("external_id"))
    view = check_view(ask.args.get("view"), found.content["type"])
    _unique(ask, view, found)
    given = ask.args.get("hash")
    if given and given != found.hash:
        raise Refused("hash_conflict")
    found.show(view, ask.workspace.views.new_hash())
    return _answer(ask, found)


def _publish(ask: Ask) -> Json:
    view = check_view(ask.args.get("view"), "home")
    if not ask.app.home_tab:
        raise Refused("not_enabled")
    person = ask.workspace.people.get(str(ask.required("user_id")))
    if person is None:
        raise arguments_refused("[ERROR] invalid `user_id`")  # the page's own example
    given = ask.args.get("hash")
    home = ask.workspace.views.homes.get(person.id)
    _unique(ask, view, home)
    if given and (home is None or given != home.hash):
        raise Refused("hash_conflict")
    return _answer(ask, ask.workspace.views.publish(person.id, view))


METHODS = {
    "views.open": _open,
    "views.push": _push,
    "views.update": _update,
    "views.publish": _publish,
}
