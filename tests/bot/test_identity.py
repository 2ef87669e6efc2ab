"""In an Enterprise organisation Slack is asked who is a colleague, for a payload cannot tell."""

from collections.abc import AsyncIterator
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

import pytest
from slack_bolt.context.async_context import AsyncBoltContext
from slack_bolt.response import BoltResponse

from bot.demo import MANIFEST
from bot.identity import ELSEWHERE, UNSURE, Colleagues, Identity, members_only
from bot.slack import connect
from handlers.opening import Opening
from sandbox import Sandbox
from sandbox.people import Account
from sandbox.refusals import Json

OURS, THEIRS = "E0OURS", "E0THEIRS"


@dataclass
class OfOrganisation(Account):
    """An account as Slack describes it in an Enterprise organisation."""

    enterprise_id: str = OURS

    def to_api(self, team_id: str, now: datetime, *, with_email: bool = False) -> Json:
        """Say which organisation it belongs to (docs.slack.dev/reference/objects/user-object)."""
        user = super().to_api(team_id, now, with_email=with_email)
        return user | {"enterprise_user": {"id": self.id, "enterprise_id": self.enterprise_id}}


@dataclass(frozen=True)
class Gate:
    """The guard before the app, in a workspace whose Ana is at home elsewhere."""

    slack: Sandbox
    guard: Any
    ana: str

    async def answer(self, **said: Any) -> BoltResponse:
        """Let Ana send a form off; 299 means that the app got it."""
        user = {"id": self.ana, "team_id": "T0ELSEWHERE"}
        body = {"type": "view_submission", "user": user, "team": {"id": "T0"}, **said}
        answer: BoltResponse = await self.guard(body, AsyncBoltContext({"team_id": "T0"}), passed)
        return answer

    def belongs_to(self, enterprise_id: str) -> None:
        """Let Slack say where Ana belongs."""
        account = self.slack.workspace.people[self.ana]
        self.slack.workspace.people[self.ana] = OfOrganisation(
            **asdict(account), enterprise_id=enterprise_id
        )


async def passed() -> BoltResponse:
    return BoltResponse(status=299)


@pytest.fixture
async def gate() -> AsyncIterator[Gate]:
    identity = Identity(team_id="T0", team="T", bot_user_id="U0", bot_id="B0", enterprise_id=OURS)
    async with Sandbox.open(manifest=MANIFEST) as slack:
        clients = connect(slack.bot_token, slack.api_url)
        colleagues = Colleagues(clients.reads, identity)
        guard = members_only(identity, colleagues, clients.clicks, Opening())
        yield Gate(slack, guard, slack.workspace.person("ana").id)
        await clients.close()


@pytest.mark.parametrize(
    "said",
    [
        {"enterprise": {"id": OURS}},
        {"enterprise": None, "team": {"id": "T0", "enterprise_id": OURS}},
    ],
)
async def test_a_colleague_at_home_in_another_workspace_is_let_in(
    gate: Gate, said: dict[str, Any]
) -> None:
    gate.belongs_to(OURS)
    assert [(await gate.answer(**said)).status for _ in range(2)] == [299, 299]
    assert len(gate.slack.calls_of("users.info")) == 1


@pytest.mark.parametrize("home", [THEIRS, ""])
async def test_an_outside_company_is_refused_though_our_organisation_is_named(
    gate: Gate, home: str
) -> None:
    gate.belongs_to(home)
    assert ELSEWHERE in str((await gate.answer(enterprise={"id": OURS})).body)


@pytest.mark.parametrize("named", [{"id": THEIRS}, None])
async def test_whoever_names_another_organisation_is_refused_unasked(
    gate: Gate, named: dict[str, str] | None
) -> None:
    gate.belongs_to(OURS)
    assert ELSEWHERE in str((await gate.answer(enterprise=named)).body)
    assert gate.slack.calls_of("users.info") == []


async def test_of_a_silent_slack_a_colleague_hears_to_try_again(gate: Gate) -> None:
    gate.slack.faults.down()
    assert UNSURE in str((await gate.answer(enterprise={"id": OURS})).body)
