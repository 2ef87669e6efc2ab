"""The five whys as a numbered list, and the questions asked before publishing."""

import re
from collections.abc import Mapping, Sequence

from documents.own.chapters import only_chapters, write_chapters
from documents.own.fences import is_blank
from documents.own.phrases import read_phrase, write_phrase
from documents.own.prose import read_prose, write_prose
from documents.own.unreadable import Unreadable
from domain.passages import Passage

#: The three questions (rule 10) as the document asks them.
QUESTIONS = {
    Passage.HAD_TO_BE_TRUE: "What would have had to be true for this not to happen?",
    Passage.VERIFIABLE: "Can a stranger verify each item?",
    Passage.MORE_LIKELY: "Which next incident does this failure mode make more likely?",
}

_NUMBERED = re.compile(r"\d+\. ?(?P<why>.*)")


def write_whys(text: str) -> list[str]:
    """Write a *why* a line, numbered; blank lines stay between them."""
    lines, number = [], 0
    for line in text.split("\n") if text else []:
        number += not is_blank(line)
        lines.append(line if is_blank(line) else f"{number}. {write_phrase(line)}")
    return lines


def read_whys(lines: Sequence[str]) -> str:
    """Read the whys, a line each."""
    return "\n".join(line if is_blank(line) else _why(line) for line in lines)


def _why(line: str) -> str:
    found = _NUMBERED.fullmatch(line)
    if found is None:
        raise Unreadable(f"{line!r} has no number")
    return read_phrase(found["why"])


def write_closing(passages: Mapping[Passage, str]) -> list[str]:
    """Write the answers, each below its question."""
    return write_chapters(
        3,
        [
            (question, write_prose(passages[each], deepest=3))
            for each, question in QUESTIONS.items()
            if each in passages
        ],
    )


def read_closing(lines: Sequence[str]) -> dict[Passage, str]:
    """Read the answers; raises Unreadable for a question that nobody asks."""
    asked = {question: each for each, question in QUESTIONS.items()}
    answers: dict[Passage, str] = {}
    for chapter in only_chapters(3, lines):
        if chapter.title not in asked:
            raise Unreadable(f"{chapter.title!r} is not asked before publishing")
        answers[asked[chapter.title]] = read_prose(chapter.lines)
    return answers
