"""The timeline as people type it: every line read, or named and still there."""

from blocks.postmortems import OPEN_TIMELINE
from domain.timeline import TimelineEntry
from storage import timeline
from tests.scenarios.stage import STARTED, Stage

#: Ana's zone is New York, where the incident started at 09:03.
LINES = "09:03 failover started\n09:07 first alert\n10:20 all clear"


async def entries(slack: Stage) -> list[TimelineEntry]:
    async with slack.bot.database.sessions() as session:
        return await timeline.entries(session, 1)


async def refused(slack: Stage, text: str, by: str = "ana") -> str:
    """Give what is said under a timeline that was not taken; what was typed is still there."""
    form = (await slack.opened(by, OPEN_TIMELINE)).fill(entries=text)
    answer = await form.submit()
    assert not answer.closed
    assert form.values["entries"]["value"]["value"] == text
    assert await entries(slack) == []
    return answer.errors["entries"]


async def test_times_are_read_in_the_zone_of_whoever_types(slack: Stage) -> None:
    await slack.started()
    await slack.saved("ana", OPEN_TIMELINE, entries=LINES)
    assert [f"{one.at:%H:%M} {one.text}" for one in await entries(slack)] == [
        "14:03 failover started",
        "14:07 first alert",
        "15:20 all clear",
    ]


async def test_another_person_sees_the_same_entries_in_their_own_zone(slack: Stage) -> None:
    await slack.started()
    await slack.saved("ana", OPEN_TIMELINE, entries=LINES)
    form = await slack.opened("mei", OPEN_TIMELINE)
    assert form.values["entries"]["value"]["value"].startswith("2026-11-20 23:03 failover started")
    assert "Times are read in *Asia/Tokyo*" in form.text()


async def test_saving_what_another_zone_shows_changes_nothing(slack: Stage) -> None:
    await slack.started()
    await slack.saved("ana", OPEN_TIMELINE, entries=LINES)
    before = await entries(slack)
    await slack.saved("mei", OPEN_TIMELINE)
    assert await entries(slack) == before


async def test_every_way_to_write_a_time_is_read(slack: Stage) -> None:
    await slack.started()
    text = (
        "2:05pm UTC first alert\nyesterday 23:50 deploy of checkout 4.2\n"
        "2026-11-20T14:03Z failover\n• 10:20 - all clear\n\n| 10:30 | paged |"
    )
    await slack.saved("ana", OPEN_TIMELINE, entries=text)
    read = {one.text: f"{one.at:%d %H:%M}" for one in await entries(slack)}
    assert read == {
        "failover": "20 14:03",
        "first alert": "20 14:05",
        "all clear": "20 15:20",
        "paged": "20 15:30",
        "deploy of checkout 4.2": "24 04:50",
    }


async def test_bad_lines_are_named_by_number_and_nothing_is_lost(slack: Stage) -> None:
    await slack.started()
    said = await refused(slack, "09:03 failover\n25:10 rollback\n\nthen we waited\n10:20 clear")
    second, fourth = said.splitlines()
    assert second.startswith("Line 2, “25:10 rollback”: 25:10 is not a time of day.")
    assert fourth.startswith("Line 4, “then we waited”: this does not begin with a time.")
    assert fourth.endswith("Write 14:03 or 2026-11-21 14:03, then what happened.")


async def test_a_bad_line_is_told_at_the_input_it_was_typed_into(slack: Stage) -> None:
    await slack.started()
    await slack.saved("ana", OPEN_TIMELINE, entries=LINES)
    form = await slack.opened("ana", OPEN_TIMELINE)
    answer = await form.fill(**{"entries": "09:03 x\n", "entries.2": "09:10 y\nbad line"}).submit()
    assert list(answer.errors) == ["entries.2"]
    assert answer.errors["entries.2"].startswith("Line 3, “bad line”: ")


async def test_what_has_not_happened_yet_is_refused(slack: Stage) -> None:
    await slack.started()
    said = await refused(slack, "09:03 failover\n2099-01-01 10:00 flying cars")
    assert said.startswith("“flying cars” is in the future: 2099-01-01 15:00 UTC. Write when")


async def test_a_zone_that_is_not_read_is_never_taken_for_ones_own(slack: Stage) -> None:
    await slack.started()
    said = await refused(slack, "09:03 PT failover")
    assert "PT is not read. Leave it out for America/New_York time" in said
    await slack.saved("ana", OPEN_TIMELINE, entries="15:03 UTC+1 failover")
    assert f"{(await entries(slack))[0].at:%d %H:%M}" == "20 14:03"


