"""Finding a timeline in the channel's history: read, proposed, looked through page by page."""

from slack_bolt.async_app import AsyncApp

from blocks import backfill as forms
from blocks.forms import opened, remembered
from blocks.timeline import save_first
from domain.errors import RuleBroken
from domain.postmortems import Postmortem
from domain.sources import Ourselves
from handlers import found
from handlers.clicks import Click, pressed
from handlers.found import proposed
from handlers.opening import show
from handlers.searching import Search, look_for_entries, names_of
from handlers.sections import number_in, stored

NO_CHANNEL = (
    "This postmortem was imported and has no channel to read. Type what happened into its timeline."
)
#: How far the buttons turn.
TURNS = {forms.NEXT_FOUND: 1, forms.BACK_FOUND: -1}


def register(app: AsyncApp) -> None:
    """Register the button, the pages of what was found, and the form that adds it."""
    app.action(forms.FIND_ENTRIES)(find)
    app.action(forms.READ_ON)(go_on)
    app.action(forms.NEXT_FOUND)(turn)
    app.action(forms.BACK_FOUND)(turn)
    app.view(forms.FOUND)(found.add)


@pressed
async def find(click: Click) -> None:
    """Open a window at once, read the channel behind it, and show what may belong in."""
    async with click.sessions() as session:
        postmortem = await stored(session, click.team_id, number_in(click.action))
    if postmortem.channel is None:
        raise RuleBroken("entries", NO_CHANNEL)
    wait = save_first(click.body.get("view", {}))
    shown = await show(click.client, click.body, wait or forms.reading_window())
    if wait is not None:
        return
    await look_for_entries(await _search(click, postmortem, shown["id"]))


@pressed
async def go_on(click: Click) -> None:
    """Read further back, and show all that was found; what was ticked stays ticked."""
    async with click.sessions() as session:
        number, before = await proposed(
            session, click.team_id, number_in(click.action), click.user_id
        )
        postmortem = await stored(session, click.team_id, number)
    search = await _search(click, postmortem, click.body["view"]["id"])
    await look_for_entries(search, before, forms.read_ticks(click.body["view"], before))


async def _search(click: Click, postmortem: Postmortem, window: str) -> Search:
    return Search(
        client=click.client,
        sessions=click.sessions,
        team_id=click.team_id,
        person=await click.person(),
        ourselves=Ourselves(user=click.bot_user_id, bot=click.bot_id),
        postmortem=postmortem,
        window=window,
        now=click.now(),
    )


@pressed
async def turn(click: Click) -> None:
    """Show another page of what was found; what is ticked on this one is remembered."""
    view = click.body["view"]
    async with click.sessions() as session:
        _, proposal = await proposed(session, click.team_id, number_in(click.action), click.user_id)
        names = await names_of(session, click.team_id, proposal)
    kept = remembered(view)
    other = forms.proposal_form(
        opened(view),
        kept["key"],
        kept["proposal"],
        proposal,
        forms.read_ticks(view, proposal),
        page=kept["page"] + TURNS[click.action["action_id"]],
        names=names,
    )
    await click.client.views_update(view_id=view["id"], hash=view["hash"], view=other)
