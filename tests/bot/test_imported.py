"""What an imported document becomes in the database, and what it cannot become."""

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from bot.imported import File, keep
from bot.importing import import_files
from documents.document import Document
from documents.importing import read
from documents.writing import to_markdown
from domain.accepted_risks import AcceptedRisk
from domain.action_items import ActionItem, ItemKind
from domain.contributing_factors import ContributingFactor, FactorKind
from domain.errors import RuleBroken
from domain.inherited import InheritedLine
from domain.meetings import Stage
from domain.passages import Passage
from domain.people import Person
from domain.postmortems import Facts, Section, Severity
from domain.programme import Priority
from domain.timeline import TimelineEntry
from storage import (
    action_items,
    contributing_factors,
    inherited,
    meetings,
    passages,
    people,
    postmortems,
    publishing,
    record,
    sections,
    workspaces,
)
from storage.engine import Sessions

NOW = datetime(2026, 11, 21, 9, tzinfo=UTC)


def owned(what: str, owner: str) -> ActionItem:
    return ActionItem(
        what=what,
        done_when="A stranger sees it.",
        owner=owner,
        priority=Priority.P2,
        due_on=date(2024, 6, 1),
        kind=ItemKind.DETECTION,
        factor_id=1,
    )


DOCUMENT = Document(
    facts=Facts(title="A", service="b", severity=Severity.P2, started_at=NOW),
    factors=(ContributingFactor(kind=FactorKind.MADE_POSSIBLE, text="no watch"),),
)


ENTRY = TimelineEntry(at=NOW, text="one", message_channel="C1", message_ts="1700000000.000100")


async def kept(sessions: Sessions, document: Document) -> tuple[int, list[str]]:
    async with sessions.begin() as session:
        await workspaces.ensure(session, "T1")
        await people.remember(session, "T1", [Person(id="U1", name="ana")], NOW)
        made, warnings = await keep(session, "T1", File(name="a", digest="d"), document, NOW)
    return made.id, warnings


async def test_an_item_whose_owner_is_here_is_one_and_another_is_inherited(
    sessions: Sessions,
) -> None:
    items = (owned("Watch it", "U1"), owned("Test it", "U9"))
    made, warnings = await kept(sessions, replace(DOCUMENT, items=items))
    async with sessions() as session:
        (item,) = await action_items.items(session, made)
        (line,) = await inherited.lines(session, made)
        (factor,) = await contributing_factors.factors(session, made)
    assert (item.what, item.position, item.factor_id) == ("Watch it", 1, factor.id)
    assert line.text.startswith("Test it (Done when: A stranger sees it.; owner: U9; due: 2024")
    assert len(warnings) == 1


async def test_an_item_keeps_its_place_where_that_is_free(sessions: Sessions) -> None:
    wanted = ((3, "Watch"), (None, "Test"), (3, "Tell"))
    items = [replace(owned(what, "U1"), position=place) for place, what in wanted]
    made, _ = await kept(sessions, replace(DOCUMENT, items=tuple(items)))
    async with sessions() as session:
        found = await action_items.items(session, made)
    assert {each.position: each.what for each in found} == {3: "Watch", 1: "Test", 2: "Tell"}


async def test_a_review_is_over_and_what_was_published_stays_so(sessions: Sessions) -> None:
    closed = replace(DOCUMENT, facilitator="U7", published="2026-11-20 09:00 UTC")
    made, warnings = await kept(sessions, closed)
    async with sessions() as session:
        review = await meetings.meeting(session, made)
        publication = await publishing.publication(session, made)
    assert warnings == []
    assert review is not None
    assert (review.facilitator, review.stage) == ("U7", Stage.SIGNED_OFF)
    assert publication is not None
    assert publication.published_at == review.called_at == datetime(2026, 11, 20, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    ("said", "warning"),
    [
        ({"facilitator": "U2"}, "Its facilitator, U2, is one of its responders, and no peer"),
        ({"facilitator": "Ana"}, "Its facilitator, Ana, is nobody of a workspace"),
        ({"published": "on Monday"}, "It was published “on Monday”, which is not a time like"),
    ],
)
async def test_who_cannot_have_chaired_and_when_nobody_knows_is_only_in_the_record(
    sessions: Sessions, said: dict[str, Any], warning: str
) -> None:
    facts = replace(DOCUMENT.facts, responders=("U2",))
    made, warnings = await kept(sessions, replace(DOCUMENT, facts=facts, **said))
    async with sessions() as session:
        assert await meetings.meeting(session, made) is None
        assert await publishing.publication(session, made) is None
        (entry,) = await record.of_postmortem(session, made)
    assert warnings[0].startswith(warning)
    assert {*said.values()} < {new for _, new in entry.changes.values()}


