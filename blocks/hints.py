"""Hints of the language check under a form's inputs: shown once, never in the way (rule 4)."""

import json
from collections.abc import Mapping, Sequence
from hashlib import blake2s

from blocks.conflicts import as_typed, shown_again
from blocks.forms import remembered
from blocks.inputs import PLACES
from blocks.limits import LONGEST, VIEW_BLOCKS
from blocks.parts import Block, View, context
from blocks.text import bold, escape, one_line, plain, shown
from domain.words import Finding

SAVE_AS_IT_IS = "Save as it is"
_HINT = "hint"
#: How many findings an input explains, and how much of a phrase is repeated.
_SHOWN_MAX = 3
_PHRASE_MAX = 80
#: A phrase is remembered by so many letters; where there are too many, all of them are.
_MARK = 8
_ALL = "*"

Found = Mapping[str, Sequence[Finding]]


def unhinted(view: View, found: Found) -> Found:
    """What this form has not said yet: each phrase is worth one hint, wherever it stands."""
    said = remembered(view).get("hinted", "")
    if said == _ALL:
        return {}
    marks = {said[at : at + _MARK] for at in range(0, len(said), _MARK)}
    new = {
        field: [each for each in findings if _mark(each.phrase) not in marks]
        for field, findings in found.items()
    }
    return {field: findings for field, findings in new.items() if findings}


def hinted(view: View, mine: View, found: Found) -> View:
    """The form once more with everything as typed, and under each input what its words hide.

    `view` is the form as it would open now, `mine` what Slack sent. Pressing the button again
    saves: the form remembers what it has said.
    """
    own = [as_typed(block, mine) for block in mine["blocks"] if not _is_hint(block)]
    hints = _hints(own, found)
    room = VIEW_BLOCKS - len(own)
    told = set(list(hints)[: max(room, 0)])
    blocks = [
        each
        for block in own
        for each in (
            [block, hints[block["block_id"]]] if block.get("block_id") in told else [block]
        )
    ]
    return _remembering(shown_again(view, blocks), found) | {"submit": plain(SAVE_AS_IT_IS)}


def _is_hint(block: Block) -> bool:
    return str(block.get("block_id", "")).startswith(f"{_HINT}:")


def _hints(blocks: Sequence[Block], found: Found) -> dict[str, Block]:
    """The hint under each input that needs one, by its block id."""
    inputs = {block["block_id"]: _typed(block) for block in blocks if block["type"] == "input"}
    placed: dict[str, list[Finding]] = {block_id: [] for block_id in inputs}
    for field, findings in found.items():
        homes = [each for each in inputs if field in (each, each.partition(".")[0])]
        for finding in findings if homes else ():
            placed[_home(finding, homes, inputs)].append(finding)
    return {block_id: _hint(block_id, each) for block_id, each in placed.items() if each}


def _typed(block: Block) -> str:
    element = block["element"]
    return str(element.get(PLACES[element["type"]][1], ""))


def _home(finding: Finding, homes: Sequence[str], typed: Mapping[str, str]) -> str:
    """Of the inputs that share a text, the first one that holds the phrase."""
    return next((home for home in homes if finding.phrase in typed[home]), homes[0])


def _hint(block_id: str, findings: Sequence[Finding]) -> Block:
    distinct = list({_mark(finding.phrase): finding for finding in reversed(findings)}.values())
    lines = [_in_words(finding) for finding in distinct[::-1]]
    more = len(lines) - _SHOWN_MAX
    rest = [f"… and {more} more like {'this' if more == 1 else 'these'}."] if more > 0 else []
    words = "\n".join([*lines[:_SHOWN_MAX], *rest])
    return context(words) | {"block_id": f"{_HINT}:{block_id}"}


def _in_words(finding: Finding) -> str:
    phrase = shown(one_line(finding.phrase), _PHRASE_MAX)
    return f":bulb: {bold(f'“{phrase}”')} {escape(finding.why)} {escape(finding.ask)}"


def _mark(phrase: str) -> str:
    words = one_line(phrase).casefold().encode(errors="replace")
    return blake2s(words, digest_size=_MARK // 2).hexdigest()


def _remembering(view: View, found: Found) -> View:
    kept = remembered(view)
    new = [_mark(each.phrase) for findings in found.values() for each in findings]
    said = kept.get("hinted", "") + "".join(dict.fromkeys(new))
    whole = json.dumps(kept | {"hinted": said})
    fits = len(whole) <= LONGEST["modal", "private_metadata"] and _ALL not in said
    return view | {"private_metadata": whole if fits else json.dumps(kept | {"hinted": _ALL})}
