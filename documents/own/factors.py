"""Contributing factors as bullets, under what they did."""

import re
from collections.abc import Sequence
from itertools import groupby

from documents.own.chapters import only_chapters, said, write_chapters
from documents.own.phrases import read_phrase, write_phrase
from documents.own.unreadable import Unreadable
from domain.contributing_factors import ContributingFactor, FactorKind

_BULLET = re.compile(r"-(?: (?P<text>.*))?")


def write_factors(factors: Sequence[ContributingFactor]) -> list[str]:
    """Write the factors in their order, those of a kind that follow each other together."""
    kinds = [
        (kind.capitalize(), [f"- {write_phrase(each.text)}".rstrip() for each in group])
        for kind, group in groupby(factors, key=lambda factor: factor.kind)
    ]
    return write_chapters(3, kinds)


def read_factors(lines: Sequence[str]) -> tuple[ContributingFactor, ...]:
    """Read the factors; raises ValueError for what is none."""
    return tuple(
        ContributingFactor(kind=FactorKind(chapter.title.lower()), text=read_bullet(line))
        for chapter in only_chapters(3, lines)
        for line in said(chapter.lines)
    )


def read_bullet(line: str) -> str:
    """Read the text of a bullet."""
    found = _BULLET.fullmatch(line)
    if found is None:
        raise Unreadable(f"{line!r} is no bullet")
    return read_phrase((found["text"] or "").strip())
