"""auth.test, api.test, apps.connections.open, team.info, blocks.validate."""

from sandbox.checks.messages import check_message_blocks
from sandbox.methods.ask import Ask
from sandbox.refusals import Json


def _auth_test(ask: Ask) -> Json:
    return {
        "ok": True,
        "url": f"https://{ask.workspace.domain}.slack.com/",
        "team": ask.workspace.name,
        "user": ask.workspace.people[ask.app.bot_user].handle,
        "team_id": ask.team,
        "user_id": ask.app.bot_user,
        "bot_id": ask.app.bot_id,
        "is_enterprise_install": False,
    }


def _api_test(ask: Ask) -> Json:
    return {"ok": True, "args": ask.args}


def _open_connection(ask: Ask) -> Json:
    return {"ok": True, "url": ask.socket_url}


def _team_info(ask: Ask) -> Json:
    team = {
        "id": ask.team,
        "name": ask.workspace.name,
        "domain": ask.workspace.domain,
        "email_domain": "example.com",
        "url": f"https://{ask.workspace.domain}.slack.com/",
        "icon": {"image_default": True},
    }
    return {"ok": True, "team": team}


def _validate(ask: Ask) -> Json:
    check_message_blocks(ask.required("blocks"))
    return {"ok": True}


METHODS = {
    "auth.test": _auth_test,
    "api.test": _api_test,
    "apps.connections.open": _open_connection,
    "team.info": _team_info,
    "blocks.validate": _validate,
}
