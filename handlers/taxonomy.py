"""`/postmortem settings classes`: the window of the causal classes, and its forms."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from slack_bolt.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_sdk.web.async_client import AsyncWebClient
from sqlmodel.ext.asyncio.session import AsyncSession

from blocks import taxonomy as blocks
from blocks import taxonomy_forms as forms
from blocks.parts import View
from blocks.taxonomy import Taxonomy
from domain.errors import RuleBroken
from domain.taxonomy import check_another, check_room, found
from handlers import class_names
from handlers.answers import answering
from handlers.class_changes import changing
from handlers.clicks import Click, pressed
from handlers.opening import Opening, show, tell_nobody
from handlers.sections import number_in
from handlers.settings_roles import check_may, open_on_settings, open_window
from handlers.subcommands import Typed
from storage import causal_classes, taxonomy
from storage.engine import Sessions


def register(app: AsyncApp) -> None:
    """Register the window of the classes, and its forms."""
    app.action(blocks.SETTINGS_CLASSES)(open_from_settings)
    app.action(blocks.ADD_CLASS)(open_add)
    app.action(blocks.CLASS_DEED)(do_deed)
    app.action(blocks.RESTORE_CLASS)(restore)
    app.view(forms.ADDING)(save_added)
    app.view(forms.RENAMING)(save_renamed)
    app.view(forms.MERGING)(save_merged)


async def open_taxonomy(typed: Typed) -> None:
    """Open the window for whoever may change the settings; say who may to anybody else."""
    await open_window(typed, lambda: _window(typed.sessions, typed.team_id))


@pressed
async def open_from_settings(click: Click) -> None:
    """Open the window on top of the settings form."""
    await open_on_settings(click, lambda: _window(click.sessions, click.team_id))


async def _window(sessions: Sessions, team_id: str) -> View:
    return blocks.taxonomy_window(await _seen(sessions, team_id))


async def _seen(sessions: Sessions, team_id: str) -> Taxonomy:
    async with sessions() as session:
        return Taxonomy(
            classes=await causal_classes.taxonomy(session, team_id, retired=True),
            counts=await taxonomy.counts(session, team_id),
            changes=await taxonomy.history(session, team_id, blocks.CHANGES_SHOWN),
        )


@pressed
async def open_add(click: Click) -> None:
    """Open the form that adds a class, unless there are as many as there may be."""
    async with click.sessions() as session:
        await check_may(session, click.team_id, click.user_id)
        check_room(await causal_classes.taxonomy(session, click.team_id))
    await show(click.client, click.body, forms.add_form())


@pressed
async def do_deed(click: Click) -> None:
    """Open the form of what was chosen in a class's menu, or retire the class.

    Of one that is retired meanwhile the window shows so instead.
    """
    async with click.sessions() as session:
        await check_may(session, click.team_id, click.user_id)
    said = str(click.action.get("selected_option", {}).get("value", ""))
    deed, class_id = blocks.deed_in(said)
    seen = await _seen(click.sessions, click.team_id)
    which = found(class_id, seen.classes)
    if deed == blocks.RETIRE or which.is_retired:
        async with changing(click.sessions, click.team_id, click.user_id, click.now()) as change:
            await change.retire(class_id)
        await _shown_anew(click)
    elif deed == blocks.MERGE:
        check_another(which, seen.classes)
        await show(click.client, click.body, forms.merge_form(which, seen))
    else:
        await show(click.client, click.body, forms.rename_form(which))


@pressed
async def restore(click: Click) -> None:
    """Offer a retired class again, unless it was merged: its incidents are another's by now."""
    which = number_in(click.action)
    async with changing(click.sessions, click.team_id, click.user_id, click.now()) as change:
        await _check_not_merged(change.session, click.team_id, which)
        await change.restore(which)
    await _shown_anew(click)


async def _check_not_merged(session: AsyncSession, team_id: str, class_id: int) -> None:
    """Refuse a class that was merged since the window was opened, and say where it went."""
    classes = await causal_classes.taxonomy(session, team_id, retired=True)
    which = found(class_id, classes)
    if which.merged_into is not None:
        into = found(which.merged_into, classes).name
        raise RuleBroken(
            "",
            f"“{which.name}” was merged into “{into}”, and its incidents with it. Tag incidents "
            "with that one. Open /postmortem settings classes again to see the classes as they "
            "are now.",
        )


async def _shown_anew(click: Click) -> None:
    view = await _window(click.sessions, click.team_id)
    await click.client.views_update(view_id=click.body["view"]["id"], view=view)


async def save_added(
    ack: AsyncAck,
    view: dict[str, Any],
    client: AsyncWebClient,
    sessions: Sessions,
    team_id: str,
    user_id: str,
    opening: Opening,
    now: Callable[[], datetime],
) -> None:
    """Add a class."""
    async with answering(ack, view, clears=False):
        async with changing(sessions, team_id, user_id, now()) as change:
            await change.add(forms.read_added(view))
        opening.begin(_shown_below(client, sessions, team_id, view), tell_nobody)


async def save_renamed(
    ack: AsyncAck,
    view: dict[str, Any],
    client: AsyncWebClient,
    sessions: Sessions,
    team_id: str,
    user_id: str,
    opening: Opening,
    now: Callable[[], datetime],
) -> None:
    """Call a class by another name."""
    async with answering(ack, view, clears=False):
        request = forms.read_rename(view)
        async with changing(sessions, team_id, user_id, now()) as change:
            await change.rename(request.class_id, request.seen, request.name)
        opening.begin(_shown_below(client, sessions, team_id, view), tell_nobody)


async def save_merged(
    ack: AsyncAck,
    view: dict[str, Any],
    client: AsyncWebClient,
    sessions: Sessions,
    team_id: str,
    user_id: str,
    opening: Opening,
    now: Callable[[], datetime],
) -> None:
    """Let the incidents of a class have another one."""
    async with answering(ack, view, clears=False):
        class_id, into_id = forms.read_merge(view)
        async with changing(sessions, team_id, user_id, now()) as change:
            await change.merge(class_id, into_id)
        opening.begin(_shown_below(client, sessions, team_id, view), tell_nobody)


async def _shown_below(
    client: AsyncWebClient, sessions: Sessions, team_id: str, form: dict[str, Any]
) -> None:
    """Let the window under a form show how things stand now."""
    if below := form.get("previous_view_id"):
        await client.views_update(view_id=below, view=await _window(sessions, team_id))


SCHEDULE = {"class_names": class_names.follow}
