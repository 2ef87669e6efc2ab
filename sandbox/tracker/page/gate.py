"""Who is let in: this machine's own browser, and links from wherever people read them."""

from aiohttp import web

from sandbox.browser.gate import HEADERS, Handler, own_names

POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)

#: A form that is sent without a referrer says that its origin is null, and would be refused.
ALL_HEADERS = {**HEADERS, "Content-Security-Policy": POLICY, "Referrer-Policy": "same-origin"}


@web.middleware
async def only_from_here(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Let nobody else in, whatever the path."""
    sentence = _refusal(request)
    if sentence:
        return web.Response(status=403, text=sentence)
    return await handler(request)


def _refusal(request: web.Request) -> str | None:
    """Why this request is refused; None when it is not."""
    host = request.headers.get("Host", "").lower()
    if host not in own_names(request):
        return f"This is a local tracker: open it as http://{own_names(request)[0]}/."
    origin = request.headers.get("Origin")
    if origin is not None and origin.lower() != f"http://{host}":
        return f"Another site may not use this tracker: open http://{host}/ itself."
    elsewhere = request.headers.get("Sec-Fetch-Site", "none") not in {"same-origin", "none"}
    if elsewhere and not _follows_a_link(request):
        return f"Another site may only link to this tracker: open http://{host}/ itself."
    return None


def _follows_a_link(request: web.Request) -> bool:
    return request.method == "GET" and request.headers.get("Sec-Fetch-Mode") == "navigate"


async def add_headers(_request: web.Request, response: web.StreamResponse) -> None:
    """Tell browsers to be as careful."""
    for name, value in ALL_HEADERS.items():
        response.headers.setdefault(name, value)
