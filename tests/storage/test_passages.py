"""What is written beside the root cause, one text for each question."""

from domain.passages import NOTES_MAX, Passage
from storage import passages
from storage.engine import Sessions
from tests.storage.samples import started


async def test_what_was_written_comes_back_in_the_order_of_the_questions(
    sessions: Sessions,
) -> None:
    texts = {Passage.LESSONS: "l\n\n<&>", Passage.WHYS: "one\ntwo"}
    async with sessions.begin() as session:
        made = await started(session)
        assert await passages.written(session, made.id) == {}
        await passages.write(session, "T1", made.id, texts)

    async with sessions() as session:
        found = await passages.written(session, made.id)
    assert list(found.items()) == [(Passage.WHYS, "one\ntwo"), (Passage.LESSONS, "l\n\n<&>")]


async def test_a_new_text_takes_the_place_of_the_old_one_and_no_other(sessions: Sessions) -> None:
    async with sessions.begin() as session:
        made = await started(session)
        await passages.write(session, "T1", made.id, {Passage.WHYS: "a", Passage.LESSONS: "b"})
        await passages.write(session, "T1", made.id, {Passage.WHYS: "c"})
        assert await passages.written(session, made.id) == {
            Passage.WHYS: "c",
            Passage.LESSONS: "b",
        }


async def test_an_emptied_text_is_gone(sessions: Sessions) -> None:
    async with sessions.begin() as session:
        made = await started(session)
        await passages.write(session, "T1", made.id, {Passage.WHYS: "a", Passage.LESSONS: "b"})
        await passages.write(session, "T1", made.id, {Passage.WHYS: " \n", Passage.LESSONS: ""})
        assert await passages.written(session, made.id) == {}
        await passages.write(session, "T1", made.id, {})


async def test_each_postmortem_has_its_own(sessions: Sessions) -> None:
    async with sessions.begin() as session:
        first = await started(session)
        second = await started(session, channel="C2", submission="V2")
        await passages.write(session, "T1", first.id, {Passage.WHYS: "a"})
        await passages.write(session, "T1", second.id, {Passage.WHYS: "b"})
        assert await passages.written(session, first.id) == {Passage.WHYS: "a"}


async def test_notes_hold_pages_of_text(sessions: Sessions) -> None:
    async with sessions.begin() as session:
        made = await started(session)
        await passages.write(session, "T1", made.id, {Passage.NOTES: "é" * NOTES_MAX})
        assert len((await passages.written(session, made.id))[Passage.NOTES]) == NOTES_MAX
