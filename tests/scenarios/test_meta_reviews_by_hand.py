"""A meta-review begun by hand: a form asks first, and its chair is told what the role is."""

from blocks.action_items import ADD_ITEM
from blocks.meta_reviews import CLOSE_META
from sandbox import Modal
from tests.scenarios.reviewing import DM, take_turns
from tests.scenarios.stage import Stage
from tests.scenarios.test_meta_reviews import INCIDENTS, PLACE, begun, happened, told


async def form(slack: Stage, by: str) -> Modal:
    """Give the form that begins the meta-review of the last quarter."""
    await slack.person(by).command(PLACE, "/postmortem review quarter")
    modal = await slack.person(by).modal()
    await slack.settled()
    return modal


async def said(slack: Stage, by: str, words: str) -> None:
    """Let somebody ask for the meta-review of the last quarter, and be told so."""
    await slack.person(by).command(PLACE, "/postmortem review quarter")
    await slack.settled()
    assert words in await slack.told(by, words, PLACE)


async def test_a_form_says_what_would_begin_and_nothing_is_posted_before(slack: Stage) -> None:
    await happened(slack, *INCIDENTS)
    await take_turns(slack, "freya")
    window = await form(slack, "lena")
    assert "Meta-review of 2026 Q3" in window.text()
    assert slack.sandbox.workspace.channel(PLACE).id in window.text()
    assert window.values["facilitator"]["value"]["selected_user"] == slack.id_of("freya")
    assert await slack.count("meta_review") == 0


async def test_begun_it_is_posted_once_and_told_where_it_is(slack: Stage) -> None:
    await happened(slack, *INCIDENTS)
    await take_turns(slack, "freya")
    assert (await (await form(slack, "lena")).submit()).closed
    await slack.settled()
    assert f"Chaired by <@{slack.id_of('freya')}>" in told(slack).words()
    place = slack.sandbox.workspace.channel(PLACE).id
    await said(slack, "freya", f"The meta-review of 2026 Q3 is in <#{place}>.")
    assert await slack.count("meta_review") == 1


async def test_another_chair_can_be_chosen_and_is_told_the_role_once(slack: Stage) -> None:
    await happened(slack, *INCIDENTS)
    await take_turns(slack, "freya")
    assert (await (await form(slack, "lena")).fill(facilitator=slack.id_of("mei")).submit()).closed
    await slack.settled()
    (message,) = slack.person("mei").messages(DM)
    assert "You chair the meta-review of 2026 Q3" in message.words()
    assert "Propose a fix" in message.words()


async def test_of_two_forms_the_second_is_told_that_it_has_begun(slack: Stage) -> None:
    await happened(slack, *INCIDENTS)
    await take_turns(slack, "freya")
    first, second = await form(slack, "lena"), await form(slack, "freya")
    assert (await first.submit()).closed
    answer = await second.fill(facilitator=slack.id_of("mei")).submit()
    assert "It has begun already" in answer.errors["facilitator"]
    await slack.settled()
    assert await slack.count("meta_review") == 1


async def test_whoever_may_begin_no_review_may_not_begin_this(slack: Stage) -> None:
    await happened(slack, *INCIDENTS)
    await take_turns(slack, "freya")
    await said(slack, "bob", "Freya Lind")
    assert await slack.count("meta_review") == 0


async def test_by_hand_it_needs_something_to_count(slack: Stage) -> None:
    await happened(slack)
    await said(slack, "lena", "nothing to count")


async def test_only_its_chair_and_the_lead_add_an_item(slack: Stage) -> None:
    await begun(slack)
    await slack.person("bob").click(PLACE, action_id=ADD_ITEM)
    await slack.settled()
    assert "adds the action item" in await slack.told("bob", "chairs this meta-review", PLACE)
    await slack.promised(by="lena", channel=PLACE)
    assert await slack.count("action_item") == 1


async def test_whoever_leads_it_no_more_is_refused_when_saving(slack: Stage) -> None:
    await begun(slack)
    window = await slack.opened("freya", ADD_ITEM, PLACE)
    await slack.run_sql("UPDATE meta_review SET facilitator = quarter")
    answer = await window.fill(**slack.promise()).submit()
    assert "chairs this meta-review" in answer.errors["what"]
    assert await slack.count("action_item") == 0


async def test_its_form_speaks_of_no_contributing_factor(slack: Stage) -> None:
    await begun(slack)
    assert "factor" not in (await slack.opened("freya", ADD_ITEM, PLACE)).text()


async def test_whoever_may_not_close_it_is_told_who_closes_it(slack: Stage) -> None:
    await begun(slack)
    await slack.person("bob").click(PLACE, action_id=CLOSE_META)
    await slack.settled()
    assert "one of them closes it" in await slack.told("bob", "chairs this meta-review", PLACE)
