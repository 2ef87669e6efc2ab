"""App Home: what somebody owns, with the same buttons as everywhere."""

from datetime import date, timedelta

from blocks.item_buttons import action_of
from domain.decisions import Decision
from tests.scenarios.deciding import decided, led_by
from tests.scenarios.following import comes_back, leaves
from tests.scenarios.hearing import digests, until
from tests.scenarios.stage import NOW, Stage

TODAY = NOW.date()


async def test_whoever_owns_nothing_reads_where_to_look(slack: Stage) -> None:
    await slack.person("mei").open_home()

    home = await slack.person("mei").home_with("You own no open action item.")

    assert "`/postmortem items`" in home.text()


async def test_home_shows_what_is_due_first_and_what_comes_later(slack: Stage) -> None:
    await slack.started()
    await slack.promised(due_on=TODAY + timedelta(days=40))
    await slack.promised(what="Alert on a full pool", due_on=TODAY)

    await slack.person("bob").open_home()

    text = (await slack.person("bob").home_with("due today")).text()
    assert text.index("Alert on a full pool") < text.index("Later")
    assert text.index("Later") < text.index("Drain connections first")


async def test_whoever_is_asked_to_take_something_on_answers_at_home(slack: Stage) -> None:
    await slack.started()
    await slack.promised(due_on=TODAY + timedelta(days=40))
    mei = slack.person("mei")
    await mei.open_home()
    await mei.home_with("You own no open action item.")
    await decided(slack, "bob", Decision.REASSIGN, person=slack.id_of("mei"))
    await mei.home_with("Waiting for your answer")

    await mei.press(action_id=action_of(Decision.TAKE))

    text = (await mei.home_with("Nothing needs you today.")).text()
    assert "Waiting for your answer" not in text


async def test_a_decision_taken_at_home_shows_there(slack: Stage) -> None:
    await slack.started()
    await slack.promised(due_on=TODAY)
    bob = slack.person("bob")
    await bob.open_home()
    await bob.home_with("Drain connections first")

    await bob.press(action_id=action_of(Decision.IMPLEMENT))
    form = (await bob.modal()).fill(words="Shipped in checkout 4.3")

    assert (await form.submit()).closed
    until = TODAY + timedelta(days=30)
    await bob.home_with(f"I ask for the evidence on {_day(until)}")


async def test_the_lead_sees_there_what_somebody_who_left_has_to_hand_over(slack: Stage) -> None:
    await slack.started()
    await slack.promised(due_on=TODAY)
    await slack.promised(what="Alert on a full pool", due_on=TODAY + timedelta(days=40))
    await led_by(slack, "lena")
    lena = slack.person("lena")
    await lena.open_home()
    await lena.home_with("You own no open action item.")

    await leaves(slack, "bob")

    text = (await lena.home_with("Drain connections first")).text()
    assert text.count(f"<@{slack.id_of('bob')}> has left: hand it over") == 2
    await lena.press(action_id=action_of(Decision.REASSIGN))
    assert (await lena.modal()).title == "Hand it over"


async def test_of_whoever_comes_back_the_lead_reads_no_more(slack: Stage) -> None:
    await slack.started()
    await slack.promised(due_on=TODAY + timedelta(days=9))
    await led_by(slack, "lena")
    await leaves(slack, "bob")
    await slack.person("lena").open_home()
    await slack.person("lena").home_with("has left: hand it over")
    await until(slack, "2026-11-26 09:30")
    assert digests(slack, "lena")[0].text == "1 item needs you: 1 due soon"

    await comes_back(slack, "bob")

    await slack.person("lena").home_with("You own no open action item.")
    assert digests(slack, "lena")[0].text == "Nothing needs you any more."


async def test_opening_the_messages_tab_publishes_nothing(slack: Stage) -> None:
    await slack.person("bob").open_dm("closed_loop")
    await slack.settled()

    assert slack.sandbox.calls_of("views.publish") == []


def _day(on: date) -> str:
    return f"{on.day} {on:%b %Y}"
