"""What scenarios about the taxonomy need: its window, its forms, and what is stored."""

from typing import Any

from blocks.postmortems import OPEN_ROOT_CAUSE
from blocks.taxonomy import ADD_CLASS, CLASS_DEED, MERGE, RENAME, RETIRE
from domain.causal_classes import CausalClass
from sandbox import Modal
from storage import causal_classes
from tests.scenarios.reviewing import TEAM
from tests.scenarios.stage import CHANNEL, Stage

WINDOW = "Causal classes"


async def window(slack: Stage, by: str = "lena") -> Modal:
    """Give the window of the classes that somebody opened."""
    await slack.person(by).command("#general", "/postmortem settings classes")
    return await slack.person(by).modal(WINDOW)


async def the_class(slack: Stage, name: str) -> CausalClass:
    """Give the class of this name as it is stored."""
    async with slack.bot.database.sessions() as session:
        known = await causal_classes.taxonomy(session, TEAM, retired=True)
    return next(each for each in known if each.name == name)


async def classes_of(slack: Stage, which: int = 1) -> list[str]:
    """Give the names of an incident's classes."""
    async with slack.bot.database.sessions() as session:
        return [each.name for each in await causal_classes.of_postmortem(session, which)]


async def form_of(slack: Stage, deed: str, name: str, by: str = "lena") -> Modal:
    """Give the form of a deed that somebody chose beside a class, in a window of their own."""
    await window(slack, by)
    await chosen(slack, deed, name, by)
    return await slack.person(by).modal()


async def chosen(slack: Stage, deed: str, name: str, by: str = "lena") -> None:
    """Let somebody choose a deed beside a class in the window that they have open."""
    which = (await the_class(slack, name)).id
    block = f"class.{which}"
    value = f"{deed}:{which}"
    await slack.person(by).press(action_id=CLASS_DEED, block_id=block, value=value)
    await slack.settled()


async def saved(slack: Stage, form: Modal, **typed: Any) -> None:
    """Let whoever has a form open save it."""
    answer = await form.fill(**typed).submit()
    assert answer.closed, answer.errors
    await slack.settled()


async def added(slack: Stage, name: str, by: str = "lena") -> None:
    """Let somebody add a class."""
    await window(slack, by)
    await slack.person(by).press(action_id=ADD_CLASS)
    await saved(slack, await slack.person(by).modal("Add a class"), name=name)


async def renamed(slack: Stage, old: str, new: str, by: str = "lena") -> None:
    """Let somebody rename a class."""
    await saved(slack, await form_of(slack, RENAME, old, by), name=new)


async def merged(slack: Stage, old: str, into: str, by: str = "lena") -> None:
    """Let somebody merge a class into another."""
    await saved(slack, await form_of(slack, MERGE, old, by), into=into)


async def retired(slack: Stage, name: str, by: str = "lena") -> None:
    """Let somebody retire a class."""
    await window(slack, by)
    await chosen(slack, RETIRE, name, by)


async def tagged(slack: Stage, *names: str, channel: str = CHANNEL) -> None:
    """Let Ana start a channel's postmortem and give it these classes."""
    await slack.started(channel=channel)
    await slack.saved("ana", OPEN_ROOT_CAUSE, channel, root_cause="It.", classes=[*names])


def offered(form: Modal) -> list[str]:
    """Give the classes that a form offers."""
    (block,) = [each for each in form.view["blocks"] if each["block_id"] == "classes"]
    return [each["text"]["text"] for each in block["element"]["options"]]
