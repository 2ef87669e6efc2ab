"""Slack's user object, read as the rules need it."""

from typing import Any

import pytest

from handlers.people import person_from


@pytest.mark.parametrize(
    ("said", "is_outsider"),
    [
        ({}, False),
        ({"team_id": "T1"}, False),
        ({"team_id": "T2"}, True),
        ({"team_id": "T2", "teams": ["T2", "T1"]}, False),
        ({"team_id": "T2", "enterprise_user": {"teams": ["T2", "T1"]}}, False),
        ({"team_id": "T2", "enterprise_user": {"teams": ["T2"]}}, True),
        ({"team_id": "T1", "is_stranger": True}, True),
    ],
)
def test_who_belongs_to_the_workspace(said: dict[str, Any], is_outsider: bool) -> None:  # noqa: FBT001 - a column of the table
    assert person_from({"id": "U1", **said}, "T1").is_outsider is is_outsider
