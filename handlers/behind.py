"""What is behind a number: the list of incidents or items that it was counted from."""

import re
from dataclasses import replace

from slack_bolt.async_app import AsyncApp
from sqlmodel.ext.asyncio.session import AsyncSession

from blocks import behind as forms
from blocks.behind import Looked
from blocks.parts import View
from blocks.report_window import REPORT, shown_in
from blocks.traces import BEHIND, read_choice, read_trace
from domain.behind import OF_ITEMS, PAGE, Asked
from domain.causal_classes import merged
from domain.errors import RuleBroken
from handlers.clicks import Click, pressed
from handlers.items import on_top
from handlers.redrawing import in_place
from handlers.reports import drawn
from storage import causal_classes
from storage.incidents_behind import incidents_behind
from storage.items_behind import items_behind

OLD_NUMBER = (
    "I can no longer say what is behind this number: it was written by an older version of this "
    "app. Run `/postmortem report` for the numbers as they are now."
)


def register(app: AsyncApp) -> None:
    """Register the buttons and lists that lead behind numbers, and their window."""
    app.action(re.compile(rf"{BEHIND}\..+"))(open_behind)
    app.action(forms.BACK_BEHIND)(turn_behind)
    app.action(forms.NEXT_BEHIND)(turn_behind)
    app.action(forms.TO_REPORT)(back_to_report)


@pressed
async def open_behind(click: Click) -> None:
    """Show what is behind a number, on top of what was pressed in.

    The report's own window gives its place instead, and is led back to: a postmortem that is opened
    from the list has windows of its own, and Slack stacks three at most.
    """
    below = click.body.get("view", {})
    is_report = below.get("callback_id") == REPORT
    report = below["private_metadata"] if is_report else ""
    looked = Looked(asked=_asked(click), report=report, is_of_message=not below)
    view = await _page(click, looked)
    if is_report:
        await in_place(click.client, below, view)
    else:
        await on_top(click, view)


def _asked(click: Click) -> Asked:
    action = click.action
    try:
        if "selected_option" in action:
            return read_choice(action["block_id"], action["selected_option"]["value"])
        return read_trace(action["value"])
    except ValueError as unread:
        raise RuleBroken("", OLD_NUMBER) from unread


@pressed
async def turn_behind(click: Click) -> None:
    """Show another page."""
    below = click.body["view"]
    page = int(click.action["value"].partition(":")[2])
    view = await _page(click, replace(forms.looked_in(below), page=page))
    await in_place(click.client, below, view)


@pressed
async def back_to_report(click: Click) -> None:
    """Show the report again that the list was opened from."""
    below = click.body["view"]
    shown = shown_in(forms.looked_in(below).report)
    view, fallback = await drawn(click.sessions, click.team_id, shown, click.now())
    await in_place(click.client, below, view, fallback)


async def _page(click: Click, looked: Looked) -> View:
    """The window with one page of the list; a page that is gone shows the last."""
    async with click.sessions() as session:
        asked, name = await _of_class(session, click.team_id, looked.asked)
        look = items_behind if asked.which in OF_ITEMS else incidents_behind
        found = await look(session, click.team_id, asked, after=looked.page * PAGE)
        last = forms.pages_of(found.public) - 1
        if looked.page > last:
            looked = replace(looked, page=last)
            found = await look(session, click.team_id, asked, after=last * PAGE)
    return forms.behind_window(looked, found, name)


async def _of_class(session: AsyncSession, team_id: str, asked: Asked) -> tuple[Asked, str]:
    """What is asked and the name of its class, if it names one: of one merged, what it is now."""
    class_id = asked.scope.class_id
    if class_id is None:
        return asked, ""
    classes = await causal_classes.taxonomy(session, team_id, retired=True)
    (now,) = merged([class_id], classes)
    name = next((each.name for each in classes if each.id == now), "")
    return replace(asked, scope=replace(asked.scope, class_id=now)), name
