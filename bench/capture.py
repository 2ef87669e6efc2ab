"""What it costs a person to write a tier 2 postmortem: `python -m bench.capture`.

An incident is told in a channel as incidents are: alerts and deploys of apps, people's words, a pin,
a stopwatch. Then Ana takes the shortest honest way from `/postmortem` to a card on which nothing is
missing, and every form, field, click and key on it is counted. The cost in seconds is that of
somebody who types 200 characters a minute and needs 1.5 seconds for a click.
"""

import asyncio
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

from blocks import postmortems as cards
from blocks.backfill import FIND_ENTRIES
from sandbox import Modal
from sandbox.inputs import VALUE_KEYS
from sandbox.posting import create, join, post
from tests.scenarios.stage import Stage, staged

CHANNEL = "inc-search-errors"
TOPIC = "P2 · Search answers one query in ten with an error"
#: Who responded; Ana writes it down.
RESPONDERS = ("ana", "mei", "jun")
DEPLOYS, ALERTS = "ship", "pager"

#: Minutes into the incident, who said what, and how somebody marked it.
TOLD = (
    (-6, DEPLOYS, "Deployed search-api 2.31 to production", ""),
    (0, ALERTS, "[FIRING:1] search-api 5xx ratio above 2 % in eu-west", ""),
    (2, "mei", "ack, looking", ""),
    (3, "ana", "I take the lead. Support, tell me when customers write in.", ""),
    (5, ALERTS, "[FIRING:1] search-api 5xx ratio above 6 % in eu-west", ""),
    (6, "jun", "is this the new ranking? it went out with 2.31", ""),
    (9, "ana", "Support counts eleven tickets so far, status page is up.", "pin"),
    (11, "jun", "heap of every search node is at 97 %, the old nodes were at 60", "stopwatch"),
    (12, "mei", "could be the cache, let me look at the flame graph", ""),
    (17, "mei", "Found it: the ranking cache of 2.31 has no limit, it grows with every query", ""),
    (18, "ana", "Then back to 2.30, please.", ""),
    (24, DEPLOYS, "Rolled back search-api to 2.30", ""),
    (26, "jun", "nodes restart one by one, heap looks normal", ""),
    (31, ALERTS, "[RESOLVED] search-api 5xx ratio above 2 % in eu-west", ""),
    (33, "ana", "All clear. Thank you both, I write it up.", ""),
)

IMPACT = "One search in ten failed for half an hour; eleven customers wrote to support."
CAUSE = (
    "The ranking cache of 2.31 has no limit and grew with every query until the nodes ran out of "
    "memory. No release meets real load before all of production does."
)
ITEMS: Sequence[Mapping[str, Any]] = (
    {
        "what": "Give the ranking cache a limit of 512 MB",
        "done_when": "An hour of replayed traffic leaves the heap below 70 %",
        "owner": "jun",
        "kind": "guardrail",
    },
    {
        "what": "Send each release to one node for ten minutes first",
        "done_when": "A build that leaks memory is stopped at one node in staging",
        "owner": "mei",
        "kind": "detection",
    },
)

TYPED_A_MINUTE = 200
CLICK_S = 1.5
#: Opening a menu and choosing from it; a tick is one click, as is putting the cursor into a field.
_CLICKS = {"static_select": 2, "users_select": 2, "datepicker": 2, "datetimepicker": 4}
_TYPED = {"plain_text_input"}


@dataclass(frozen=True, kw_only=True)
class Form:
    """A form as a person met it; `filled` are the fields that stood empty and were filled in."""

    name: str
    fields: int
    prefilled: frozenset[str]
    filled: frozenset[str]
    keys: int
    clicks: int

    @property
    def seconds(self) -> float:
        """How long the hands need; reading and thinking come on top."""
        return self.keys * 60 / TYPED_A_MINUTE + self.clicks * CLICK_S


async def incident(stage: Stage) -> None:
    """Let the incident happen, minute by minute, in a channel of its own."""
    workspace = stage.sandbox.workspace
    workspace.add_bot(DEPLOYS, "Ship")
    channel = create(workspace, CHANNEL, stage.id_of("ana"), "public")
    channel.topic = TOPIC
    for who in (*RESPONDERS, ALERTS, DEPLOYS, workspace.app.bot_user):
        join(workspace, channel, workspace.person(who).id)
    await stage.settled()
    before = TOLD[0][0]
    for minute, who, words, mark in TOLD:
        stage.clock.turn(timedelta(minutes=minute - before))
        before = minute
        said = post(workspace, channel, stage.id_of(who), words)
        if mark == "pin":
            await stage.person("mei").pin(CHANNEL, said.ts)
        elif mark:
            await stage.person("mei").react(CHANNEL, said.ts, mark)
        await stage.settled()
    stage.clock.turn(timedelta(minutes=20))


