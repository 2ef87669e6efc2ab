"""What people type after the slash, and where."""

import pytest

from tests.scenarios.stage import CHANNEL, Stage

both_ways = pytest.mark.parametrize("mode", ["socket", "http"], indirect=True)


@both_ways
@pytest.mark.parametrize("word", ["help", "HELP", " help "])
async def test_help_is_shown_to_its_caller_alone(slack: Stage, word: str) -> None:
    said = await slack.person("ana").command(CHANNEL, f"/postmortem {word}")
    assert said is not None
    assert said.startswith("*Closed Loop keeps this channel's postmortem")
    assert all(one.text != said for one in slack.person("bob").messages(CHANNEL))


@both_ways
async def test_an_unknown_word_is_named_and_help_given(slack: Stage) -> None:
    said = await slack.person("ana").command(CHANNEL, "/postmortem delete everything")
    assert said is not None
    assert said.startswith("I do not know `delete`. This is what I can do:")
    assert "/postmortem help" in said


async def test_a_word_that_looks_like_a_mention_mentions_nobody(slack: Stage) -> None:
    said = await slack.person("ana").command(CHANNEL, "/postmortem <!channel>")
    assert said is not None
    assert said.startswith("I do not know `&lt;!channel&gt;`.")


@both_ways
async def test_in_a_direct_message_the_command_says_where_it_belongs(slack: Stage) -> None:
    said = await slack.person("ana").command("@bob", "/postmortem")
    assert said is not None
    assert "belongs to the channel where the incident was handled" in said
    assert slack.sandbox.calls_of("views.open") == []


async def test_help_works_in_a_direct_message(slack: Stage) -> None:
    said = await slack.person("ana").command("@bob", "/postmortem help")
    assert said is not None
    assert "Closed Loop keeps" in said
