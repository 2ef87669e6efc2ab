"""How well the language check does on sentences that were labelled by hand."""

import tomllib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from domain.words import Kind, findings

_FILE = Path(__file__).with_name("labelled_sentences.toml")


@dataclass(frozen=True, kw_only=True)
class Labelled:
    """A sentence, and the kinds that a careful reader would flag in it."""

    of: str
    text: str
    kinds: frozenset[Kind]
    held_out: bool

    @property
    def found(self) -> frozenset[Kind]:
        """The kinds that the check finds, whatever kind of sentence it is."""
        return frozenset(finding.kind for finding in findings(self.text))


@dataclass(frozen=True, kw_only=True)
class Score:
    """How many sentences were rightly flagged, wrongly flagged, and missed."""

    right: int
    wrong: int
    missed: int

    @property
    def precision(self) -> float:
        """Of those that were flagged, the part that deserved it."""
        return self.right / max(1, self.right + self.wrong)

    @property
    def recall(self) -> float:
        """Of those that deserved it, the part that was flagged."""
        return self.right / max(1, self.right + self.missed)


def labelled() -> list[Labelled]:
    """Every sentence of the set."""
    with _FILE.open("rb") as file:
        return [
            Labelled(
                of=each["of"],
                text=each["text"],
                kinds=frozenset(map(Kind, each["kinds"])),
                held_out=each.get("held_out", False),
            )
            for each in tomllib.load(file)["sentences"]
        ]


def score(sentences: Iterable[Labelled]) -> Score:
    """Flagged or not, whatever the kind."""
    return _score(sentences, bool)


def score_of(kind: Kind, sentences: Iterable[Labelled]) -> Score:
    """Flagged as this kind or not."""
    return _score(sentences, lambda kinds: kind in kinds)


def _score(sentences: Iterable[Labelled], has: Callable[[frozenset[Kind]], bool]) -> Score:
    pairs = [(has(each.kinds), has(each.found)) for each in sentences]
    return Score(
        right=pairs.count((True, True)),
        wrong=pairs.count((False, True)),
        missed=pairs.count((True, False)),
    )
