"""usergroups.list and usergroups.users.list."""

from sandbox.methods.ask import Ask
from sandbox.refusals import Json, Refused


def _list(ask: Ask) -> Json:
    more = {
        "with_users": ask.flag("include_users"),
        "with_count": ask.flag("include_count"),
    }
    groups = [
        one.to_api(ask.team, **more)
        for one in ask.workspace.usergroups.values()
        if not one.deleted or ask.flag("include_disabled")
    ]
    return {"ok": True, "usergroups": groups}


def _users(ask: Ask) -> Json:
    group = ask.workspace.usergroups.get(str(ask.required("usergroup")))
    if group is None or (group.deleted and not ask.flag("include_disabled")):
        raise Refused("no_such_subteam")
    return {"ok": True, "users": list(group.users)}


METHODS = {"usergroups.list": _list, "usergroups.users.list": _users}