async def test_the_form_says_which_day_a_line_without_a_date_takes(slack: Stage) -> None:
    await slack.started()
    words = (await slack.opened("ana", OPEN_TIMELINE)).text()
    assert "takes the day of the line above it" in words
    assert "Write the date where that is not meant." in words


async def test_bad_lines_can_be_mended_in_the_form(slack: Stage) -> None:
    await slack.started()
    form = (await slack.opened("ana", OPEN_TIMELINE)).fill(entries="25:10 rollback")
    await form.submit()
    assert (await form.fill(entries="15:10 rollback").submit()).closed
    assert [one.text for one in await entries(slack)] == ["rollback"]


async def test_a_time_in_a_daylight_saving_gap_is_refused(slack: Stage) -> None:
    await slack.started()
    said = await refused(slack, "2026-03-08 02:30 deploy")
    assert "02:30 did not exist on 2026-03-08 in America/New_York" in said
    assert "Write the time with UTC" in said


async def test_a_time_that_happened_twice_is_asked_about(slack: Stage) -> None:
    await slack.started()
    said = await refused(slack, "2026-11-01 01:30 deploy")
    assert "write 01:30-04:00 or 01:30-05:00" in said
    await slack.saved("ana", OPEN_TIMELINE, entries="2026-11-01 01:30-05:00 deploy")
    assert f"{(await entries(slack))[0].at:%d %H:%M}" == "01 06:30"


async def test_a_pasted_table_is_read_row_by_row(slack: Stage) -> None:
    await slack.started()
    rows = "|---|---|\n| 09:03 | failover started |\n| 09:07 UTC-05:00 | first alert |"
    await slack.saved("ana", OPEN_TIMELINE, entries=rows)
    assert [one.text for one in await entries(slack)] == ["failover started", "first alert"]


async def test_a_pasted_tables_heading_is_named(slack: Stage) -> None:
    await slack.started()
    said = await refused(slack, "| Time | What |\n|---|---|\n| 09:03 | failover |")
    assert said.startswith("Line 1, “| Time | What |”: this row does not begin with a time.")
    assert "Delete it if it is the table's heading." in said


async def test_a_timeline_of_120_entries_survives_being_opened_and_saved(slack: Stage) -> None:
    await slack.started()
    lines = [f"{9 + n // 60:02}:{n % 60:02} step {n:03} of the story" for n in range(3, 123)]
    await slack.saved("ana", OPEN_TIMELINE, entries="\n".join(lines[:60]))
    form = await slack.opened("ana", OPEN_TIMELINE)
    rest = {"entries.2": "\n".join(lines[60:])}
    assert (await form.fill(**rest).submit()).closed
    stored = await entries(slack)
    assert [one.text[5:8] for one in stored] == [f"{n:03}" for n in range(3, 123)]
    await slack.saved("bob", OPEN_TIMELINE)
    assert await entries(slack) == stored
    await slack.settled()
    assert "120 entries" in slack.card().words()


async def test_edited_entries_keep_who_they_are(slack: Stage) -> None:
    await slack.started()
    await slack.saved("ana", OPEN_TIMELINE, entries=LINES)
    before = {one.text: one.id for one in await entries(slack)}
    text = "09:01 deploy\n09:03 failover began\n09:07 first alert\n10:25 all clear"
    await slack.saved("ana", OPEN_TIMELINE, entries=text)
    after = {one.text: one.id for one in await entries(slack)}
    assert after["first alert"] == before["first alert"]
    assert after["failover began"] == before["failover started"]
    assert after["all clear"] == before["all clear"]
    assert after["deploy"] not in before.values()


async def test_a_timeline_can_be_emptied(slack: Stage) -> None:
    await slack.started()
    await slack.saved("ana", OPEN_TIMELINE, entries=LINES)
    await slack.saved("ana", OPEN_TIMELINE, entries=None)
    assert await entries(slack) == []
    assert "Nothing yet. One line for each thing" in slack.card().words()


async def test_the_day_of_the_incident_is_the_day_of_a_bare_time(slack: Stage) -> None:
    await slack.started(started_at=STARTED.replace(hour=23))
    await slack.saved("ana", OPEN_TIMELINE, entries="18:00 failover\n01:10 all clear")
    assert [f"{one.at:%d %H:%M}" for one in await entries(slack)] == ["20 23:00", "21 06:10"]
