"""users.info, users.list and users.lookupByEmail."""

from sandbox.methods.ask import Ask
from sandbox.people import Account
from sandbox.refusals import Json, Refused


def _shown(ask: Ask, account: Account) -> Json:
    now = ask.workspace.clock.now()
    return account.to_api(ask.team, now, with_email=ask.app.may("users:read.email"))


def _info(ask: Ask) -> Json:
    account = ask.workspace.find_person(ask.required("user"))
    return {"ok": True, "user": _shown(ask, account)}


def _list(ask: Ask) -> Json:
    people = list(ask.workspace.people.values())
    page, cursor = ask.page(people, usual=1000)
    return {
        "ok": True,
        "members": [_shown(ask, account) for account in page],
        "cache_ts": int(ask.workspace.clock.now().timestamp()),
        "response_metadata": {"next_cursor": cursor},
    }


def _by_email(ask: Ask) -> Json:
    wanted = str(ask.required("email")).casefold()
    for account in ask.workspace.people.values():
        shown = account.to_api(ask.team, ask.workspace.clock.now(), with_email=True)
        known = account.is_person and not account.deleted
        if known and shown["profile"]["email"].casefold() == wanted:
            return {"ok": True, "user": shown}
    raise Refused("users_not_found")


METHODS = {"users.info": _info, "users.list": _list, "users.lookupByEmail": _by_email}
