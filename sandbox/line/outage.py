"""A bad day of Slack's, for whatever the app asks of it: calls, later answers, uploads."""

import asyncio

from aiohttp import web

from sandbox.faults import Faults
from sandbox.line.socket_mode import hang_up
from sandbox.line.traffic import Exchange, Traffic


class Outage:
    """Stands before everything that the app can ask."""

    def __init__(self, faults: Faults, traffic: Traffic) -> None:
        self._faults = faults
        self._traffic = traffic

    async def ended(self, asked: Exchange, request: web.Request) -> web.StreamResponse | None:
        """End a request that Slack does not take; None, as late as is switched, if it does."""
        if broken := self._faults.takes_broken(asked.name):
            self._traffic.end(asked, ok=False, status=broken, note="upstream unavailable")
            return web.Response(status=broken, text="upstream unavailable")
        if not self._faults.api_fails:
            await asyncio.sleep(self._faults.seconds_for(asked.name))
            return None
        what = "Slack" if self._faults.is_down else "the Web API"
        status = self._faults.down_status
        note = f"{what} is down" if status else f"hung up: {what} is down"
        self._traffic.end(asked, ok=False, status=status, note=note)
        if status is None:
            return hang_up(request)
        return web.Response(status=status, text="upstream unavailable")
