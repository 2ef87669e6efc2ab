"""users.info and users.list."""

from sandbox.methods.ask import Ask
from sandbox.people import Account
from sandbox.refusals import Json


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


METHODS = {"users.info": _info, "users.list": _list}
