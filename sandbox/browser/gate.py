"""Who is let in: the app and this machine's own page, under this server's own name.

A page of another site, or of another port, that a browser on this machine has open could otherwise
talk to the workspace; so could a foreign name that is made to point here.
"""

from collections.abc import Awaitable, Callable

from aiohttp import web

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

NAMES = ("127.0.0.1", "localhost", "[::1]")
PORT_OF_HTTP = 80
#: Where a link on another site may lead.
OPEN_TO_LINKS = ("/", "/archives/")
POLICY = (
    "default-src 'self'; img-src 'self' data: https:; style-src 'self' 'unsafe-inline'; "
    "connect-src 'self'; frame-ancestors 'none'; base-uri 'none'"
)
#: What somebody uploaded is shown, and never run.
POLICY_OF_FILES = (
    "sandbox; default-src 'none'; img-src 'self' data:; style-src 'unsafe-inline'; "
    "frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-cache",
}


def guard(server: web.Application) -> None:
    """Let nobody else in, whatever the path, and tell browsers to be as careful."""
    server.middlewares.append(_only_from_here)
    server.on_response_prepare.append(_add_headers)


@web.middleware
async def _only_from_here(request: web.Request, handler: Handler) -> web.StreamResponse:
    sentence = _refusal(request)
    if sentence:
        return web.Response(status=403, text=sentence)
    return await handler(request)


def _refusal(request: web.Request) -> str | None:
    """Why this request is refused; None when it is not."""
    names = own_names(request)
    host = request.headers.get("Host", "").lower()
    if host not in names:
        return f"This is a local workspace: open it as http://{names[0]}/."
    origin = request.headers.get("Origin")
    if origin is not None and origin.lower() != f"http://{host}":
        return f"Another site may not use this workspace: open http://{host}/ itself."
    if _comes_from_elsewhere(request) and not _is_page(request):
        return f"Another site may only link to the page: open http://{host}/ itself."
    return None


def own_names(request: web.Request) -> list[str]:
    """What this machine's browsers call the server that was asked, as the header Host has it."""
    _, port, *_ = request.get_extra_info("sockname") or ("", 0)
    names = [f"{name}:{port}" for name in NAMES]
    return [*names, *NAMES] if port == PORT_OF_HTTP else names


def _comes_from_elsewhere(request: web.Request) -> bool:
    """Whether a browser says so; an image or a link of another site has no Origin."""
    return request.headers.get("Sec-Fetch-Site", "none") not in {"same-origin", "none"}


def _is_page(request: web.Request) -> bool:
    page, permalinks = OPEN_TO_LINKS
    named = request.path == page or request.path.startswith(permalinks)
    return named and request.headers.get("Sec-Fetch-Mode") == "navigate"


async def _add_headers(request: web.Request, response: web.StreamResponse) -> None:
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    if request.path.startswith("/files/"):
        response.headers["Content-Security-Policy"] = POLICY_OF_FILES
