"""A first guess at the facts, from what people called the incident's channel."""

import re
from dataclasses import dataclass
from datetime import datetime

from domain.incident_times import UNTOLD, Times
from domain.postmortems import SERVICE_MAX, TITLE_MAX, Severity

_NOT_IN_A_WORD = r"(?<![a-z0-9])", r"(?![a-z0-9])"
_SEVERITY = re.compile(r"(?:p|sev(?:erity)?[\s_-]?)([0-5])".join(_NOT_IN_A_WORD), re.IGNORECASE)
_DATE = re.compile(r"(?:19|20)[0-9]{2}[-_./]?[0-9]{2}[-_./]?[0-9]{2}".join(_NOT_IN_A_WORD))
_SLACK_MARKUP = re.compile(r"<[^>]*>|:[a-z0-9_+-]+:|[*_`~]")
_PARTS = re.compile(r"[|·•;\n]|\s[-\u2013\u2014]\s")
_ENTITIES = (("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&"))  # docs.slack.dev, formatting text
_NOISE = re.compile(
    r"inc|incidents?|sev|severity|outage|issue|problem|war|room|warroom|postmortem|pm|ext|te?mp|"
    r"the|an?|of|in|on|at|for|with|and|or|is|are",
    re.IGNORECASE,
)
_LABEL = re.compile(r"^[a-z]+(?: [a-z]+)?:\s*", re.IGNORECASE)
_LEAST_WORDS = 2


@dataclass(frozen=True, kw_only=True)
class Guess:
    """What the start form is filled with; empty where nothing is known."""

    title: str = ""
    service: str = ""
    severity: Severity | None = None
    started_at: datetime | None = None
    detected_at: datetime | None = None
    recovered_at: datetime | None = None


def guess(channel_name: str, topic: str = "", times: Times = UNTOLD) -> Guess:
    """Guess title, service and severity; the topic is believed where it says more.

    The times are those that the channel's messages tell.
    """
    words = _words_of_name(channel_name)
    said = _said_in(topic)
    title = said if len(said.split()) > len(words) else " ".join(words)
    meaningful = words or [word for word in _bare(said) if _means_something(word)]
    return Guess(
        title=_shortened(title[:1].upper() + title[1:], TITLE_MAX),
        service=_shortened(meaningful[0].lower(), SERVICE_MAX) if meaningful else "",
        severity=_severity(topic) or _severity(channel_name),
        started_at=times.started_at,
        detected_at=times.detected_at,
        recovered_at=times.recovered_at,
    )


def _words_of_name(channel_name: str) -> list[str]:
    bare = _SEVERITY.sub(" ", _DATE.sub(" ", channel_name))
    words = [word for word in re.split(r"[\s_#.-]+", bare) if word]
    first = next((at for at, word in enumerate(words) if _means_something(word)), len(words))
    return words[first:]


def _said_in(topic: str) -> str:
    """Return the first part of a topic that reads like a sentence, bare of severity and links."""
    plain = _SLACK_MARKUP.sub(" ", topic)
    for entity, character in _ENTITIES:
        plain = plain.replace(entity, character)
    for part in _PARTS.split(plain):
        said = " ".join(_SEVERITY.sub(" ", part).split()).strip(" -:,.()[]")
        said = _LABEL.sub("", said)
        if sum(map(_means_something, _bare(said))) >= _LEAST_WORDS:
            return said
    return ""


def _bare(text: str) -> list[str]:
    return [word.strip(".,:;!?()[]'\"") for word in text.split()]


def _means_something(word: str) -> bool:
    return not _NOISE.fullmatch(word) and any(letter.isalpha() for letter in word)


def _severity(text: str) -> Severity | None:
    """P0 and SEV0 are as bad as it gets here (P1); anything milder than P3 is P3."""
    found = _SEVERITY.search(text)
    return None if found is None else Severity(f"P{min(max(int(found[1]), 1), 3)}")


def _shortened(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"
