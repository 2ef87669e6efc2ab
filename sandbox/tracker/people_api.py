"""The REST API of accounts, and of a GitHub App that asks for its tokens."""

from typing import Any

from aiohttp import web

from sandbox.tracker.api import GRANT, MOST_CALLS, PER_PAGE, PER_PAGE_MOST, Desk
from sandbox.tracker.refusals import GitHubSays, invalid, not_accessible, not_found
from sandbox.tracker.said import body_of, number_of, texts_of
from sandbox.tracker.seed import APP
from sandbox.tracker.shapes import Json, stamp
from sandbox.tracker.tickets import Account

V3 = "/api/v3"
PERMISSIONS = {"issues": "write", "metadata": "read", "organization_projects": "write"}
#: What only the account itself is told of, and nobody here has any of.
OWN = (
    "private_gists",
    "total_private_repos",
    "owned_private_repos",
    "disk_usage",
    "collaborators",
)
EVENTS = ["issues", "issue_comment"]


class PeopleApi:
    """Shows accounts, and gives an app its tokens."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def add_to(self, routes: web.UrlDispatcher) -> None:
        """Serve it."""
        routes.add_get(f"{V3}/user", self.myself, allow_head=False)
        routes.add_get(f"{V3}/app", self.app, allow_head=False)
        routes.add_get(f"{V3}/users/{{login}}", self.user, allow_head=False)
        routes.add_get(f"{V3}/search/users", self.search, allow_head=False)
        routes.add_get(f"{V3}/rate_limit", self.rate, allow_head=False)
        tokens = f"{V3}/app/installations/{{installation:\\d+}}/access_tokens"
        routes.add_post(tokens, self.installation_token)
        for at in (f"{V3}/repos/{{owner}}/{{repo}}", f"{V3}/repositories/{{repository_id:\\d+}}"):
            routes.add_get(f"{at}/installation", self.installation, allow_head=False)

    async def myself(self, request: web.Request) -> web.Response:
        """Whose the token is."""
        if request[GRANT].of_app:
            raise not_accessible(as_app=True)
        own = dict.fromkeys(OWN, 0) | {"two_factor_authentication": True}
        shown = self._account(request[GRANT].login) | own | {"user_view_type": "private"}
        return web.json_response(shown)

    async def app(self, request: web.Request) -> web.Response:
        """The app itself; it asks with its own token."""
        _judge_app(request)
        owner = self._desk.shapes.user(next(iter(self._desk.backlog.repositories.values())).owner)
        slug, since = APP.removesuffix("[bot]"), stamp(self._desk.backlog.now())
        number = int(self._desk.access.app_id)
        shown: Json = {"id": number, "slug": slug, "node_id": owner["node_id"], "owner": owner}
        shown |= {"name": slug, "description": "", "external_url": self._desk.shapes.url}
        shown |= {"html_url": f"{self._desk.shapes.url}apps/{slug}", "events": EVENTS}
        shown |= {"permissions": PERMISSIONS, "installations_count": 1}
        return web.json_response(shown | {"created_at": since, "updated_at": since})

    async def user(self, request: web.Request) -> web.Response:
        """An account."""
        return web.json_response(self._account(request.match_info["login"]))

    def _account(self, login: str) -> Json:
        account = self._desk.backlog.account(login)
        if account is None:
            raise not_found()
        shown = self._desk.shapes.user(account.login)
        shown |= {"name": account.name or None, "email": account.email or None, "blog": ""}
        shown |= dict.fromkeys(("company", "location", "hireable", "bio"))
        shown |= dict.fromkeys(("public_repos", "public_gists", "followers", "following"), 0)
        shown |= {"user_view_type": "public"}
        joined = stamp(self._desk.backlog.now())
        return shown | {"created_at": joined, "updated_at": joined}

    async def search(self, request: web.Request) -> web.Response:
        """Accounts whose login, name or public address has the words that are looked for."""
        words = request.query.get("q", "").lower().split()
        if not words:
            raise invalid({"resource": "Search", "field": "q", "code": "missing"})
        told = dict(one.split(":", 1) for one in words if ":" in one)
        text = " ".join(one for one in words if ":" not in one).strip('"')
        found = [one for one in self._desk.backlog.accounts.values() if _has(one, text, told)]
        size = number_of(request, "per_page", PER_PAGE, PER_PAGE_MOST)
        items = [self._desk.shapes.user(one.login) | {"score": 1.0} for one in found[:size]]
        shown = {"total_count": len(found), "incomplete_results": False, "items": items}
        return web.json_response(shown)

    async def rate(self, _request: web.Request) -> web.Response:
        """How much may still be asked."""
        used = len(self._desk.calls) % MOST_CALLS
        now = int(self._desk.backlog.now().timestamp())
        limit = {"limit": MOST_CALLS, "remaining": MOST_CALLS - used, "used": used}
        limit |= {"reset": now - now % 3600 + 3600}
        return web.json_response(
            {"resources": {"core": limit, "search": limit, "graphql": limit}, "rate": limit}
        )

    async def installation(self, request: web.Request) -> web.Response:
        """The installation of the app in a repository; the app asks with its own token."""
        said = request.match_info
        home = (
            self._desk.backlog.repositories.get(int(said["repository_id"]))
            if "repository_id" in said
            else self._desk.backlog.repository(f"{said['owner']}/{said['repo']}")
        )
        _judge_app(request)
        if home is None:
            raise not_found()
        number, api = self._desk.access.installation, self._desk.shapes.api
        since = stamp(home.created_at)
        owner = self._desk.shapes.user(home.owner)
        shown: Json = {"id": number, "app_id": int(self._desk.access.app_id), "account": owner}
        shown |= {"app_slug": APP.removesuffix("[bot]"), "target_id": owner["id"]}
        shown |= {"target_type": owner["type"], "single_file_name": None, "events": EVENTS}
        shown |= {"access_tokens_url": f"{api}/app/installations/{number}/access_tokens"}
        shown |= {"repositories_url": f"{api}/installation/repositories"}
        shown |= {"html_url": f"{self._desk.shapes.url}settings/installations/{number}"}
        shown |= {"repository_selection": "all", "permissions": PERMISSIONS}
        shown |= {"created_at": since, "updated_at": since}
        return web.json_response(shown | {"suspended_by": None, "suspended_at": None})

    async def installation_token(self, request: web.Request) -> web.Response:
        """A token of the installation, for some repositories or all."""
        _judge_app(request)
        if int(request.match_info["installation"]) != self._desk.access.installation:
            raise not_found()
        names = texts_of(await body_of(request), "repositories")
        token, until = self._desk.access.installation_token(self._full_names(names))
        shown: dict[str, Any] = {"token": token, "expires_at": stamp(until)}
        shown |= {"permissions": PERMISSIONS}
        return web.json_response(
            shown | {"repository_selection": "selected" if names else "all"}, status=201
        )

    def _full_names(self, names: list[str] | None) -> tuple[str, ...] | None:
        if names is None:
            return None
        known = {one.name: one.full_name for one in self._desk.backlog.repositories.values()}
        if not all(one in known for one in names):
            raise GitHubSays(
                422,
                "There is at least one repository that does not exist or is not accessible to the"
                " parent installation.",
            )
        return tuple(known[one] for one in names)


def _judge_app(request: web.Request) -> None:
    if not request[GRANT].is_app:
        raise GitHubSays(401, "A JSON web token could not be decoded")


def _has(account: Account, text: str, told: dict[str, str]) -> bool:
    if told.get("type", "") not in {"", account.kind.lower()}:
        return False
    where = {"login": account.login, "name": account.name, "email": account.email}
    named = [where[told["in"]]] if told.get("in") in where else [*where.values()]
    return any(text in one.lower() for one in named)
