"""Inherited lines at the monthly review: each is adopted, accepted as a risk, or dropped."""

from blocks.inherited_cards import ACCEPT_LINE, ADOPT_LINE, DROP_LINE
from domain.inherited import LineState
from storage import accepted_risks, action_items
from tests.scenarios.deciding import history
from tests.scenarios.inherited import (
    TEXT,
    imported,
    join,
    left,
    lines_of,
    on_the_table,
    pressed,
    reviewed,
    shown,
    the_entry,
    typed,
)
from tests.scenarios.reviewing import DM
from tests.scenarios.stage import Stage


async def test_the_chair_adopts_a_line_and_its_owner_hears_of_the_item(slack: Stage) -> None:
    await join(slack, "freya")
    entry = await on_the_table(slack, TEXT)
    form = await pressed(slack, "freya", ADOPT_LINE)
    assert form.values["what"]["value"]["value"] == TEXT
    assert (await form.fill(**typed(slack)).submit()).closed
    await slack.settled()
    [item] = await slack.items()
    assert (item.what, item.owner, item.position) == (TEXT, slack.id_of("bob"), 1)
    [line] = await lines_of(slack)
    assert (line.state, line.reason) == (LineState.ADOPTED, "PM-1/1")
    assert (await the_entry(slack, entry)).reason == "PM-1/1"
    assert "PM-1/1 is yours" in await slack.told("bob", "is yours", DM)


async def test_the_item_tells_which_line_it_comes_from(slack: Stage) -> None:
    await join(slack, "freya")
    await on_the_table(slack, TEXT)
    await (await pressed(slack, "freya", ADOPT_LINE)).fill(**typed(slack)).submit()
    [first] = await history(slack)
    assert first.event == "added"
    assert f"Inherited line of PM-1, adopted at the monthly review: “{TEXT}”" == first.reason


async def test_the_same_line_of_several_postmortems_is_decided_once(slack: Stage) -> None:
    await join(slack, "freya")
    await imported(slack, TEXT)
    entry = await on_the_table(slack, TEXT.upper())
    form = await pressed(slack, "freya", DROP_LINE)
    assert (await form.fill(reason="Deploys are gone").submit()).closed
    for which in (1, 2):
        [line] = await lines_of(slack, which)
        assert (line.state, line.reason) == (LineState.DROPPED, "Deploys are gone")
        assert line.decided_by == slack.id_of("freya")
    assert (await the_entry(slack, entry)).settled_by == slack.id_of("freya")


async def test_an_adopted_line_goes_to_the_latest_postmortem_with_room(slack: Stage) -> None:
    await join(slack, "freya")
    await imported(slack, TEXT)
    full = await imported(slack, TEXT, "One more", facts={"tier_override": 3, "tier_reason": "x"})
    first, other = await reviewed(slack)
    for entry, key in ((other, "PM-2/1"), (first, "PM-1/1")):
        await shown(slack, entry)
        form = await pressed(slack, "freya", ADOPT_LINE)
        assert (await form.fill(**typed(slack)).submit()).closed
        assert (await the_entry(slack, entry)).reason == key
    async with slack.bot.database.sessions() as session:
        assert len(await action_items.items(session, full.id)) == 1


async def test_a_line_is_accepted_and_the_accepter_hears_of_it(slack: Stage) -> None:
    await join(slack, "freya")
    entry = await on_the_table(slack, TEXT)
    form = await pressed(slack, "freya", ACCEPT_LINE)
    answer = form.fill(risk="A bad build reaches everybody", accepter=slack.id_of("mei"))
    assert (await answer.submit()).closed
    await slack.settled()
    async with slack.bot.database.sessions() as session:
        [risk] = await accepted_risks.risks(session, 1)
    assert (risk.accepter, risk.reason) == (slack.id_of("mei"), f"Nobody owns this change: {TEXT}")
    assert (await lines_of(slack))[0].state is LineState.ACCEPTED
    assert (await the_entry(slack, entry)).reason == risk.reason
    assert "accepts a risk of PM-1" in await slack.told("mei", "accepts a risk", DM)


async def test_the_card_of_a_postmortem_shows_what_became_of_its_lines(slack: Stage) -> None:
    await join(slack, "freya")
    await slack.started()
    await left(slack, 1, TEXT)
    [entry] = await reviewed(slack)
    await shown(slack, entry)
    form = await pressed(slack, "freya", DROP_LINE)
    assert (await form.fill(reason="Deploys are gone").submit()).closed
    await slack.settled()
    words = slack.card().words()
    assert "*Inherited lines* · 1 dropped" in words
    assert f"{TEXT} · dropped by <@{slack.id_of('freya')}>: Deploys are gone" in words


async def test_a_double_click_adopts_once(slack: Stage) -> None:
    await join(slack, "freya")
    await on_the_table(slack, TEXT)
    form = (await pressed(slack, "freya", ADOPT_LINE)).fill(**typed(slack))
    answers = await slack.at_once(form.submit(), form.submit())
    assert [each.closed for each in answers] == [True, True]
    assert len(await slack.items()) == 1


async def test_vague_words_get_one_hint_and_then_are_kept(slack: Stage) -> None:
    await join(slack, "freya")
    await on_the_table(slack, "Improve monitoring")
    form = (await pressed(slack, "freya", ADOPT_LINE)).fill(**typed(slack))
    assert not (await form.submit()).closed
    assert "“Improve monitoring”" in form.text()
    assert (await form.submit()).closed
    assert [each.what for each in await slack.items()] == ["Improve monitoring"]


async def test_whoever_finds_no_owner_accepts_the_line_from_the_same_form(slack: Stage) -> None:
    await join(slack, "freya")
    await on_the_table(slack, TEXT)
    await pressed(slack, "freya", ADOPT_LINE)
    await slack.person("freya").press(action_id=ACCEPT_LINE)
    await slack.settled()
    form = await slack.person("freya").modal()
    answer = form.fill(risk="A bad build reaches everybody", accepter=slack.id_of("mei"))
    assert (await answer.submit()).closed
    assert (await lines_of(slack))[0].state is LineState.ACCEPTED
