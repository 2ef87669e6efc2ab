"""Looking for the patterns in a text."""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from domain.words.patterns import Kind, Language, Pattern, of_language

#: What is looked for in a cause, a why or a factor; in an item's *what* and *done when*; in a
#: lesson or a closing answer.
OF_A_CAUSE = (Kind.PERSON, Kind.COUNTERFACTUAL, Kind.VIGILANCE, Kind.JUDGEMENT)
OF_AN_ITEM = (Kind.VAGUE, Kind.VIGILANCE, Kind.TRAINING)
OF_A_LESSON = tuple(Kind)

#: How far on either side of a phrase its `unless` is looked for, within the same sentence. A
#: bound keeps the time linear.
_NEAR = 90
_SENTENCE_END = re.compile(r"[.!?;]\s|\n")
#: Letters that people's keyboards put in for those of the patterns, each as long as the other.
_SAME = str.maketrans("\u2019\u2018\u2011\u2013\u00a0", "''-- ")


@dataclass(frozen=True, kw_only=True)
class Finding:
    """Words at `start` to `end` of a text: why they stop an analysis, and what to ask instead."""

    kind: Kind
    phrase: str
    why: str
    ask: str
    start: int
    end: int


#: Shorter names are words as well.
_SHORTEST_NAME = 3


def findings(
    text: str,
    kinds: Collection[Kind] = tuple(Kind),
    language: str = "en",
    names: Collection[str] = (),
) -> list[Finding]:
    """Everything of these kinds that the text says, in order, none overlapping another.

    Of the people with these `names`, who are known to have been there, none is a cause either.
    """
    words = of_language(language)
    named = _named(text, names, words) if Kind.PERSON in kinds else ()
    found: list[Finding] = []
    for finding in sorted((*_all(text, kinds, words), *named), key=_earliest_longest):
        if not found or finding.start >= found[-1].end:
            found.append(finding)
    return found


def names_a_person(text: str, language: str = "en", names: Collection[str] = ()) -> bool:
    """Whether a *why* stops at a person or a mistake, so that the next one is asked (rule 6).

    What did not happen counts where people did not do it, not where an alarm did not ring.
    """
    words = of_language(language)
    kinds = (Kind.PERSON, Kind.VIGILANCE, Kind.COUNTERFACTUAL)
    return any(
        finding.kind is not Kind.COUNTERFACTUAL
        or words.people.search(_near(_plain(text), finding.start, finding.end))
        for finding in findings(text, kinds, language, names)
    )


def _all(text: str, kinds: Collection[Kind], language: Language) -> Iterator[Finding]:
    plain = _plain(text)
    for pattern in language.patterns:
        if pattern.kind in kinds:
            for match in pattern.words.finditer(plain):
                if not _is_fine(pattern, plain, match):
                    yield _finding(pattern, text, match)


def _named(text: str, names: Collection[str], language: Language) -> Iterator[Finding]:
    """Where one of these people is named, by their whole name or the first part of it."""
    parts = {part for name in names for part in (name.strip(), name.strip().split(" ")[0])}
    known = sorted((each for each in parts if len(each) >= _SHORTEST_NAME), key=len, reverse=True)
    if not known:
        return
    pattern = next(each for each in language.patterns if each.kind is Kind.PERSON)
    for match in re.finditer(rf"\b(?:{'|'.join(map(re.escape, known))})\b", text):
        yield _finding(pattern, text, match)


def _is_fine(pattern: Pattern, text: str, match: re.Match[str]) -> bool:
    near = _near(text, match.start(), match.end())
    return pattern.unless is not None and pattern.unless.search(near) is not None


def _near(text: str, start: int, end: int) -> str:
    """The words around a phrase, no further than its sentence."""
    before = _SENTENCE_END.split(text[max(0, start - _NEAR) : start])[-1]
    after = _SENTENCE_END.split(text[end : end + _NEAR])[0]
    return before + text[start:end] + after


def _finding(pattern: Pattern, text: str, match: re.Match[str]) -> Finding:
    start, end = match.span()
    return Finding(
        kind=pattern.kind,
        phrase=text[start:end],
        why=pattern.why,
        ask=pattern.ask,
        start=start,
        end=end,
    )


def _earliest_longest(finding: Finding) -> tuple[int, int]:
    return finding.start, -finding.end


def _plain(text: str) -> str:
    return text.translate(_SAME)
