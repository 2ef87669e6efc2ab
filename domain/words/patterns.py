"""The data files: what to look for in a language, and what to say about it."""

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

_FALLBACK = "en"
#: `{who}` in a pattern is the list of that name in `[lists]`; `{0,3}` stays a number of times.
_LIST = re.compile(r"\{([a-z_]+)\}")
#: A space stands for any white space, and for one such letter in `[- ]`.
_SPACE = re.compile(r"\[- \]| ")
_SPACES = {" ": r"(?:\s++)", "[- ]": r"[-\s]"}


class Kind(StrEnum):
    """Why words are worth a second look."""

    PERSON = "person"
    COUNTERFACTUAL = "counterfactual"
    VAGUE = "vague"
    VIGILANCE = "vigilance"
    TRAINING = "training"
    JUDGEMENT = "judgement"


@dataclass(frozen=True, kw_only=True)
class Pattern:
    """Words to find; nothing is wrong with them where `unless` stands near."""

    kind: Kind
    words: re.Pattern[str]
    unless: re.Pattern[str] | None
    why: str
    ask: str


@dataclass(frozen=True, kw_only=True)
class Language:
    """All patterns of one language, and the words that mean people in it."""

    people: re.Pattern[str]
    patterns: tuple[Pattern, ...]


def of_language(language: str) -> Language:
    """The patterns of a language, `de` or `pt-BR`; the English ones where it has no file."""
    code = language.partition("-")[0].lower()
    known = code.isascii() and code.isalpha() and _file(code).is_file()
    return _read(code if known else _FALLBACK)


def _file(code: str) -> Path:
    return Path(__file__).with_name(f"{code}.toml")


@cache
def _read(code: str) -> Language:
    data = tomllib.loads(_file(code).read_text(encoding="utf-8"))
    lists: dict[str, str] = {}
    for name, words in data["lists"].items():
        lists[name] = _filled(words, lists)
    return Language(
        people=_compiled([data["people"]], lists),
        patterns=tuple(_pattern(each, lists) for each in data["pattern"]),
    )


def _pattern(data: Mapping[str, Any], lists: Mapping[str, str]) -> Pattern:
    return Pattern(
        kind=Kind(data["kind"]),
        words=_compiled(data["words"], lists),
        unless=_compiled(data["unless"], lists) if "unless" in data else None,
        why=data["why"],
        ask=data["ask"],
    )


def _filled(words: Sequence[str], lists: Mapping[str, str]) -> str:
    return _LIST.sub(lambda name: f"(?:{lists[name[1]]})", "|".join(words))


def _compiled(words: Sequence[str], lists: Mapping[str, str]) -> re.Pattern[str]:
    """Whole words in any case; a space is any white space, taken once and for all.

    Giving no white space back keeps the time linear, however much of it there is.
    """
    spaced = _SPACE.sub(lambda each: _SPACES.get(each[0], each[0]), _filled(words, lists))
    return re.compile(rf"(?<!\w)(?:{spaced})(?!\w)", re.IGNORECASE)
