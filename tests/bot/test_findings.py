"""What the doctor found, as people and as programs read it."""

import json

from bot.findings import Finding, State, as_json, as_table, is_well, note, ok, wrong

FOUND = [
    ok("Database", "closedloop.sqlite3 answers."),
    note("Jira", "It is not set up."),
    wrong("GitHub acme/shop", "\x1b[2JIt has no issues."),
]


def test_what_was_found_is_a_table_that_obeys_nobodys_words() -> None:
    assert as_table(FOUND).splitlines() == [
        "ok     Database          closedloop.sqlite3 answers.",
        "note   Jira              It is not set up.",
        "wrong  GitHub acme/shop   [2JIt has no issues.",
        "",
        "1 of 3 is wrong.",
    ]
    assert as_table(FOUND[:2]).endswith("All is well.")
    assert as_table([FOUND[2], FOUND[2]]).endswith("2 of 2 are wrong.")


def test_what_was_found_can_be_read_by_a_program() -> None:
    told = json.loads(as_json(FOUND))
    assert told["well"] is is_well(FOUND) is False
    found = [Finding(**each | {"state": State(each["state"])}) for each in told["checks"]]
    assert found == FOUND
