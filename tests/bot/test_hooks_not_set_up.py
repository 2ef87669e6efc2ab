"""`POST /api/trackers/{kind}` of a tracker of which no secret is known."""

import aiohttp
import pytest

from domain.tickets import TrackerKind
from tests.bot.hooked import hook, send
from tests.scenarios.stage import Stage


@pytest.mark.parametrize("kind", list(TrackerKind))
@pytest.mark.parametrize("secret", ["", "any"])
async def test_without_a_secret_nothing_is_listened_to(
    slack: Stage, http: aiohttp.ClientSession, kind: TrackerKind, secret: str
) -> None:
    said = hook(kind, slack.clock.now(), secret=secret)
    status, told = await send(slack, http, kind, said)
    assert (status, f"{kind.name}_WEBHOOK_SECRET" in told["error"]) == (404, True)