async def written_up(stage: Stage) -> list[Form]:
    """Take the way from the command to a card on which nothing is missing."""
    command = len("/postmortem") + 1
    forms = [await _sent(stage, await stage.start_form("ana", CHANNEL), command, impact=IMPACT)]
    forms += await _found(stage)
    root_cause = await stage.opened("ana", cards.OPEN_ROOT_CAUSE, CHANNEL)
    forms.append(await _sent(stage, root_cause, root_cause=CAUSE))
    for item in ITEMS:
        form = await stage.opened("ana", cards.ADD_ITEM, CHANNEL)
        forms.append(await _sent(stage, form, **item | {"owner": stage.id_of(item["owner"])}))
    return forms


async def _found(stage: Stage) -> list[Form]:
    """What the button on the card finds in the channel."""
    ana = stage.person("ana")
    before = []
    try:
        await ana.click(CHANNEL, action_id=FIND_ENTRIES)
    except LookupError:
        tl = await stage.opened("ana", cards.OPEN_TIMELINE, CHANNEL)
        before.append(Form(name=tl.title, fields=1, prefilled=frozenset({"entries"}), filled=frozenset(), keys=0, clicks=1))
        await ana.press(action_id=FIND_ENTRIES)
    await stage.settled()
    form = await ana.modal()
    print(form.text())
    return [*before, await _sent(stage, form)]


async def _sent(stage: Stage, form: Modal, typed_before: int = 0, **typed: Any) -> Form:
    """Fill in a form and send it off; what it cost, from the command or button that opened it."""
    there = {block["block_id"]: block["element"] for block in form.opened.blocks if "element" in block}
    prefilled = frozenset(_field(name) for name in there if _holds(form, name))
    elements = {_field(name): element for name, element in there.items()}
    keys = sum(len(text) for field, text in typed.items() if elements[field]["type"] in _TYPED)
    clicks = sum(_CLICKS.get(elements[field]["type"], 1) for field in typed)
    title = form.title
    answer = await form.fill(**typed).submit()
    assert answer.closed, answer.errors
    await stage.settled()
    return Form(
        name=title,
        fields=len(there),
        prefilled=prefilled,
        filled=frozenset(typed),
        keys=typed_before + keys,
        clicks=clicks + (1 if typed_before else 2),
    )


def _field(block_id: str) -> str:
    return block_id.partition(".")[0]


def _holds(form: Modal, block_id: str) -> bool:
    """Whether something stands in an input already."""
    [kept] = form.values[block_id].values()
    return bool(kept.get(VALUE_KEYS[kept["type"]]))


def table(forms: Sequence[Form]) -> str:
    """The forms as people read them, and what they cost together."""
    rows = [f"{'':28}{'fields':>8}{'prefilled':>11}{'filled in':>11}{'keys':>7}{'clicks':>8}{'s':>6}"]
    rows += [_row(each.name, [each]) for each in forms]
    return "\n".join([*rows, _row(f"{len(forms)} forms", forms)])


def _row(name: str, forms: Sequence[Form]) -> str:
    counts = [
        (8, sum(each.fields for each in forms)),
        (11, sum(len(each.prefilled) for each in forms)),
        (11, sum(len(each.filled) for each in forms)),
        (7, sum(each.keys for each in forms)),
        (8, sum(each.clicks for each in forms)),
        (6, round(sum(each.seconds for each in forms))),
    ]
    return f"{name:28}" + "".join(f"{count:>{width}}" for width, count in counts)


async def measured() -> tuple[list[Form], str]:
    """The forms, and what the card says at the end."""
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        async with staged(Path(folder) / "capture.sqlite3") as stage:
            await incident(stage)
            return await written_up(stage), stage.card(CHANNEL).text


def main() -> int:
    """Measure, print, judge."""
    forms, card = asyncio.run(measured())
    print(f"{table(forms)}\n{card}")
    return 0 if card.endswith("Nothing is missing.") else 1


if __name__ == "__main__":
    sys.exit(main())
