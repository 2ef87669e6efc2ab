"""Words worth a second look: said in the form before it is saved, once, and never in its way."""

from collections.abc import Collection, Mapping
from typing import Any

from sqlmodel.ext.asyncio.session import AsyncSession

from blocks.hints import hinted, unhinted
from domain.postmortems import Postmortem
from domain.words import Finding, Kind, findings
from storage import people


class Worded(Exception):
    """Some words deserve a hint first; `form` is the form again, with what was typed and hints."""

    def __init__(self, form: dict[str, Any], phrases: int) -> None:
        super().__init__(f"{phrases} phrases")
        self.form = form
        self.phrases = phrases


def check_words(
    view: dict[str, Any],
    texts: Mapping[str, tuple[str, Collection[Kind]]],
    stored: Collection[str] = (),
    names: Collection[str] = (),
) -> None:
    """Raise Worded when the form holds words that it has not hinted at yet (rule 4).

    `texts` is field → its text and the kinds to look for. Words that stand in one of the `stored`
    texts were kept by somebody who saw the hint: they are not raised again. `names` are what the
    people are called who may be named as a cause.
    """
    kept = {_same(each.phrase) for text in stored for each in findings(text, names=names)}
    found = {field: _new(text, kinds, kept, names) for field, (text, kinds) in texts.items()}
    if new := unhinted(view, found):
        raise Worded(hinted(view, view, new), sum(map(len, new.values())))


async def names_of_responders(session: AsyncSession, postmortem: Postmortem) -> list[str]:
    """What those are called who responded, as far as they are known."""
    met = await people.known(session, postmortem.workspace, postmortem.facts.responders)
    return [each.name for each in met.values()]


def _new(
    text: str, kinds: Collection[Kind], kept: Collection[str], names: Collection[str]
) -> list[Finding]:
    said = findings(text, kinds, names=names)
    return [each for each in said if _same(each.phrase) not in kept]


def _same(phrase: str) -> str:
    return " ".join(phrase.casefold().split())
