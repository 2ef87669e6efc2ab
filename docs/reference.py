"""Print `docs/reference.md`, read from the code: `python docs/reference.py > docs/reference.md`.

`tests/test_docs.py` compares the page with what this prints, so neither can rot alone.
"""

import re
from collections.abc import Awaitable, Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import yaml
from typer.main import get_command

from bot import cli
from bot.metrics import GAUGES, PREFIX
from bot.rooms import DELIVERIES, HANDLERS, SCHEDULE
from bot.settings import Settings
from docs.forms import forms
from handlers.commands import SUBCOMMANDS

ROOT = Path(__file__).parent.parent
Listener = Callable[..., Awaitable[object]]


class Registered:
    """Stands where Bolt's app would, and remembers what registers."""

    def __init__(self) -> None:
        self.listeners: list[tuple[str, str, Listener]] = []
        for module in HANDLERS:
            module.register(self)

    def __getattr__(self, kind: str) -> Callable[[Any], Callable[[Listener], None]]:
        def of(constraint: Any) -> Callable[[Listener], None]:
            return lambda function: self.listeners.append((kind, _words(constraint), function))

        return of

    def of(self, kind: str) -> list[tuple[str, Listener]]:
        """What is registered of one kind: its constraint and its function."""
        return [(words, function) for each, words, function in self.listeners if each == kind]


def _words(constraint: Any) -> str:
    if isinstance(constraint, dict):
        return ", ".join(f"{name} {_words(value)}" for name, value in constraint.items())
    return constraint.pattern if isinstance(constraint, re.Pattern) else str(constraint)


def table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> Iterator[str]:
    """A Markdown table."""
    heads = list(head)
    yield f"| {' | '.join(heads)} |"
    yield f"|{'---|' * len(heads)}"
    for row in rows:
        yield f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in row)} |"
    yield ""


def page() -> Iterator[str]:
    """The page, line by line."""
    yield "# Reference\n"
    yield "Printed from the code by `python docs/reference.py`; a test compares the two.\n"
    yield from _command_line()
    yield from _settings()
    yield from _slack()
    yield from _ids()
    yield from _deliveries()
    yield from _metrics()


def _command_line() -> Iterator[str]:
    yield "## Command line\n"
    group: Any = get_command(cli.commands)
    yield from table(
        ["command", "what it does", "options"],
        [
            [f"`closedloop {name}`", command.help or "", _options(command)]
            for name, command in sorted(group.commands.items())
        ],
    )
    yield "Exit code 0: done. 1: refused or found wrong. 2: asked wrongly.\n"


def _options(command: Any) -> str:
    return " · ".join(
        f"`{'/'.join([*each.opts, *each.secondary_opts])}` {each.help} ({each.default})"
        for each in command.params
    )


def _settings() -> Iterator[str]:
    yield "## Settings\n"
    yield "Environment variables, or lines of a `.env` file in the working directory.\n"
    rows = []
    for name, field in Settings.model_fields.items():
        default = "required" if field.is_required() else f"`{field.default}`"
        default = "none" if field.default is None else default
        rows.append([f"`{name.upper()}`", default, field.description or ""])
    yield from table(["setting", "default", "what it is"], rows)


def _slack() -> Iterator[str]:
    manifest = yaml.safe_load((ROOT / "manifest.yml").read_text())
    comments = dict(re.findall(r"- (\S+) # (.+)", (ROOT / "manifest.yml").read_text()))
    yield "## Slash command\n"
    yield from table(
        ["command", "what it does"],
        [
            [f"`{each['command']} {each['usage_hint']}`", each["description"]]
            for each in manifest["features"]["slash_commands"]
        ],
    )
    yield "What follows the command:\n"
    words = [[f"`/postmortem {each.usage}`", each.help] for each in SUBCOMMANDS.values()]
    yield from table(["typed", "what it does"], words)
    yield "## Shortcuts\n"
    listeners = dict(Registered().of("shortcut")) | dict(Registered().of("message_shortcut"))
    yield from table(
        ["shortcut", "callback id", "what it does"],
        [
            [each["name"], f"`{each['callback_id']}`", _first_line(listeners[each["callback_id"]])]
            for each in manifest["features"]["shortcuts"]
        ],
    )
    yield "## Scopes\n"
    scopes = manifest["oauth_config"]["scopes"]["bot"]
    yield from table(["scope", "why"], [[f"`{each}`", comments.get(each, "")] for each in scopes])
    yield "## Events\n"
    docs = {words: _first_line(function) for words, function in Registered().of("event")}
    yield from table(["event", "what the app does"], [[f"`{e}`", d] for e, d in docs.items()])


def _ids() -> Iterator[str]:
    yield "## Forms\n"
    yield "Every input's action id is `value`; its block id is the field a rule refuses by. "
    yield "What follows a dot in a block id (`title.read`, `entries.2`) is not part of the field.\n"
    listeners = dict(Registered().of("view"))
    rows = []
    for view in forms():
        inputs = [f"`{each['block_id']}`" for each in view["blocks"] if each["type"] == "input"]
        says = _first_line(listeners[view["callback_id"]])
        rows.append([f"`{view['callback_id']}`", says, ", ".join(inputs)])
    yield from table(["callback id", "when it is sent", "block ids"], rows)
    yield "## Buttons\n"
    actions = [(words, _first_line(function)) for words, function in Registered().of("action")]
    yield from table(["action id", "what happens"], [[f"`{a}`", d] for a, d in sorted(actions)])


def _first_line(function: Listener) -> str:
    return (function.__doc__ or "").splitlines()[0]


def _deliveries() -> Iterator[str]:
    yield "## Deliveries\n"
    yield "Messages the app owes somebody, each sent once.\n"
    rows = [[f"`{kind}`", _first_line(compose)] for kind, compose in DELIVERIES.items()]
    yield from table(["kind", "what it says"], rows)
    if SCHEDULE:
        yield "## Schedule\n"
        duties = [[name, _first_line(duty)] for name, duty in SCHEDULE.items()]
        yield from table(["duty", "what it does"], duties)


def _metrics() -> Iterator[str]:
    yield "## Metrics\n"
    yield "What `/metrics` tells; [Running it](running.md#watching-it) says what to make of it.\n"
    rows = [[f"`{PREFIX}{gauge.name}`", gauge.says] for gauge in GAUGES]
    yield from table(["metric", "what it is"], rows)


if __name__ == "__main__":
    print("\n".join(page()).rstrip())  # noqa: T201 - printing is what this script is for
