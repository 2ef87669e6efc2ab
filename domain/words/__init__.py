"""The language check (rule 4): words that stop an analysis early, each with a better question.

It looks for patterns, which stand in a data file for each language; it knows nothing else about
language, judges nobody and forbids nothing. What it finds is shown to the author, who decides.
"""

from domain.words.check import (
    OF_A_CAUSE,
    OF_A_LESSON,
    OF_AN_ITEM,
    Finding,
    findings,
    names_a_person,
)
from domain.words.patterns import Kind

__all__ = [
    "OF_AN_ITEM",
    "OF_A_CAUSE",
    "OF_A_LESSON",
    "Finding",
    "Kind",
    "findings",
    "names_a_person",
]
