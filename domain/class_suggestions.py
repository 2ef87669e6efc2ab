"""Which causal classes an incident may have, going by the words that it is told with.

It looks for patterns, which stand in a data file, and knows nothing else. What it suggests is
chosen for the author in the form, who sees why and decides.
"""

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from domain.causal_classes import CLASSES_MAX, CausalClass

#: A class is suggested from this weight on, however much heavier another is: weights of a long text
#: add up, and an incident may well have a second class that is told in a few words.
ENOUGH = 3
#: How much is read: what is said later tells of the same incident, and a form waits for this.
READ_MAX = 20_000
#: How far two words that belong together may stand apart, within a sentence.
_APART = r"[^.!?;\n]{0,60}?"
_LIST = re.compile(r"\{([a-z]+)\}")
#: A name of fewer letters than this, as a workspace may choose, is found everywhere.
_NAME_MIN = 4


@dataclass(frozen=True, kw_only=True)
class Suggestion:
    """A class that may fit, and the words of the incident that speak for it."""

    class_id: int
    phrase: str


@dataclass(frozen=True, kw_only=True)
class _Pattern:
    weight: int
    words: re.Pattern[str]


def suggest(
    texts: Iterable[str],
    classes: Sequence[CausalClass],
    names: Mapping[int, Sequence[str]] | None = None,
) -> list[Suggestion]:
    """The classes that the texts speak for, the likeliest first; none when there is doubt.

    A class that the workspace made itself is known by its name alone. `names` are all that a class
    ever had, where it had others: one that was renamed is told by the same words as before.
    """
    known_as = names or {}
    text = _in_lines(texts)
    weighed = [
        (*_weigh(text, _of_all(known_as.get(each.id, [each.name]))), each.id)
        for each in classes
        if not each.is_retired
    ]
    likely = [each for each in weighed if each[0] >= ENOUGH]
    likely.sort(key=lambda each: -each[0])
    return [
        Suggestion(class_id=class_id, phrase=phrase) for _, phrase, class_id in likely[:CLASSES_MAX]
    ]


def _in_lines(texts: Iterable[str]) -> str:
    """Each sentence in a line: no pattern looks past a line's end, so that lists stay lists.

    A line that begins with a small letter goes on from the one above, which was only full.
    """
    lines: list[str] = []
    for text in texts:
        goes_on = False
        for line in text[:READ_MAX].splitlines():
            words = " ".join(line.split())
            if goes_on and words[:1].islower():
                lines[-1] += f" {words}"
            elif words:
                lines.append(words)
            goes_on = bool(words)
    return "\n".join(lines)[:READ_MAX]


def _weigh(text: str, patterns: Sequence[_Pattern]) -> tuple[int, str]:
    """How much a text speaks for a class, and the heaviest words of it."""
    found = [(each.weight, match) for each in patterns if (match := each.words.search(text))]
    if not found:
        return 0, ""
    _, match = max(found, key=lambda each: each[0])
    return sum(weight for weight, _ in found), match[0]


def _of_all(names: Iterable[str]) -> Sequence[_Pattern]:
    return [pattern for name in names for pattern in _patterns(name)]


def _patterns(name: str) -> Sequence[_Pattern]:
    known = _read()
    return known[name.lower()] if name.lower() in known else _of_a_name(name)


def _of_a_name(name: str) -> Sequence[_Pattern]:
    """The words of the name, one after the other."""
    words = name.split()
    if len("".join(words)) < _NAME_MIN:
        return ()
    return (_Pattern(weight=ENOUGH, words=_whole(" ".join(map(re.escape, words)))),)


@cache
def _read() -> Mapping[str, tuple[_Pattern, ...]]:
    path = Path(__file__).with_name("class_patterns.toml")
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    lists = {name: "(?:" + "|".join(words) + ")" for name, words in data["lists"].items()}
    return {
        each["name"]: tuple(
            _Pattern(weight=one["weight"], words=_compiled(one["words"], lists))
            for one in each["patterns"]
        )
        for each in data["class"]
    }


def _compiled(words: str, lists: Mapping[str, str]) -> re.Pattern[str]:
    filled = _LIST.sub(lambda name: lists[name[1]], words).replace(" ~ ", "\0")
    left, _, right = filled.partition("\0")
    if not right:
        return _whole(left)
    # Both orders; between the two the sentence goes on for a little.
    between = rf"(?!\w){_APART}(?<!\w)"
    return _whole(f"(?:{left}){between}(?:{right})|(?:{right}){between}(?:{left})")


def _whole(words: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{words})(?!\w)", re.IGNORECASE)
