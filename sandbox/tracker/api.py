"""What every call of the REST API goes through: faults, the token, rate limits, refusals."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Any

from aiohttp import web
from aiohttp.typedefs import Middleware
from yarl import URL

from sandbox.tracker.access import Access, Grant
from sandbox.tracker.backlog import Backlog
from sandbox.tracker.faults import Fault, Faults
from sandbox.tracker.refusals import GitHubSays, not_accessible, not_found
from sandbox.tracker.said import number_of
from sandbox.tracker.shapes import Shapes
from sandbox.tracker.tickets import Repository

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

#: docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api: calls in an hour.
MOST_CALLS = 5000
PER_PAGE, PER_PAGE_MOST = 30, 100
GRANT = web.RequestKey("grant", Grant)


@dataclass(frozen=True)
class Desk:
    """What every part of the API works with."""

    backlog: Backlog
    shapes: Shapes
    access: Access
    faults: Faults
    calls: list[str]

    def repository(self, request: web.Request) -> Repository:
        """The repository of the path, if the token may see it."""
        found = self._named(request)
        if found is None or not request[GRANT].covers(found.full_name):
            raise not_found()
        return found

    def _named(self, request: web.Request) -> Repository | None:
        said = request.match_info
        if "repository_id" in said:
            return self.backlog.repositories.get(int(said["repository_id"]))
        return self.backlog.repository(f"{said['owner']}/{said['repo']}")

    def writable(self, request: web.Request) -> Repository:
        """The same, if the token may write there and anybody still may."""
        found = self.repository(request)
        if not request[GRANT].may_write:
            raise not_accessible(as_app=request[GRANT].of_app)
        if found.archived:
            raise GitHubSays(403, "Repository was archived so is read-only.")
        return found


def word_of_call(request: web.Request) -> str:
    """What kind of call it is; see `WORDS`."""
    route = request.match_info.route.resource
    path = route.canonical if route else ""
    for prefix in ("/api/v3/repos/{owner}/{repo}", "/api/v3/repositories/{repository_id}"):
        path = path.removeprefix(prefix)
    return WORDS.get(f"{request.method} {path}", "other")


#: The kinds of calls, as tests name them.
WORDS = {
    "GET ": "check",
    "GET /issues": "find",
    "POST /issues": "create",
    "GET /issues/{number}": "read",
    "PATCH /issues/{number}": "update",
    "GET /issues/{number}/comments": "comments",
    "POST /issues/{number}/comments": "comment",
    "GET /issues/{number}/events": "changed",
    "GET /milestones": "plan",
    "POST /api/graphql": "plan",
    "GET /assignees/{login}": "account",
    "GET /api/v3/users/{login}": "account",
    "GET /api/v3/search/users": "account",
    "GET /installation": "token",
    "POST /api/v3/app/installations/{installation}/access_tokens": "token",
}


def through(desk: Desk) -> Middleware:
    """The middleware that every call goes through."""

    @web.middleware
    async def handle(request: web.Request, handler: Handler) -> web.StreamResponse:
        if not request.path.startswith("/api/"):
            return await handler(request)
        word = word_of_call(request)
        desk.calls.append(word)
        if fault := desk.faults.failing(word):
            return _failed(fault)
        answer = await _answered(desk, request, handler)
        answer.headers.update(_limits(desk, request))
        if desk.faults.loses(word) and request.transport:
            request.transport.abort()
        return answer

    return handle


async def _answered(desk: Desk, request: web.Request, handler: Handler) -> web.StreamResponse:
    try:
        request[GRANT] = desk.access.grant(request.headers.get("Authorization", ""))
        return await handler(request)
    except GitHubSays as refused:
        return web.json_response(refused.body, status=refused.status, headers=refused.headers)
    except web.HTTPNotFound:
        missing = not_found()
        return web.json_response(missing.body, status=missing.status)


def _failed(fault: Fault) -> web.Response:
    body = fault.body if fault.body is not None else {"message": "It was told to fail."}
    if isinstance(body, str):
        return web.Response(status=fault.status, text=body, headers=dict(fault.headers))
    return web.json_response(body, status=fault.status, headers=dict(fault.headers))


def _limits(desk: Desk, request: web.Request) -> dict[str, str]:
    used = len(desk.calls) % MOST_CALLS
    now = int(desk.backlog.now().timestamp())
    path = request.path
    resource = "graphql" if path == "/api/graphql" else "search" if "/search/" in path else "core"
    return {
        "X-RateLimit-Limit": str(MOST_CALLS),
        "X-RateLimit-Remaining": str(MOST_CALLS - used),
        "X-RateLimit-Used": str(used),
        "X-RateLimit-Reset": str(now - now % 3600 + 3600),
        "X-RateLimit-Resource": resource,
        "X-GitHub-Media-Type": "github.v3; format=json",
    }


def paged(
    desk: Desk, request: web.Request, found: Sequence[Any], shown: Callable[[Any], Any]
) -> web.Response:
    """A page of a list, and where the others are."""
    size = number_of(request, "per_page", PER_PAGE, PER_PAGE_MOST)
    page = number_of(request, "page", 1)
    last = max(1, -(-len(found) // size))
    near = {"prev": page - 1, "next": page + 1, "last": last, "first": 1}
    there = {
        name: at
        for name, at in near.items()
        if 1 <= at <= last and at != page and not (name in {"prev", "first"} and page == 1)
    }
    at = URL(desk.shapes.url.rstrip("/")).join(URL(request.path))
    links = [
        f'<{at.with_query({**request.query, "page": str(number)})}>; rel="{name}"'
        for name, number in there.items()
    ]
    headers = {"Link": ", ".join(links)} if links else {}
    one_page = found[(page - 1) * size : page * size]
    return web.json_response([shown(one) for one in one_page], headers=headers)
