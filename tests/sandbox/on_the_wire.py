"""Calls that Slack has read and not answered yet: what a test needs that ends the app just then."""

from sandbox.line.traffic import Exchange, Traffic


async def on_the_wire(traffic: Traffic, method: str, holding: str = "") -> None:
    """Return when Slack has read a call of this method with these words, which it does later."""
    news = traffic.reader()

    def is_read(call: Exchange) -> bool:
        is_it = call.name == method and call.ok is None
        return is_it and bool(call.request) and holding in str(call.request)

    def look() -> bool | None:
        return any(map(is_read, news())) or None

    await traffic.changes.until(look, 5, f"{method} was not asked {holding!r}.")
