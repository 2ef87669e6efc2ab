"""Headings and what stands below each, as the own layout writes them."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from documents.own.fences import fenced, is_blank
from documents.own.unreadable import Unreadable


@dataclass(frozen=True, kw_only=True)
class Chapter:
    """A heading as it was written, and the lines below it without blank ones around them."""

    title: str
    lines: tuple[str, ...]


def write_chapters(level: int, chapters: Sequence[tuple[str, Sequence[str]]]) -> list[str]:
    """Write headings of one level, each with its lines; one without lines is left out."""
    return [
        line
        for title, lines in chapters
        if lines
        for line in (f"{'#' * level} {title}".rstrip(), "", *trimmed(lines), "")
    ]


def read_chapters(level: int, lines: Sequence[str]) -> tuple[list[str], list[Chapter]]:
    """Read what stands before the first heading of a level, and what below each of them."""
    heading = re.compile(rf"#{{{level}}}(?:[ \t]+(?P<title>.*))?")
    code = fenced(lines)
    found = [(at, heading.fullmatch(line)) for at, line in enumerate(lines) if at not in code]
    starts = [(at, (title["title"] or "").strip()) for at, title in found if title]
    ends = [at for at, _ in starts[1:]] + [len(lines)] * bool(starts)
    chapters = [
        Chapter(title=title, lines=tuple(trimmed(lines[at + 1 : end])))
        for (at, title), end in zip(starts, ends, strict=True)
    ]
    return trimmed(lines[: starts[0][0]] if starts else lines), chapters


def only_chapters(level: int, lines: Sequence[str]) -> list[Chapter]:
    """Read chapters before which nothing stands; raises Unreadable where something does."""
    before, chapters = read_chapters(level, lines)
    if before:
        raise Unreadable(f"{before[0]!r} stands below no heading")
    return chapters


def trimmed(lines: Sequence[str]) -> list[str]:
    """The lines without blank ones at either end."""
    said = [at for at, line in enumerate(lines) if not is_blank(line)]
    return list(lines[said[0] : said[-1] + 1]) if said else []


def said(lines: Sequence[str]) -> Iterator[str]:
    """The lines that are not blank."""
    return (line for line in lines if not is_blank(line))
