"""What it costs a person to write a tier 2 postmortem: `python -m bench.capture`.

An incident has been told in its channel. Ana takes the shortest honest way from `/postmortem` to a
card on which nothing is missing, and every form, field, key and click on it is counted. The seconds
are those of somebody who types 200 characters a minute and needs 1.5 seconds for a click.
"""

import asyncio
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.incident_channel import CHANNEL, incident
from blocks import postmortems as cards
from blocks.backfill import FIND_ENTRIES
from sandbox import Modal
from sandbox.inputs import VALUE_KEYS
from tests.scenarios.stage import Stage, staged

IMPACT = "One search in ten failed for half an hour; eleven customers wrote to support."
CAUSE = (
    "The ranking cache of 2.31 has no limit and grew with every query until the nodes ran out of "
    "memory. No release meets real load before all of production does."
)
ITEMS: Sequence[Mapping[str, str]] = (
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
#: A menu is opened and something chosen in it; into a text the cursor is put.
_CLICKS = {"static_select": 2, "users_select": 2}
#: What the programme promises of the way.
FORMS_MAX, SECONDS_MAX = 5, 180


@dataclass(frozen=True, kw_only=True)
class Form:
    """A form as a person met it: what stood in it already, and what they filled in."""

    name: str
    fields: frozenset[str]
    prefilled: frozenset[str]
    filled: frozenset[str] = frozenset()
    keys: int = 0
    clicks: int = 0

    @property
    def seconds(self) -> float:
        """How long the hands need; reading and thinking come on top."""
        return self.keys * 60 / TYPED_A_MINUTE + self.clicks * CLICK_S


async def written_up(stage: Stage) -> list[Form]:
    """Take the way from the command to a card on which nothing is missing."""
    start = await stage.start_form("ana", CHANNEL)
    forms = [await _sent(stage, start, "/postmortem\n", impact=IMPACT)]
    forms += await _found(stage)
    cause = await stage.opened("ana", cards.OPEN_ROOT_CAUSE, CHANNEL)
    forms.append(await _sent(stage, cause, root_cause=CAUSE))
    for item in ITEMS:
        form = await stage.opened("ana", cards.ADD_ITEM, CHANNEL)
        forms.append(await _sent(stage, form, **{**item, "owner": stage.id_of(item["owner"])}))
    return forms


async def _found(stage: Stage) -> list[Form]:
    """Add what is found in the channel; the button may stand in the timeline's form only."""
    ana, before = stage.person("ana"), []
    try:
        await ana.click(CHANNEL, action_id=FIND_ENTRIES)
    except LookupError:
        before = [_met(await stage.opened("ana", cards.OPEN_TIMELINE, CHANNEL), clicks=1)]
        await ana.press(action_id=FIND_ENTRIES)
    await stage.settled()
    return [*before, await _sent(stage, await ana.modal())]


async def _sent(stage: Stage, form: Modal, command: str = "", **typed: Any) -> Form:
    """Fill in a form and send it off; what it cost, with the command or button that opened it."""
    kinds = {_field(name): kind for name, kind in _inputs(form).items()}
    texts = [typed[field] for field in typed if kinds[field] == "plain_text_input"]
    met = _met(
        form,
        filled=frozenset(typed),
        keys=len(command) + sum(map(len, texts)),
        # One opens it, the composer's or the card's button's, and one sends it off.
        clicks=sum(_CLICKS.get(kinds[field], 1) for field in typed) + 2,
    )
    answer = await form.fill(**typed).submit()
    assert answer.closed, answer.errors
    await stage.settled()
    return met


def _met(form: Modal, **cost: Any) -> Form:
    """A form as it stands when it has just been opened."""
    inputs = _inputs(form)
    return Form(
        name=form.title,
        fields=frozenset(map(_field, inputs)),
        prefilled=frozenset(_field(name) for name in inputs if _holds(form, name)),
        **cost,
    )


def _inputs(form: Modal) -> dict[str, str]:
    """What kind of input each is, by block id."""
    blocks = [block for block in form.opened.blocks if block["type"] == "input"]
    return {block["block_id"]: block["element"]["type"] for block in blocks}


def _field(block_id: str) -> str:
    return block_id.partition(".")[0]


def _holds(form: Modal, block_id: str) -> bool:
    """Whether something stands in an input already."""
    [kept] = form.values[block_id].values()
    return bool(kept.get(VALUE_KEYS[kept["type"]]))


def table(forms: Sequence[Form]) -> str:
    """The forms as people read them, and what they cost together."""
    heads = ("", "fields", "prefilled", "filled in", "keys", "clicks", "seconds")
    rows = [heads, *(_row(each.name, [each]) for each in forms)]
    rows.append(_row(f"{len(forms)} forms", forms))
    return "\n".join(
        f"{name:26}" + "".join(f"{number:>11}" for number in numbers) for name, *numbers in rows
    )


def _row(name: str, forms: Sequence[Form]) -> tuple[str, ...]:
    counts = (
        sum(len(each.fields) for each in forms),
        sum(len(each.prefilled) for each in forms),
        sum(len(each.filled) for each in forms),
        sum(each.keys for each in forms),
        sum(each.clicks for each in forms),
        round(sum(each.seconds for each in forms)),
    )
    return name, *map(str, counts)


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
    quick = len(forms) <= FORMS_MAX and sum(each.seconds for each in forms) <= SECONDS_MAX
    return 0 if quick and card.endswith("Nothing is missing.") else 1


if __name__ == "__main__":
    sys.exit(main())
