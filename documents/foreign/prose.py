"""The parts of an old document that are told in prose."""

from collections.abc import Mapping, Sequence

from documents.foreign.fitting import Fitting
from documents.foreign.headings import Part
from documents.foreign.labels import Label, Said
from documents.foreign.outline import Chapter
from documents.foreign.page import Page
from documents.foreign.placeholders import is_placeholder
from documents.foreign.points import read_points
from domain.passages import Passage
from domain.postmortems import TEXT_MAX

_PASSAGES = {
    Passage.WENT_WELL: (Part.WENT_WELL,),
    Passage.WENT_WRONG: (Part.WENT_WRONG,),
    Passage.LESSONS: (Part.LESSONS, Part.LUCK),
}
#: Told under a name of their own within another part.
_NAMED = (Part.LUCK, Part.TRIGGER)

Parts = Mapping[Part, Sequence[Chapter]]


def passages(fitting: Fitting, parts: Parts) -> dict[Passage, str]:
    """What went well and wrong, the lessons and the whys."""
    written = {
        passage: _text(fitting, passage, [each for part in of for each in parts[part]], [])
        for passage, of in _PASSAGES.items()
    }
    written[Passage.WHYS] = _whys(fitting, parts[Part.WHYS])
    return {passage: text for passage, text in written.items() if text}


def impact(fitting: Fitting, parts: Parts, said: Sequence[Said]) -> str:
    """What the incident did to people."""
    return _text(fitting, "impact", parts[Part.IMPACT], _labelled(said, Label.IMPACT))


def causes(fitting: Fitting, parts: Parts, said: Sequence[Said]) -> str:
    """The root cause, and what set it off."""
    chapters = [*parts[Part.ROOT_CAUSE], *parts[Part.TRIGGER]]
    return _text(fitting, "root cause", chapters, _labelled(said, Label.ROOT_CAUSE, Label.TRIGGER))


def _labelled(said: Sequence[Said], *labels: Label) -> list[Said]:
    return [each for label in labels for each in said if each.label is label]


def _text(fitting: Fitting, what: str, chapters: Sequence[Chapter], said: Sequence[Said]) -> str:
    page = fitting.page
    told = [_sentence(each) for each in said if not page.is_taken(each.first)]
    lines = [range(each.first, each.end) for each in said]
    for chapter in chapters:
        text = _chapter(page, chapter)
        told += filter(None, [text])
        lines.append(range(chapter.first if text else chapter.body, chapter.end))
    return fitting.text(f"What it says of its {what}", "\n\n".join(told), TEXT_MAX, lines)


def _sentence(said: Said) -> str:
    return f"Trigger: {said.value}" if said.label is Label.TRIGGER else said.value


def _chapter(page: Page, chapter: Chapter) -> str:
    """What nobody took of a chapter; one that stands under another's name keeps its heading."""
    text = page.left(chapter.body, chapter.end)
    if not text or is_placeholder(text):
        return ""
    if chapter.is_own and chapter.part not in _NAMED:
        return text
    return f"{chapter.heading}\n\n{text}"


def _whys(fitting: Fitting, chapters: Sequence[Chapter]) -> str:
    """One *why* a line (rule 6)."""
    points = read_points(fitting.page, chapters)
    lines = [range(each.first, each.end) for each in points]
    text = "\n".join(each.text for each in points)
    return fitting.text("What it says of its whys", text, TEXT_MAX, lines)
