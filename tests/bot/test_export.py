"""`closedloop export`: what is written, where, and what is refused."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bot.export import CannotExport, Exported, Wanted, export
from bot.imported import File, keep
from documents.as_data import to_json
from documents.document import Document
from documents.reading import read_own
from domain.people import Person
from domain.postmortems import Postmortem
from handlers.documents import document_of, markdown_of
from storage import people, postmortems, workspaces
from storage.engine import Sessions
from tests.documents.incidents import incident
from tests.storage.samples import NOW, started

ALL = Wanted(everything=True)
INCIDENT = incident(key="PM-1")


async def kept(sessions: Sessions, document: Document, workspace: str = "T1") -> Postmortem:
    """Import a document whose people and classes are all here."""
    here = [Person(id=each, name=name) for each, name in document.names.items()]
    async with sessions.begin() as session:
        await workspaces.ensure(session, workspace)
        await people.remember(session, workspace, here, NOW)
        file = File(name=document.facts.title, digest="1")
        made, warnings = await keep(session, workspace, file, document, document.entries[-1].at)
    assert not warnings
    async with sessions() as session:
        found = await postmortems.find(session, workspace, made.id)
    assert found is not None
    return found


async def exported(url: str, wanted: Wanted, **how: Any) -> Exported:
    return await export(url, wanted, **({"format_name": "markdown", "folder": None} | how))


async def some(sessions: Sessions) -> None:
    """Start one in a public channel and one in a private one."""
    async with sessions.begin() as session:
        await started(session)
        await started(session, channel="C2", is_private=True)


async def test_everything_the_database_knows_is_in_the_document(sessions: Sessions) -> None:
    made = await kept(sessions, INCIDENT)
    async with sessions() as session:
        assert await document_of(session, made) == INCIDENT


async def test_export_and_import_give_the_same_postmortem(sessions: Sessions) -> None:
    made = await kept(sessions, replace(INCIDENT, is_private=True))
    async with sessions() as session:
        before = read_own(await markdown_of(session, made))
    assert before is not None
    again = await kept(sessions, before, workspace="T2")
    async with sessions() as session:
        assert await document_of(session, again) == before


async def test_one_is_printed(sessions: Sessions, database_url: str) -> None:
    await some(sessions)
    for key in ("PM-1", "pm-01", " 1 "):
        printed = await exported(database_url, Wanted(keys=[key]))
        assert "\n# PM-1 · Checkout latency\n" in printed.text
        assert printed.told == ""


async def test_several_become_a_file_each(
    sessions: Sessions, database_url: str, tmp_path: Path
) -> None:
    await some(sessions)
    folder = tmp_path / "new" / "postmortems"
    wanted = Wanted(keys=["PM-2", "PM-1", "PM-2"])
    done = await exported(database_url, wanted, folder=folder)
    assert done == Exported(told=f"2 postmortems written to {folder}.")
    assert sorted(each.name for each in folder.iterdir()) == ["PM-1.md", "PM-2.md"]
    read = read_own((folder / "PM-2.md").read_text(encoding="utf-8"))
    assert read is not None
    assert read.is_private


async def test_what_is_private_goes_along_only_when_asked_for(
    sessions: Sessions, database_url: str, tmp_path: Path
) -> None:
    await some(sessions)
    done = await exported(database_url, ALL, folder=tmp_path)
    left_out = "Left out: 1 of private channels. Add --private for these."
    assert done.told == f"1 postmortem written to {tmp_path}. {left_out}"
    done = await exported(database_url, replace(ALL, private=True), folder=tmp_path)
    assert done.told == f"2 postmortems written to {tmp_path}."


async def test_json_is_an_object_for_one_and_a_list_for_several(
    sessions: Sessions, database_url: str
) -> None:
    await some(sessions)
    one = await exported(database_url, Wanted(keys=["PM-1"]), format_name="json")
    everything = await exported(database_url, ALL, format_name="json")
    assert json.loads(everything.text) == [json.loads(one.text)]
    assert everything.told.startswith("Left out: 1")


def test_json_has_our_fields_in_their_order_and_days_in_iso() -> None:
    said = json.loads(to_json(incident()))
    assert [*said][:4] == ["facts", "key", "is_private", "names"]
    assert said["facts"]["started_at"] == "2026-11-21T13:40:00+00:00"
    assert said["facts"]["tier"] == 2
    assert said["items"][0]["due_on"] == "2026-12-04"
    assert not {"id", "proposed_owner", "proposed_by"} & {*said["items"][0]}
    assert said["passages"]["lessons"] == "Pools are capacity."


def test_json_says_what_became_of_an_item_and_of_a_risk() -> None:
    said = json.loads(to_json(incident()))
    blocked, verified = said["items"]
    assert (blocked["original_due_on"], blocked["progress"]) == ("2026-11-27", "blocked")
    assert (verified["state"], verified["soaks_until"]) == ("verified", "2026-12-22")
    assert verified["verified_at"] == "2026-11-21T14:00:30+00:00"
    assert verified["link"] == "https://alerts.example/pool?at=9"
    assert (said["risks"][0]["renewals"], said["risks"][0]["ended_on"]) == (2, "2027-03-01")


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    ("wanted", "how", "sentence"),
    [
        (Wanted(), {}, "Name the postmortems, like PM-12 PM-14, or say --all."),
        (Wanted(keys=["PM-1"], everything=True), {}, "Name the postmortems, like"),
        (Wanted(keys=["PM-1", "PM-2"]), {}, "Name a folder with --out"),
        (Wanted(keys=["PM-3"]), {}, "There is no PM-3. The last is PM-2."),
        (Wanted(keys=["lunch"]), {}, "lunch is no key of a postmortem. Write it like PM-12."),
        (ALL, {"format_name": "csv"}, "csv is no format. Choose markdown or json."),
        (replace(ALL, workspace="T9"), {}, "Name one of the workspaces with --workspace: T1."),
    ],
)
async def test_what_cannot_be_exported_is_said_with_what_to_do(
    sessions: Sessions, database_url: str, wanted: Wanted, how: dict[str, Any], sentence: str
) -> None:
    await some(sessions)
    with pytest.raises(CannotExport) as refused:
        await exported(database_url, wanted, **how)
    assert str(refused.value).startswith(sentence)


async def test_an_empty_database_says_so(sessions: Sessions, database_url: str) -> None:
    with pytest.raises(CannotExport, match="There is nothing to export yet"):
        await exported(database_url, ALL)
    async with sessions.begin() as session:
        await workspaces.ensure(session, "T1")
    with pytest.raises(CannotExport, match=r"There is no PM-1\. There are none yet\."):
        await exported(database_url, Wanted(keys=["PM-1"]))
    assert (await exported(database_url, ALL)).text == ""
