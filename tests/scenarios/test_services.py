"""`/postmortem settings services`: whose they are, who says how much is spent, and the token."""

from typing import Any

import pytest

from blocks.services import ADD_SERVICE, CHANGE_SERVICE, NEW_TOKEN, SETTINGS_SERVICES
from domain.budgets import Source
from sandbox import Modal
from tests.scenarios.burning import known, put, spent, token, told
from tests.scenarios.deciding import promised, the_item
from tests.scenarios.reviewing import DM
from tests.scenarios.stage import CHANNEL, Stage
from tests.scenarios.test_settings import form, saved, stored


async def window(slack: Stage, by: str = "lena") -> Modal:
    """Give the window somebody opened with the command."""
    await slack.person(by).command("#general", "/postmortem settings services")
    await slack.settled()  # one that was open before gives way
    return await slack.person(by).modal("Services")


async def opened(slack: Stage, button: str, by: str = "lena", **which: Any) -> Modal:
    """Give the form behind a button of the window."""
    await window(slack, by)
    await slack.person(by).press(action_id=button, **which)
    await slack.settled()
    return await slack.person(by).modal()


async def kept(slack: Stage, **typed: Any) -> str:
    """Let Lena set something for checkout; give the window's words then."""
    answer = await (await opened(slack, CHANGE_SERVICE)).fill(**typed).submit()
    assert answer.closed, answer.errors
    await slack.settled()
    return (await slack.person("lena").modal("Services")).text()


@pytest.mark.parametrize("mode", ["socket", "http"], indirect=True)
async def test_a_service_is_known_by_its_incidents_and_gets_a_channel(slack: Stage) -> None:
    await slack.started()
    assert "checkout · nothing set yet" in (await window(slack)).text().replace("*", "")
    general = slack.sandbox.workspace.channel("#general").id
    words = await kept(slack, channel=general, query="sum(burned)")
    assert "Prometheus is asked" in words
    service = await known(slack)
    assert (service.channel, service.query) == (general, "sum(burned)")


async def test_where_the_app_is_not_it_says_so(slack: Stage) -> None:
    await slack.started()
    place = slack.sandbox.workspace.channel("#inc-search-index").id
    await kept(slack, channel=place)
    assert f"I am not in <#{place}> yet" in slack.person("lena").messages(DM)[-1].text


async def test_what_is_written_by_hand_counts(slack: Stage) -> None:
    await promised(slack)
    words = await kept(slack, burned="82,5 %")
    assert "82.5 % of its error budget is spent" in words
    assert "burns since" in words
    service = await known(slack)
    assert (service.source, service.told_by) == (Source.BY_HAND, slack.id_of("lena"))
    await slack.bot.clock.strike()
    assert (await the_item(slack)).priority == "P1"


async def test_a_service_without_incidents_is_added_by_its_name(slack: Stage) -> None:
    answer = await (await opened(slack, ADD_SERVICE)).fill(name="ledger", burned="5").submit()
    assert answer.closed
    assert (await known(slack, "ledger")).burned == 5


async def test_the_same_name_is_not_added_over_what_is_set(slack: Stage) -> None:
    await slack.started()
    await kept(slack, query="sum(burned)")
    add = (await opened(slack, ADD_SERVICE)).fill(name="Checkout")
    assert "press Change beside it" in (await add.submit()).errors["name"]
    assert (await known(slack)).query == "sum(burned)"


@pytest.mark.parametrize(
    ("typed", "words"), [({"burned": "a lot"}, "how many percent"), ({"burned": "-3"}, "percent")]
)
async def test_what_cannot_be_is_refused_where_it_stands(
    slack: Stage, typed: dict[str, Any], words: str
) -> None:
    await slack.started()
    (refused,) = (await (await opened(slack, CHANGE_SERVICE)).fill(**typed).submit()).errors.items()
    assert refused[0] == "burned"
    assert words in refused[1]


async def test_trouble_with_prometheus_is_shown(slack: Stage) -> None:
    await slack.started()
    await kept(slack, query="sum(burned)")
    await slack.bot.clock.strike()
    assert "No Prometheus is set up" in (await window(slack)).text()


async def test_a_token_is_shown_once_and_the_one_before_it_ends(slack: Stage) -> None:
    first = await token(slack)
    assert (await put(slack, first, 10))[0] == 200
    second = await token(slack)
    assert (await put(slack, first, 10))[0] == 401
    assert (await put(slack, second, 10))[0] == 200
    assert second not in (await window(slack)).text()


async def test_nobody_but_the_lead_gets_there(slack: Stage) -> None:
    bobs = await opened(slack, ADD_SERVICE, "bob")
    await saved(slack, lead=slack.id_of("lena"))
    answer = await bobs.fill(name="ledger").submit()
    assert "Lena Vogt leads the programme" in answer.errors["name"]
    await bobs.close()
    await slack.person("bob").press(action_id=NEW_TOKEN)
    await slack.settled()
    assert "clb_" not in (await slack.person("bob").modal()).text()
    await slack.person("bob").command(CHANNEL, "/postmortem settings services")
    assert "Ask Lena Vogt" in await slack.told("bob", "leads the programme")


async def test_the_settings_lead_to_them(slack: Stage) -> None:
    await slack.started()
    await form(slack)
    await slack.person("lena").press(action_id=SETTINGS_SERVICES)
    await slack.settled()
    assert "checkout" in (await slack.person("lena").modal("Services")).text()


async def test_a_word_that_settings_do_not_know_is_told_what_they_do(slack: Stage) -> None:
    await slack.person("lena").command("#general", "/postmortem settings everything")
    assert "/postmortem settings classes" in await slack.told("lena", "I know", "#general")


async def test_another_number_is_judged_by_at_once(slack: Stage) -> None:
    await promised(slack)
    await spent(slack, 60)
    await saved(slack, burning_percent="50")
    await slack.bot.clock.strike()
    assert (await the_item(slack)).priority == "P1"
    await saved(slack, burning_percent="90")
    await slack.bot.clock.strike()
    assert (await the_item(slack)).priority == "P2"


async def test_the_monthly_numbers_can_be_left_out(slack: Stage) -> None:
    await saved(slack, report_monthly=[])
    assert (await stored(slack)).programme.report_monthly is False
    await saved(slack, report_monthly=["monthly"])
    assert (await stored(slack)).programme.report_monthly is True


async def test_many_services_have_pages(slack: Stage) -> None:
    for number in range(41):
        await told(slack, 1, f"s{number:02}")
    assert "s40" not in (await window(slack)).text()
    await slack.person("lena").press(action_id="next_services")
    await slack.settled()
    assert "s40" in (await slack.person("lena").modal("Services")).text()
