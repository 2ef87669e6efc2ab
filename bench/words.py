"""How well the language check finds what it should: `python -m bench.words`.

With CLOSEDLOOP_CORPUS naming a folder of Markdown postmortems it also tells what it finds in their
action items and factors. No pattern is tuned on those: there is nobody's label to compare with.
"""

import os
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from domain.words import OF_A_CAUSE, OF_AN_ITEM, Kind, findings
from tests.domain.words_measured import Labelled, Score, labelled, score, score_of

#: The headings under which old documents keep what is of interest here.
_SECTIONS = {
    "action items": (
        re.compile(r"action|follow[- ]?up|corrective|prevent|remediation", re.IGNORECASE),
        OF_AN_ITEM,
    ),
    "factors": (
        re.compile(r"factor|root cause|trigger|\bcauses?\b", re.IGNORECASE),
        OF_A_CAUSE,
    ),
}
_HEADING = re.compile(r"#{1,6}\s+(.+)")
_DECORATION = re.compile(r"^[\s|>*+\-\d.\[\]x]+|[\s|*]+$")


def main() -> None:
    """Print the table, and the corpus's where one is named."""
    sentences = labelled()
    held_out = [each for each in sentences if each.held_out]
    print(f"{'':24}{'sentences':>10}{'fine':>6}{'precision':>11}{'recall':>8}")
    print(_row("all", sentences, score(sentences)))
    print(_row("held out", held_out, score(held_out)))
    for kind in Kind:
        print(_row(kind, [x for x in sentences if kind in x.kinds], score_of(kind, sentences)))
    for each in (each for each in sentences if bool(each.kinds) != bool(each.found)):
        print(f"  {'wrongly flagged' if each.found else 'missed'}: {each.text}")
    if folder := os.environ.get("CLOSEDLOOP_CORPUS"):
        _print_corpus(Path(folder))


def _row(name: str, sentences: Iterable[Labelled], reached: Score) -> str:
    found = list(sentences)
    fine = sum(not each.kinds for each in found)
    return (
        f"{name:24}{len(found):>10}{fine or '':>6}{reached.precision:>11.3f}{reached.recall:>8.3f}"
    )


def _print_corpus(folder: Path) -> None:
    files = sorted(folder.glob("*.md"))
    print(f"\nIn {len(files)} old documents (told, not tuned on):")
    for name, (heading, kinds) in _SECTIONS.items():
        lines = [line for file in files for line in _lines(file.read_text("utf-8"), heading)]
        found = [{finding.kind for finding in findings(line, kinds)} for line in lines]
        flagged = Counter(kind for each in found for kind in each)
        parts = ", ".join(f"{kind} {times}" for kind, times in flagged.most_common())
        print(
            f"  {name}: {sum(map(bool, found))} of {len(lines)} lines flagged ({parts or 'none'})"
        )


def _lines(text: str, wanted: re.Pattern[str]) -> Iterator[str]:
    """The lines under the headings that are wanted, without their marks."""
    inside = False
    for line in text.splitlines():
        if heading := _HEADING.match(line):
            inside = bool(wanted.search(heading[1]))
        elif inside and (words := _DECORATION.sub("", line)):
            yield words


if __name__ == "__main__":
    main()
