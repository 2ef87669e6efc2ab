"""App Home: the programme's numbers, fresh for whoever looks, and the windows behind them."""

from datetime import timedelta

from blocks.home_buttons import REPORT, REVIEW, SEARCH
from domain.health import LOOKING, REST
from handlers.home import DELIVERIES
from handlers.homes import HOME
from handlers.outgoing import OutgoingHome
from sandbox.hands.home import Home
from storage import deliveries
from tests.scenarios import monthly
from tests.scenarios.following import later
from tests.scenarios.hearing import strike
from tests.scenarios.reviewing import TEAM
from tests.scenarios.stage import STARTED, Stage

OPEN = "1 action item is open."


async def looks(slack: Stage, name: str) -> Home:
    """Let somebody open their Home, and the numbers be worked out."""
    await slack.person(name).open_home()
    await slack.person(name).home_with("The programme")
    await strike(slack)
    home = slack.person(name).home()
    assert home is not None
    return home


def published(slack: Stage, name: str) -> int:
    """Give how often somebody's Home was published."""
    calls = slack.sandbox.calls_of("views.publish")
    return sum(slack.id_of(name) in str(each) for each in calls)


async def test_an_empty_workspace_reads_well(slack: Stage) -> None:
    text = (await looks(slack, "mei")).text()
    assert "Nothing to count yet." in text
    assert "You own no open action item." in text
    assert "Say where in `/postmortem settings`." in text
    assert "Waiting for you" not in text


async def test_the_numbers_stand_there_with_what_is_behind_each(slack: Stage) -> None:
    await slack.started()
    await slack.promised()
    text = (await looks(slack, "mei")).text()
    assert "no incident of the last 6 months has a causal class" in text
    assert OPEN in text
    assert "As of" in text
    for label in ("1 untagged", "1 open", "How is this counted?"):
        assert label in text


async def test_a_change_by_somebody_else_is_seen_by_whoever_looks(slack: Stage) -> None:
    await slack.started()
    await looks(slack, "priya")
    await later(slack, LOOKING)
    await looks(slack, "mei")
    before = published(slack, "priya")

    await slack.promised()
    await later(slack, REST)

    await slack.person("mei").home_with(OPEN)
    assert published(slack, "priya") == before
    assert OPEN not in (await _home(slack, "priya")).text()


async def _home(slack: Stage, name: str) -> Home:
    home = slack.person(name).home()
    assert home is not None
    return home


async def test_a_new_incident_is_counted_for_whoever_looks(slack: Stage) -> None:
    assert "1 untagged" not in (await looks(slack, "mei")).text()
    await slack.started()
    await later(slack, REST)
    await slack.person("mei").home_with("1 untagged")


async def test_nothing_is_worked_out_where_nobody_looks(slack: Stage) -> None:
    await slack.started()
    await slack.promised()
    await later(slack, REST)
    assert slack.logged("health_taken") == []


async def test_where_slack_draws_no_charts_tables_and_then_words_say_the_same(slack: Stage) -> None:
    await slack.started(started_at=STARTED - timedelta(days=1))
    await looks(slack, "mei")
    async with slack.bot.database.sessions() as session:
        for number in range(1, 9):
            delivery = await deliveries.find(session, TEAM, number)
            if delivery is not None and delivery.kind == HOME:
                break
        assert delivery is not None
        outgoing = await DELIVERIES[HOME](session, delivery)
    assert isinstance(outgoing, OutgoingHome)
    kinds = [{block["type"] for block in view["blocks"]} for view in outgoing.fallbacks]
    assert ["table" in each for each in kinds] == [True, False]
    assert not any("data_visualization" in each for each in kinds)


async def test_search_the_report_and_the_review_open_from_there(slack: Stage) -> None:
    await slack.started()
    await looks(slack, "mei")
    for action_id, title in (
        (SEARCH, "Postmortems"),
        (REPORT, "Report"),
        (REVIEW, "Monthly review"),
    ):
        await slack.person("mei").press(action_id=action_id, view=(await _home(slack, "mei")).id)
        modal = await slack.person("mei").modal()
        assert modal.title == title
        await modal.close()


async def test_what_is_behind_a_number_opens_from_there(slack: Stage) -> None:
    await slack.started()
    home = await looks(slack, "mei")
    await slack.person("mei").press("1 untagged", view=home.id)
    assert "PM-1" in (await slack.person("mei").modal()).text()


async def test_the_next_review_says_when_and_what_waits(slack: Stage) -> None:
    await monthly.set_up(slack)
    await monthly.item(slack, "bob", monthly.OVERDUE)
    text = (await looks(slack, "mei")).text()
    assert f"<#{slack.sandbox.workspace.channel(monthly.REVIEWS).id}>" in text
    assert "1 thing will be on its table if nothing is decided before: 1 expired or overdue" in text


async def test_another_review_channel_is_seen_by_whoever_looks(slack: Stage) -> None:
    await looks(slack, "mei")
    await slack.person("lena").command("#general", "/postmortem settings")
    form = await slack.person("lena").modal("Programme settings")
    place = slack.sandbox.workspace.channel(monthly.REVIEWS).id
    answer = await form.fill(review_channel=place).submit()
    assert answer.closed, answer.errors
    await later(slack, REST)
    await slack.person("mei").home_with(f"<#{place}>")
