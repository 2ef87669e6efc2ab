from datetime import timedelta

from domain.postmortems import Section, SectionEdit
from storage import sections
from storage.engine import Sessions
from tests.storage.samples import NOW, started

LATER = NOW + timedelta(minutes=5)


async def test_each_change_of_a_section_is_counted_and_signed(sessions: Sessions) -> None:
    async with sessions.begin() as session:
        made = await started(session)
        assert await sections.edits(session, made.id) == {}
        for by, now in (("U1", NOW), ("U2", LATER)):
            marked = await sections.mark(
                session, made.id, Section.TIMELINE, by=by, now=now, submission=by
            )

    assert marked == SectionEdit(
        section=Section.TIMELINE, version=2, edited_by="U2", edited_at=LATER
    )
    async with sessions() as session:
        assert await sections.edits(session, made.id) == {Section.TIMELINE: marked}


async def test_a_second_click_is_recognised_in_its_own_section_only(sessions: Sessions) -> None:
    async with sessions.begin() as session:
        made = await started(session)
        for submission in ("", "V2"):
            await sections.mark(
                session, made.id, Section.FACTS, by="U1", now=NOW, submission=submission
            )

    async with sessions() as session:
        known = [
            await sections.was_submitted(session, made.id, section, submission)
            for section in (Section.FACTS, Section.TIMELINE)
            for submission in ("V2", "V3", "")
        ]
    assert known == [True, False, False, False, False, False]
