"""What a team's channel is called where numbers are told apart by it."""

from dataclasses import replace
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest

from domain.channels import Channel
from domain.counting import Incident
from domain.windows import Dimension, Window
from storage import channels, measures, services
from storage.engine import Sessions
from tests.storage.kept_incidents import BASE, Kept, store


@pytest.mark.parametrize(
    ("name", "is_private", "called"),
    [("payments", False, "#payments"), ("payments", True, "C7"), ("", False, "C7")],
)
async def test_it_goes_by_its_name_unless_it_is_private_or_not_known(
    sessions: Sessions, name: str, *, is_private: bool, called: str
) -> None:
    incident = Incident(id=0, started_at=BASE, service="mail")
    team = (await store(sessions, [Kept(incident=incident)])).workspace
    window = Window(since=BASE, until=BASE + timedelta(days=1), zone=ZoneInfo("UTC"))
    there = Channel(id="C7", name=name, topic="", is_private=is_private, members=())
    async with sessions.begin() as session:
        await channels.remember(session, team, there, BASE)
        mail = await services.taken(session, team, "mail")
        await services.change(session, replace(mail, channel="C7"))
        [part] = await measures.parts(session, team, window, by=Dimension.CHANNEL)
    assert (part.key, part.name) == ("C7", called)
