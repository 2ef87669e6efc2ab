"""Incidents that have a history: what repeats, what does not, and what nobody can say."""

from datetime import UTC, datetime, timedelta
from typing import Any

from sqlmodel.ext.asyncio.session import AsyncSession

from blocks.postmortems import OPEN_ROOT_CAUSE
from domain.postmortems import Facts, Severity
from sandbox import Modal
from storage import causal_classes, indexing, postmortems, taxonomy, workspaces
from tests.scenarios.reviewing import TEAM
from tests.scenarios.stage import NOW, Stage
from tests.scenarios.tagging import the_class

PUBLIC = ("#inc-checkout-latency", "#inc-payments-webhooks", "#inc-three")
PRIVATE = "#inc-auth-tokens"
HERE = PUBLIC[0]
#: Where it was, of which service, when it began (in 2026), and its class.
HISTORY = (
    (PUBLIC[0], "checkout", (2, 3), "capacity"),
    (PUBLIC[1], "payments", (6, 10), "capacity"),
    (PUBLIC[2], "search", (10, 5), "expired credential"),
    (PRIVATE, "checkout", (11, 2), "capacity"),
    ("#inc-five", "checkout", (11, 10), "missing alert"),
    ("#inc-six", "search", (11, 15), "expired credential"),
    ("#inc-seven", "payments", (11, 20), ""),
)


async def happened(slack: Stage, most: int = len(HISTORY)) -> None:
    """Let the first incidents of the history be told, each with its class."""
    async with slack.bot.database.sessions() as session:
        classes = {each.name: str(each.id) for each in await causal_classes.taxonomy(session, TEAM)}
    for channel, service, (month, day), name in HISTORY[:most]:
        await _there_is(slack, channel)
        began = datetime(2026, month, day, 10, tzinfo=UTC)
        said: dict[str, Any] = {"started_at": began, "service": service, "severity": "P2"}
        await slack.started(channel=channel, title=f"About {channel[5:]}", **said)
        if name:
            why = {"root_cause": "The pool was sized for one region", "classes": [classes[name]]}
            await slack.saved("ana", OPEN_ROOT_CAUSE, channel, **why)


async def recorded(slack: Stage, more: int = 0) -> None:
    """Let the whole history be on record, without anybody having to tell it.

    So many `more` began a minute after each other on the last day, and nobody has tagged them.
    """
    for channel in sorted({each[0] for each in HISTORY} - {*PUBLIC[:2], PRIVATE}):
        await _there_is(slack, channel)
    async with slack.bot.database.sessions.begin() as session:
        await workspaces.ensure(session, TEAM)
        await causal_classes.begin_taxonomy(session, TEAM)
        classes = {each.name: each.id for each in await causal_classes.taxonomy(session, TEAM)}
        for channel, service, (month, day), name in HISTORY:
            began = datetime(2026, month, day, 10, tzinfo=UTC)
            place = slack.sandbox.workspace.channel(channel)
            found = await _on_record(session, place.id, place.name, service, began)
            if name:
                await causal_classes.tag(session, TEAM, found, [classes[name]], by="U1", now=NOW)
        for minute in range(more):
            began = NOW - timedelta(hours=2, minutes=minute)
            await _on_record(session, f"C9{minute:03}", f"inc-{minute}", "checkout", began)


async def _on_record(
    session: AsyncSession, channel: str, name: str, service: str, began: datetime
) -> int:
    facts = Facts(
        title=f"About {name[4:]}",
        service=service,
        severity=Severity.P2,
        started_at=began,
        detected_at=began + timedelta(minutes=4),
        recovered_at=began + timedelta(minutes=72) if service == "checkout" else None,
    )
    postmortem = await postmortems.start(
        session,
        TEAM,
        channel=channel,
        channel_name=name,
        is_private=PRIVATE.endswith(name),
        facts=facts,
        created_by="U1",
        submission="",
        now=NOW,
    )
    await indexing.index(session, TEAM, postmortem.id)
    return postmortem.id


async def gone(slack: Stage, name: str, into: str = "") -> None:
    """Let a class be merged into another one, or retired where none is named."""
    done: dict[str, Any] = {"by": "U1", "now": NOW}
    which = await the_class(slack, name)
    other = await the_class(slack, into) if into else None
    async with slack.bot.database.sessions.begin() as session:
        if other:
            await taxonomy.merge(session, TEAM, which, other, **done)
        else:
            await taxonomy.retire(session, TEAM, which, **done)


async def _there_is(slack: Stage, channel: str) -> None:
    names = {each.name for each in slack.sandbox.workspace.channels.values()}
    if channel.removeprefix("#") not in names:
        made = await slack.person("ana").create_channel(channel)
        await slack.person("ana").invite(made.id, slack.sandbox.workspace.app.bot_user)
        await slack.settled()


async def reported(slack: Stage, words: str = "", by: str = "bob", where: str = HERE) -> Modal:
    """Give the report's window that somebody opened with the command."""
    await slack.person(by).command(where, f"/postmortem report {words}")
    modal = await slack.person(by).modal()
    await slack.settled()
    return modal


async def pressed(slack: Stage, by: str = "bob", **which: Any) -> Modal:
    """Give the window before somebody once they have pressed, or chosen, something in it."""
    await slack.person(by).press(**which)
    await slack.settled()
    return await slack.person(by).modal()


async def traced(slack: Stage, words: str, by: str = "bob") -> Modal:
    """Give the list behind the number that is chosen by these words."""
    return await pressed(slack, by, **offered(slack, words, by))


def offered(slack: Stage, words: str, by: str = "bob") -> dict[str, Any]:
    """Where the window before somebody offers what reads so: by a button, or in a list."""
    view = slack.sandbox.workspace.views.of(slack.id_of(by))[-1]
    for block in view.blocks:
        for element in block.get("elements", ()):
            if element.get("text", {}) and element["text"] == _plain(words):
                return {"action_id": element["action_id"], "block_id": block["block_id"]}
            for option in element.get("options", ()):
                if option["text"] == _plain(words):
                    which = {"action_id": element["action_id"], "block_id": block["block_id"]}
                    return which | {"value": option["value"]}
    raise LookupError(words)


def _plain(words: str) -> dict[str, Any]:
    return {"type": "plain_text", "text": words, "emoji": False}


def kinds(modal: Modal) -> list[str]:
    """Of which kind the blocks of a window are."""
    return [block["type"] for block in modal.opened.blocks]


def rows(modal: Modal) -> list[list[str]]:
    """What the lines of the last table of a window say."""
    table = [block for block in modal.opened.blocks if block["type"] == "table"][-1]
    return [[cell["text"] for cell in line] for line in table["rows"]]
