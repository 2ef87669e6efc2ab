"""What scenarios about decisions need: an item's window, its forms, and buttons in a message."""

from dataclasses import replace
from typing import Any

from blocks.action_items import EDIT_ITEM
from blocks.item_buttons import OPEN_ITEM, action_of, decision_button
from blocks.parts import actions
from domain.action_items import ActionItem, HistoryEntry
from domain.decisions import Decision
from domain.programme import Programme
from sandbox import Modal
from sandbox.messages import Message
from storage import action_items, item_history, workspaces
from tests.scenarios.reviewing import DM, TEAM
from tests.scenarios.stage import CHANNEL, NOW, Stage


async def promised(slack: Stage, **facts: Any) -> None:
    """Let Ana start the channel's postmortem and promise something that Bob is to do."""
    await slack.started(**facts)
    await slack.promised()


async def window(slack: Stage, by: str, channel: str = CHANNEL) -> Modal:
    """Give the item's window that somebody opened on the card."""
    await slack.person(by).click(channel, action_id=OPEN_ITEM)
    await slack.settled()  # one that was open before gives way
    return await slack.person(by).modal()


async def edit_form(slack: Stage, by: str) -> Modal:
    """Give the item's own form, which is there while its postmortem is not published."""
    await window(slack, by)
    await slack.person(by).press(action_id=EDIT_ITEM)
    await slack.settled()
    return await slack.person(by).modal()


async def edited(slack: Stage, by: str, **typed: Any) -> None:
    """Let somebody change the item by its form."""
    answer = await (await edit_form(slack, by)).fill(**typed).submit()
    assert answer.closed, answer.errors
    await slack.settled()


async def form(slack: Stage, by: str, decision: Decision) -> Modal:
    """Give the form of a decision that somebody opened from the item's window."""
    title = (await window(slack, by)).title
    await slack.person(by).press(action_id=action_of(decision))
    await slack.settled()
    opened = await slack.person(by).modal()
    assert opened.title != title
    return opened


async def decided(slack: Stage, by: str, decision: Decision, **typed: Any) -> Modal:
    """Let somebody decide so from the item's window; gives that window, as it is then."""
    opened = await form(slack, by, decision)
    answer = await opened.fill(**typed).submit()
    assert answer.closed, (answer.errors, opened.text())
    await slack.settled()
    return await slack.person(by).modal()


def offered(slack: Stage, name: str, decision: Decision) -> None:
    """Let the app have sent somebody a button of that decision, as a digest has it."""
    workspace = slack.sandbox.workspace
    app = workspace.person("closed_loop")
    dm = workspace.dm(slack.id_of(name), app.id)
    message = Message(f"{NOW.timestamp() + len(dm.messages):.6f}", app.id, "An item")
    message.bot_id, message.app_id = app.bot_id, app.app_id
    message.blocks = [{**actions([decision_button(decision, 1, "PM-1/1")]), "block_id": "b1"}]
    dm.messages.append(message)


async def pressed(slack: Stage, name: str, decision: Decision) -> Modal | None:
    """Let somebody press such a button; gives the form, if one opened."""
    await slack.person(name).click(DM, action_id=action_of(decision))
    await slack.settled()
    stack = slack.sandbox.workspace.views.of(slack.person(name).id)
    return await slack.person(name).modal() if stack else None


async def led_by(slack: Stage, name: str = "") -> None:
    """Let somebody lead the programme."""
    lead = slack.id_of(name) if name else ""
    async with slack.bot.database.sessions.begin() as session:
        await workspaces.ensure(session, TEAM)
        await workspaces.change_programme(session, TEAM, Programme(lead=lead))


async def the_item(slack: Stage, which: int = 1) -> ActionItem:
    """Give the item as it is stored."""
    async with slack.bot.database.sessions() as session:
        found = await action_items.item(session, TEAM, which)
    assert found is not None
    return found[1]


async def history(slack: Stage, which: int = 1) -> list[HistoryEntry]:
    """Give everything that was done to the item."""
    async with slack.bot.database.sessions() as session:
        return await item_history.of_item(session, which)


async def changed(slack: Stage, **fields: Any) -> None:
    """Let the item be otherwise than anybody decided."""
    item = await the_item(slack)
    async with slack.bot.database.sessions.begin() as session:
        await action_items.change(session, replace(item, **fields))


async def happened(slack: Stage, event: str, reason: str) -> None:
    """Let something have been done to the item by somebody, as its history says."""
    async with slack.bot.database.sessions.begin() as session:
        entry = HistoryEntry(item_id=1, actor="U1", at=NOW, event=event, changes={}, reason=reason)
        await item_history.append(session, TEAM, entry)
