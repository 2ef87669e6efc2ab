"""Finding postmortems again: by words, by service, and never those of a private channel."""

import pytest

from blocks.find import OPEN_FOUND
from blocks.postmortems import OPEN_ROOT_CAUSE
from sandbox import Modal
from storage import causal_classes
from tests.scenarios.numbers import gone
from tests.scenarios.reviewing import TEAM
from tests.scenarios.stage import CHANNEL, NOW, Stage
from tests.scenarios.tagging import the_class

OTHER = "#deployments"


async def looking(slack: Stage, by: str, command: str) -> Modal:
    await slack.person(by).command(CHANNEL, command)
    modal = await slack.person(by).modal()
    await slack.settled()
    return modal


@pytest.mark.parametrize("mode", ["socket", "http"], indirect=True)
async def test_a_postmortem_is_found_by_a_word_of_its_root_cause(slack: Stage) -> None:
    await slack.started()
    await slack.saved("ana", OPEN_ROOT_CAUSE, root_cause="The pool was sized for one region")

    found = await looking(slack, "bob", "/postmortem search POOL region")

    assert "*PM-1 · Checkout latency*" in found.text()
    assert ">" in found.text()
    assert "sized for one region" in found.text()


async def test_another_word_can_be_looked_for_in_the_window(slack: Stage) -> None:
    await slack.started()
    found = await looking(slack, "bob", "/postmortem search nothing-like-it")
    assert "Nothing was found" in found.text()

    await found.fill(words="latency").submit()

    assert "PM-1" in (await slack.person("bob").modal()).text()


@pytest.mark.parametrize("into", ["missing alert", ""])
async def test_by_a_class_that_is_gone_its_incidents_are_found(slack: Stage, into: str) -> None:
    await slack.started()
    alike = await the_class(slack, "capacity")
    async with slack.bot.database.sessions.begin() as session:
        await causal_classes.tag(session, TEAM, 1, [alike.id], by="U1", now=NOW)
    found = await looking(slack, "bob", "/postmortem list")
    await gone(slack, "capacity", into)
    await found.fill(**{"class": str(alike.id)}).submit()
    window = await slack.person("bob").modal()
    assert "PM-1" in window.text()
    assert chosen_in(window) == (into or "capacity")


def chosen_in(window: Modal) -> str:
    """The class by which the window looks."""
    (block,) = [each for each in window.opened.blocks if each.get("block_id") == "class"]
    return str(block["element"]["initial_option"]["text"]["text"])


async def test_what_was_found_opens_and_can_be_changed(slack: Stage) -> None:
    await slack.started()
    bob = slack.person("bob")
    await looking(slack, "bob", "/postmortem list")
    await bob.press(action_id=OPEN_FOUND)
    await slack.settled()

    assert "Checkout latency" in (await bob.modal()).text()
    await bob.press(action_id=OPEN_ROOT_CAUSE)
    await slack.settled()
    assert "Root cause" in (await bob.modal()).title


async def test_a_private_postmortem_is_found_by_its_members_only(slack: Stage) -> None:
    await slack.started("ana", "#inc-auth-tokens", title="Secret tokens leaked")

    assert "Secret tokens" in (await looking(slack, "ana", "/postmortem list")).text()
    assert "Nothing was found" in (await looking(slack, "bob", "/postmortem list")).text()


async def test_a_long_list_is_turned_and_narrowed_by_service(slack: Stage) -> None:
    await slack.started()
    found = await looking(slack, "bob", "/postmortem list CHECKOUT")
    assert "1 postmortem, the newest first" in found.text()

    await found.fill(service="checkout", which=["only_open"]).submit()

    assert "Nothing was found" in (await slack.person("bob").modal()).text()