async def test_sections_with_something_in_them_say_who_wrote_them(sessions: Sessions) -> None:
    made, _ = await kept(sessions, replace(DOCUMENT, passages={Passage.NOTES: "Words"}))
    async with sessions() as session:
        marked = await sections.edits(session, made)
    assert set(marked) == {Section.FACTS, Section.FACTORS, Section.NOTES}
    assert {(each.edited_by, each.edited_at) for each in marked.values()} == {("import", NOW)}


@pytest.mark.parametrize(
    ("what", "refusal"),
    [
        ({"entries": (ENTRY, replace(ENTRY, text="two"))}, "Two entries are of the same message."),
        ({"entries": (replace(ENTRY, text=" "),)}, "An entry of its timeline has no words."),
        ({"entries": (replace(ENTRY, message_ts="1" * 33),)}, "is no id of Slack."),
        ({"inherited": (InheritedLine(text="x" * 1001),)}, "1,001 characters are too many"),
        ({"items": (replace(owned("Watch", "U1"), reschedules=-1),)}, "-1 is no count"),
    ],
)
async def test_what_no_database_would_take_is_refused_in_a_sentence(
    sessions: Sessions, what: dict[str, Any], refusal: str
) -> None:
    with pytest.raises(RuleBroken, match=refusal):
        await kept(sessions, replace(DOCUMENT, **what))


async def test_no_import_goes_past_three_items(sessions: Sessions) -> None:
    items = tuple(owned(f"Watch {number}", "U1") for number in range(4))
    made, warnings = await kept(sessions, replace(DOCUMENT, items=items))
    async with sessions() as session:
        assert [each.position for each in await action_items.items(session, made)] == [1, 2, 3]
        assert len(await inherited.lines(session, made)) == 1
    assert "holds 3" in warnings[0]


async def test_a_risk_that_nobody_here_accepted_is_inherited(sessions: Sessions) -> None:
    risk = AcceptedRisk(risk="It ends", accepter="U9", reason="cheap", until=date(2025, 1, 1))
    made, _ = await kept(sessions, replace(DOCUMENT, risks=(risk,)))
    async with sessions() as session:
        (line,) = await inherited.lines(session, made)
    assert line.text == "Accepted risk: It ends (accepted by U9 until 2025-01-01: cheap)"


async def test_what_is_private_stays_private(sessions: Sessions) -> None:
    made, _ = await kept(sessions, replace(DOCUMENT, is_private=True))
    async with sessions() as session:
        found = await postmortems.find(session, "T1", made)
    assert found is not None
    assert found.is_private


async def test_notes_and_lessons_are_kept(sessions: Sessions) -> None:
    document = read("# A 2024-05-01\n\n## Lessons\n\nEnds.\n\n## Else\n\nWords.\n", "a.md").document
    assert document is not None
    made, _ = await kept(sessions, document)
    async with sessions() as session:
        written = await passages.written(session, made)
    assert written == {Passage.LESSONS: "Ends.", Passage.NOTES: "### Else\n\nWords."}


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """Our own Markdown of a postmortem with an item."""
    path = tmp_path / "own.md"
    path.write_text(to_markdown(replace(DOCUMENT, items=(owned("Watch it", "U1"),))))
    return path


async def test_our_own_markdown_comes_back_with_its_items(
    sessions: Sessions, database_url: str, own: Path
) -> None:
    async with sessions.begin() as session:
        await workspaces.ensure(session, "T1")
        await people.remember(session, "T1", [Person(id="U1", name="ana")], NOW)
    (outcome,) = await import_files(
        database_url, [str(own)], workspace="T1", now=lambda: NOW, told=lambda: None
    )
    assert (outcome.refusal, outcome.warnings) == ("", ())
    async with sessions() as session:
        assert [each.what for each in await action_items.items(session, 1)] == ["Watch it"]
        assert await inherited.lines(session, 1) == []
