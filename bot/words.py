"""`closedloop words`: what the language check finds in any text, line by line."""

import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import IO, Any

from bot.terminal import printable
from domain.words import Finding, findings

#: The name that stands for what is piped in.
PIPED = "-"


def read(files: Sequence[str], piped: IO[bytes]) -> list[tuple[str, str]]:
    """The texts of these files, each with its name; `-` is what is piped in.

    Raises OSError or UnicodeDecodeError where one cannot be read.
    """
    return [(name, _text(piped.read() if name == PIPED else _bytes(name))) for name in files]


def _bytes(name: str) -> bytes:
    return Path(name).read_bytes()


def _text(raw: bytes) -> str:
    return raw.decode("utf-8-sig")


def report(named: Iterable[tuple[str, str]]) -> list[dict[str, Any]]:
    """The lines with findings: number, text, and what was found there.

    Of several texts each line tells its `file`.
    """
    texts = list(named)
    return [
        ({"file": name} if len(texts) > 1 else {})
        | {"line": number, "text": line, "findings": told}
        for name, text in texts
        for number, line in _lines(text)
        if (told := [_told(finding) for finding in findings(line)])
    ]


def _lines(text: str) -> Iterable[tuple[int, str]]:
    """Lines as editors count them; a form feed or the like ends none."""
    return enumerate(text.replace("\r\n", "\n").split("\n"), start=1)


def _told(finding: Finding) -> dict[str, str]:
    return {
        "kind": finding.kind,
        "phrase": finding.phrase,
        "why": finding.why,
        "ask": finding.ask,
    }


def as_table(lines: Sequence[dict[str, Any]], name: str = "") -> str:
    """A row for each finding: `FILE:LINE: kind: “phrase”: why ask`; `name` is the only file's."""
    return "\n".join(
        f"{line.get('file', name)}:{line['line']}: {found['kind']}: "
        f"“{printable(found['phrase'])}”: {found['why']} {found['ask']}"
        for line in lines
        for found in line["findings"]
    )


def as_json(lines: Sequence[dict[str, Any]]) -> str:
    """The lines as a program reads them."""
    return json.dumps(lines, ensure_ascii=False, indent=2)
