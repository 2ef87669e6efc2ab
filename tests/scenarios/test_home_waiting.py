"""App Home: what waits for somebody appears there, is seen to from there, and goes."""

from datetime import timedelta

from blocks.agreements import AGREE, ASK
from blocks.home_buttons import OPEN_POSTMORTEM
from blocks.item_buttons import action_of
from blocks.postmortems import OPEN_FACTS, OPEN_TIMELINE
from blocks.risk_buttons import CONFIRM_RISK, RENEW_RISK
from blocks.whole_timeline import READ_TIMELINE
from domain.decisions import Decision
from sandbox.hands.home import Home
from tests.scenarios import monthly
from tests.scenarios.deciding import decided
from tests.scenarios.following import leaves
from tests.scenarios.reviewing import called, passed_on, take_turns
from tests.scenarios.stage import CHANNEL, NOW, Stage

TODAY = NOW.date()
OWED = "Timelines waiting for your agreement"
CHAIRS = "Reviews you chair"


async def looks(slack: Stage, name: str) -> Home:
    await slack.person(name).open_home()
    await slack.settled()
    return await slack.person(name).home_with("The programme")


def now(slack: Stage, name: str) -> str:
    """Give what somebody's Home says."""
    home = slack.person(name).home()
    assert home is not None
    return home.text()


async def asked(slack: Stage) -> None:
    """Let Ana ask Bob and Mei, who responded with her, to agree to the timeline."""
    await slack.started(responders=[slack.id_of(name) for name in ("ana", "bob", "mei")])
    await slack.saved("ana", OPEN_TIMELINE, entries="14:03 failover started")
    for name in ("ana", "bob", "priya"):
        await looks(slack, name)
    await slack.person("ana").click(CHANNEL, action_id=ASK)
    await slack.settled()


async def test_an_agreement_that_is_owed_appears_and_goes_when_it_is_given(slack: Stage) -> None:
    await asked(slack)
    bob = slack.person("bob")
    await bob.press(action_id=READ_TIMELINE)
    assert "failover started" in (await bob.modal()).text()

    await bob.press(action_id=AGREE)
    await slack.settled()

    assert OWED not in now(slack, "bob")
    assert OWED in now(slack, "ana")
    assert OWED not in now(slack, "priya")


async def test_a_changed_timeline_is_to_be_agreed_to_again(slack: Stage) -> None:
    await asked(slack)
    await slack.person("bob").click(CHANNEL, action_id=AGREE)
    await slack.settled()
    assert OWED not in now(slack, "bob")
    await slack.saved("ana", OPEN_TIMELINE, entries="14:03 failover started\n14:09 all clear")
    assert OWED in now(slack, "bob")


async def test_whoever_did_not_respond_after_all_owes_nothing(slack: Stage) -> None:
    await asked(slack)
    await slack.saved("ana", OPEN_FACTS, responders=[slack.id_of("ana")])
    assert OWED not in now(slack, "bob")
    assert OWED in now(slack, "ana")


async def test_the_review_that_one_chairs_shows_and_goes_with_the_chair(slack: Stage) -> None:
    await looks(slack, "freya")
    await looks(slack, "tomas")
    await called(slack)
    assert CHAIRS in now(slack, "freya")
    await take_turns(slack, "freya", "tomas")
    await passed_on(slack, "freya", slack.id_of("tomas"))
    assert CHAIRS not in now(slack, "freya")
    assert "*PM-1* Checkout latency" in now(slack, "tomas")


async def test_its_postmortem_opens_from_there(slack: Stage) -> None:
    await called(slack)
    await looks(slack, "freya")
    await slack.person("freya").press(action_id=OPEN_POSTMORTEM)
    assert "Checkout latency" in (await slack.person("freya").modal()).text()


async def test_the_monthly_review_shows_to_its_chair(slack: Stage) -> None:
    await monthly.set_up(slack)
    await monthly.item(slack, "bob", monthly.OVERDUE)
    review = await monthly.called(slack, due_at=NOW + timedelta(hours=1))
    assert "it begins by itself" in (await looks(slack, "freya")).text()
    assert CHAIRS not in (await looks(slack, "mei")).text()
    await monthly.begun(slack, review)
    assert "walk it in its thread" in now(slack, "freya")


async def test_a_risk_whose_date_comes_soon_is_renewed_from_there(slack: Stage) -> None:
    await monthly.set_up(slack)
    await monthly.risk(slack, "bob", TODAY + timedelta(days=3))
    assert "runs out on 27 Nov 2026" in (await looks(slack, "bob")).text()
    bob = slack.person("bob")
    await bob.press(action_id=RENEW_RISK)
    form = (await bob.modal()).fill(reason="Rare still", until=TODAY + timedelta(days=90))
    assert (await form.submit()).closed
    await slack.settled()
    assert "runs out" not in now(slack, "bob")


async def test_a_risk_that_one_was_named_for_is_confirmed_from_there(slack: Stage) -> None:
    await slack.started()
    await slack.promised()
    await looks(slack, "mei")
    said = {"risk": "It may be lost", "person": slack.id_of("mei"), "words": "Rare"}
    await decided(slack, "bob", Decision.ACCEPT, **said)
    assert "You were named to accept a risk" in now(slack, "mei")
    await slack.person("mei").press(action_id=CONFIRM_RISK)
    await slack.settled()
    assert "You were named to accept a risk" not in now(slack, "mei")


async def test_a_hand_over_can_be_declined_at_home(slack: Stage) -> None:
    await slack.started()
    await slack.promised(due_on=TODAY + timedelta(days=40))
    await looks(slack, "mei")
    await decided(slack, "bob", Decision.REASSIGN, person=slack.id_of("mei"))
    assert "Waiting for your answer" in now(slack, "mei")
    await slack.person("mei").press(action_id=action_of(Decision.DECLINE))
    await slack.settled()
    assert "Waiting for your answer" not in now(slack, "mei")


async def test_the_risk_of_who_has_left_is_the_leads_to_see(slack: Stage) -> None:
    await monthly.set_up(slack)
    await monthly.risk(slack, "bob")
    await looks(slack, "lena")
    await leaves(slack, "bob")
    text = now(slack, "lena")
    assert f"<@{slack.id_of('bob')}> has left: hand it over" in text
    assert "ran out on 4 Nov 2026" in text
