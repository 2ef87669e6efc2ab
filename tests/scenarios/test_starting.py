"""Starting a postmortem: what the form knows already, and where it may not be started."""

from datetime import timedelta

import pytest

from blocks.postmortems import OPEN_FACTS
from sandbox import Modal
from tests.scenarios.stage import CHANNEL, FACTS, NOW, STARTED, Stage


def shown(modal: Modal, field: str) -> object:
    """What stands in one input, whatever it is called this time."""
    found = [value for name, value in modal.values.items() if name.partition(".")[0] == field]
    kept = found[0]["value"]
    return next(value for key, value in kept.items() if key != "type")


async def test_the_start_form_knows_what_the_channel_tells(slack: Stage) -> None:
    form = await slack.start_form()
    assert shown(form, "title") == "Checkout p99 above 8 s"
    assert shown(form, "service") == "checkout"
    assert shown(form, "severity")["value"] == "P1"  # type: ignore[index] # an option


async def test_responders_are_the_members_without_bots_and_those_who_left(slack: Stage) -> None:
    form = await slack.start_form()
    here = ["ana", "bob", "mei", "priya"]
    assert shown(form, "responders") == [slack.id_of(name) for name in here]


async def test_in_a_large_channel_only_the_caller_is_a_responder(slack: Stage) -> None:
    channel = slack.sandbox.workspace.channel(CHANNEL)
    for number in range(20):
        channel.members.append(slack.sandbox.workspace.add_person(f"p{number}", "P").id)
    form = await slack.start_form()
    assert shown(form, "responders") == [slack.id_of("ana")]


async def test_a_slow_slack_leaves_the_form_and_what_is_typed_alone(slack: Stage) -> None:
    with slack.late("conversations.info"):
        await slack.person("ana").command(CHANNEL, "/postmortem")
        form = await slack.person("ana").modal("Start a postmortem")
        form.fill(title="My own words")
        await slack.bot.opening.finish(5)
    assert (shown(form, "title"), shown(form, "service")) == ("My own words", "checkout")
    assert slack.sandbox.calls_of("views.update") == []


async def test_a_failing_slack_leaves_the_form_as_the_command_filled_it(slack: Stage) -> None:
    slack.sandbox.faults.rate_limit("conversations.members", retry_after=30, times=9)
    form = await slack.start_form()
    assert form.title == "Start a postmortem"
    assert shown(form, "title") == "Checkout latency"
    assert (await form.fill(**FACTS).submit()).closed


async def test_a_private_channel_that_invited_the_app_works_as_any_other(slack: Stage) -> None:
    form = await slack.start_form(channel="#inc-auth-tokens")
    assert shown(form, "title") == "Auth tokens"
    assert (await form.fill(**FACTS).submit()).closed
    await slack.settled()
    assert "PM-1 · Checkout latency" in slack.card("#inc-auth-tokens").words()


@pytest.mark.parametrize("channel", ["#sec-review", "#inc-search-index"])
async def test_a_channel_without_the_app_says_how_to_invite_it(slack: Stage, channel: str) -> None:
    sorry = await slack.start_form(channel=channel)
    assert sorry.title == "Invite me first"
    assert "Type `/invite @Closed Loop` in the channel" in sorry.text()
    assert sorry.view["submit"] is None
    await sorry.close()
    await slack.person("ana").invite(channel, "closed_loop")
    await slack.started(channel=channel)
    assert "PM-1" in slack.card(channel).words()


async def test_a_channels_second_start_form_shows_what_is_there_now(slack: Stage) -> None:
    anas, bobs = await slack.start_form("ana"), await slack.start_form("bob")
    await anas.fill(**FACTS).submit()
    answer = await bobs.fill(**{**FACTS, "title": "Bob's title"}).submit()
    assert (answer.closed, bobs.title) == (False, "PM-1 · Facts")
    assert f"<@{slack.id_of('ana')}> changed the facts" in bobs.text()
    assert ">Checkout latency" in bobs.text()
    assert shown(bobs, "title") == "Bob's title"
    assert await slack.count("postmortem") == 1


async def test_whoever_was_second_can_still_save_their_own_words(slack: Stage) -> None:
    anas, bobs = await slack.start_form("ana"), await slack.start_form("bob")
    await anas.fill(**FACTS).submit()
    await bobs.fill(**{**FACTS, "title": "Bob's title"}).submit()
    assert (await bobs.submit()).closed
    await slack.settled()
    assert "PM-1 · Bob's title" in slack.card().words()


async def test_two_people_starting_at_the_same_moment_make_one_postmortem(slack: Stage) -> None:
    forms = [await slack.start_form(name) for name in ("ana", "bob", "mei")]
    answers = await slack.at_once(*(form.fill(**FACTS).submit() for form in forms))
    assert sorted(answer.closed for answer in answers) == [False, False, True]
    assert await slack.count("postmortem") == 1


@pytest.mark.parametrize("mode", ["socket", "http"], indirect=True)
async def test_a_double_click_on_start_makes_one_postmortem(slack: Stage) -> None:
    form = (await slack.start_form()).fill(**FACTS)
    answers = await slack.at_once(form.submit(), form.submit())
    assert [answer.closed for answer in answers] == [True, True]
    assert await slack.count("postmortem") == 1
    assert len(slack.logged("form_repeated")) == 1


async def test_a_start_that_slack_sends_twice_is_stored_once(slack: Stage) -> None:
    form = (await slack.start_form()).fill(**FACTS)
    slack.sandbox.faults.ignore_acks(1)
    assert (await form.submit()).closed
    assert await slack.count("postmortem") == 1


@pytest.mark.parametrize(
    ("typed", "field", "words"),
    [
        ({"started_at": NOW + timedelta(hours=1)}, "started_at", "lies in the future"),
        ({"detected_at": STARTED - timedelta(minutes=1)}, "detected_at", "before it started"),
        ({"recovered_at": STARTED - timedelta(minutes=1)}, "recovered_at", "before it started"),
        ({"title": "   "}, "title", "Say in a few words what happened."),
    ],
)
async def test_what_cannot_be_is_refused_at_its_field(
    slack: Stage, typed: dict[str, object], field: str, words: str
) -> None:
    form = await slack.start_form()
    answer = await form.fill(**{**FACTS, **typed}).submit()
    assert {name.partition(".")[0] for name in answer.errors} == {field}
    assert words in next(iter(answer.errors.values()))
    assert shown(form, "service") == "checkout"
    assert await slack.count("postmortem") == 0


async def test_facts_can_be_mended_after_a_refusal(slack: Stage) -> None:
    form = await slack.start_form()
    await form.fill(**{**FACTS, "title": " "}).submit()
    assert (await form.fill(title="Checkout down").submit()).closed
    await slack.settled()
    facts = await slack.opened("bob", OPEN_FACTS)
    assert shown(facts, "title") == "Checkout down"
