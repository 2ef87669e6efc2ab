"""The facts of a postmortem as YAML between two lines of `---`, as wikis and GitHub know it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import yaml

from documents.document import Document
from documents.own.people import read_person, write_person
from documents.own.said import Said
from documents.own.unreadable import Unreadable
from domain.postmortems import Facts, Severity, Tier

#: Says that a file has this layout, and which edition of it.
MARK = "closedloop"
EDITION = 1

_FENCE = "---"
_MARKED = re.compile(rf"{MARK}:[ \t]*{EDITION}[ \t]*")


class _Dumper(yaml.SafeDumper):
    """Writes what is not printable as escapes; left to itself it loses some line ends."""


def _text(dumper: _Dumper, text: str) -> yaml.ScalarNode:
    style = None if text.isprintable() else '"'
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


_Dumper.add_representer(str, _text)


def write_front_matter(document: Document) -> list[str]:
    """Write what is known of an incident beside its texts; what is empty is left out."""
    said = {name: value for name, value in _values(document).items() if _is_said(value)}
    written = yaml.dump(
        {MARK: EDITION, **said},
        Dumper=_Dumper,
        allow_unicode=True,
        sort_keys=False,
        width=float("inf"),
    )
    return [_FENCE, *written.rstrip("\n").split("\n"), _FENCE]


def _is_said(value: object) -> bool:
    return value is not None and value is not False and value not in ("", [], {})


def _values(document: Document) -> dict[str, Any]:
    facts, names = document.facts, document.names
    return {
        "key": document.key,
        "title": facts.title,
        "service": facts.service,
        "severity": str(facts.severity),
        "tier": int(facts.tier),
        "tier_override": facts.tier_override and int(facts.tier_override),
        "tier_reason": facts.tier_reason,
        "private": document.is_private,
        "novel": facts.is_novel,
        "customers_hurt": facts.hurt_customers,
        "started": facts.started_at,
        "detected": facts.detected_at,
        "recovered": facts.recovered_at,
        "minutes_to_detect": document.time_to_detect,
        "minutes_to_recover": document.time_to_recover,
        "users_affected": facts.users_affected,
        "revenue_lost": facts.revenue_lost,
        "error_budget_percent": facts.budget_burned,
        "classes": list(document.classes),
        "responders": [write_person(each, names) for each in facts.responders],
        "facilitator": write_person(document.facilitator, names),
        "published": document.published,
        "people": dict(names),
    }


@dataclass(frozen=True, kw_only=True)
class FrontMatter:
    """What the front matter says as a Document has it, and the lines after it.

    `left` is what it says that we do not write: somebody added it by hand.
    """

    values: dict[str, Any]
    body: Sequence[str]
    left: Sequence[str]


def read_front_matter(lines: Sequence[str]) -> FrontMatter | None:
    """Read the front matter; None where it is not ours.

    Raises ValueError or YAMLError where it is ours and is not as we write it.
    """
    if len(lines) < len((_FENCE, MARK)) or lines[0].rstrip() != _FENCE:
        return None
    if not _MARKED.fullmatch(lines[1]):
        return None
    end = next((at for at, line in enumerate(lines) if at and line.rstrip() == _FENCE), None)
    if end is None:
        raise Unreadable("the front matter does not end")
    said = Said(yaml.safe_load("\n".join(lines[1:end])))
    said.take(MARK, int)
    return FrontMatter(values=_read(said), body=lines[end + 1 :], left=said.left())


def _read(said: Said) -> dict[str, Any]:
    said.take("tier", int)  # follows from the facts and the override
    return {
        "facts": _facts(said),
        "key": said.text("key"),
        "is_private": bool(said.take("private", bool)),
        "time_to_detect": said.number("minutes_to_detect"),
        "time_to_recover": said.number("minutes_to_recover"),
        "classes": tuple(said.texts("classes")),
        "facilitator": read_person(said.text("facilitator")),
        "published": said.text("published"),
        "names": said.take("people", dict) or {},
    }


def _facts(said: Said) -> Facts:
    started_at, detected_at, recovered_at = map(said.instant, ("started", "detected", "recovered"))
    if started_at is None:
        raise Unreadable("it does not say when it started")
    override = said.take("tier_override", int)
    return Facts(
        title=said.text("title"),
        service=said.text("service"),
        severity=Severity(said.text("severity")),
        started_at=started_at,
        detected_at=detected_at,
        recovered_at=recovered_at,
        is_novel=bool(said.take("novel", bool)),
        hurt_customers=bool(said.take("customers_hurt", bool)),
        tier_override=None if override is None else Tier(override),
        tier_reason=said.text("tier_reason"),
        users_affected=said.take("users_affected", int),
        revenue_lost=said.text("revenue_lost"),
        budget_burned=said.number("error_budget_percent"),
        responders=tuple(map(read_person, said.texts("responders"))),
    )
