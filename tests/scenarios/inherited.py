"""What scenarios about inherited lines need: old documents, a review of them, and its cards."""

from dataclasses import replace
from typing import Any

from blocks.inherited_cards import line_card
from domain.inherited import InheritedLine
from domain.postmortems import Facts, Postmortem, Severity
from domain.reviews import Entry, Review
from sandbox import Modal
from sandbox.messages import Message
from storage import inherited, postmortems, review_entries, reviews, workspaces
from tests.scenarios.reviewing import TEAM
from tests.scenarios.stage import CHANNEL, NOW, STARTED, Stage

TEXT = "Add a canary to every deploy"
OLD = Facts(title="Old", service="checkout", severity=Severity.P2, started_at=STARTED)


async def imported(slack: Stage, *texts: str, **other: Any) -> Postmortem:
    """An old document that left these lines."""
    facts = replace(OLD, **other.pop("facts", {}))
    said = {"channel": None, "channel_name": "", "is_private": False, "created_by": "import"}
    async with slack.bot.database.sessions.begin() as session:
        await workspaces.ensure(session, TEAM)
        made = await postmortems.start(
            session, TEAM, **{**said, **other}, facts=facts, submission=str(texts), now=NOW
        )
        lines = [InheritedLine(text=text) for text in texts]
        await inherited.add(session, TEAM, made.id, lines)
    return made


async def left(slack: Stage, which: int, *texts: str) -> None:
    """Let a postmortem that is there have inherited these lines."""
    async with slack.bot.database.sessions.begin() as session:
        await inherited.add(session, TEAM, which, [InheritedLine(text=text) for text in texts])


async def reviewed(slack: Stage, chair: str = "freya") -> list[Entry]:
    """Let a review be under way that somebody chairs, with all there is on its table."""
    held = Review(
        workspace=TEAM,
        facilitator=slack.id_of(chair),
        called_by="",
        called_at=NOW,
        due_at=NOW,
        due_on=NOW.date(),
        channel=slack.sandbox.workspace.channel(CHANNEL).id,
    )
    async with slack.bot.database.sessions.begin() as session:
        review = await reviews.call(session, held)
        await review_entries.lay(session, review, NOW.date())
        await reviews.change(session, replace(review, started_at=NOW))
        return await review_entries.of_review(session, review.id or 0)


async def shown(slack: Stage, entry: Entry) -> None:
    """Let the card of a line stand in the channel of its review."""
    async with slack.bot.database.sessions() as session:
        lines = await inherited.inheritance(session, TEAM, entry.line_id or 0)
    assert lines is not None
    place = slack.sandbox.workspace.channel(CHANNEL)
    app = slack.sandbox.workspace.person("closed_loop")
    message = Message(f"{NOW.timestamp():.6f}", app.id, "A line")
    message.bot_id, message.app_id = app.bot_id, app.app_id
    blocks = line_card(lines, entry.id)
    message.blocks = [block | {"block_id": f"b{at}"} for at, block in enumerate(blocks)]
    place.messages.append(message)


async def on_the_table(slack: Stage, *texts: str, **other: Any) -> Entry:
    """One old document with its lines, reviewed; the first line's card is there."""
    await imported(slack, *texts, **other)
    entry = (await reviewed(slack))[0]
    await shown(slack, entry)
    return entry


async def pressed(slack: Stage, by: str, button: str) -> Modal:
    """Give the form behind a button of the card."""
    form = await slack.opened(by, button)
    await slack.settled()
    return form


async def the_entry(slack: Stage, entry: Entry) -> Entry:
    """Give the entry as it is stored."""
    async with slack.bot.database.sessions() as session:
        found = await review_entries.entry(session, TEAM, entry.id)
    assert found is not None
    return found


async def lines_of(slack: Stage, which: int = 1) -> list[InheritedLine]:
    """Give what a postmortem inherited, as it is stored."""
    async with slack.bot.database.sessions() as session:
        return await inherited.lines(session, which)


def typed(slack: Stage) -> dict[str, object]:
    """What is said of an item that a line becomes."""
    done_when = "A bad build is stopped by its canary"
    return {"done_when": done_when, "kind": "guardrail", "owner": slack.id_of("bob")}


async def join(slack: Stage, *names: str) -> None:
    """Let these be in the review's channel."""
    for name in names:
        await slack.person(name).join(CHANNEL)
