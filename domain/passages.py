"""What is written about an incident beside its root cause: one text for each question asked."""

from collections.abc import Mapping
from enum import StrEnum

from domain.errors import RuleBroken
from domain.postmortems import TEXT_MAX, check_length

#: What has no place anywhere else; an imported document may bring pages of it.
NOTES_MAX = 100_000


class Passage(StrEnum):
    """One question, answered in prose; WHYS holds one *why* a line (rule 6)."""

    WHYS = "whys"
    WENT_WELL = "what went well"
    WENT_WRONG = "what went wrong"
    LESSONS = "lessons"
    NOTES = "notes"
    #: The three questions that are answered before publishing (rule 10).
    HAD_TO_BE_TRUE = "what had to be true"
    VERIFIABLE = "whether a stranger can verify"
    MORE_LIKELY = "which incident is more likely"


#: Asked before a postmortem is published, in this order (rule 10).
CLOSING = (Passage.HAD_TO_BE_TRUE, Passage.VERIFIABLE, Passage.MORE_LIKELY)

Passages = Mapping[Passage, str]


def check_passages(written: Passages, fields: Mapping[Passage, str]) -> Passages:
    """Return what was written if each text is short enough; RuleBroken on its field."""
    for passage, text in written.items():
        most = NOTES_MAX if passage is Passage.NOTES else TEXT_MAX
        check_length(fields[passage], text, most)
    return written


def check_closing(written: Passages, fields: Mapping[Passage, str]) -> None:
    """Refuse to close while one of the three questions has no answer (rule 10)."""
    for passage in CLOSING:
        if not written.get(passage, "").strip():
            raise RuleBroken(
                fields[passage], "Answer this before it is published: one sentence will do."
            )
