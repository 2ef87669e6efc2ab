"""What old postmortems asked for is kept line by line."""

import pytest

from tests.documents.samples import asked


@pytest.mark.parametrize(
    "heading",
    [
        *("Action Items", "Follow-ups", "Corrective actions", "Next steps", "Remediation"),
        *("Follow up actions", "4. Action items (owner)", "ACTION ITEMS:", "🔧 Action items"),
        *("Corrective and preventive measures", "Recommendations", "TODO", "Tasks"),
    ],
)
def test_action_items_have_many_names(heading: str) -> None:
    assert asked("- Watch certificates\n- Write a runbook", heading) == [
        "Watch certificates",
        "Write a runbook",
    ]


def test_items_in_a_table_keep_owner_and_ticket_in_their_words() -> None:
    table = "| # | Action | Owner | Ticket |\n|--|--|--|--|\n| 1 | Watch it | ana | OPS-1 |\n"
    assert asked(table) == ["Watch it (#: 1; Owner: ana; Ticket: OPS-1)"]


def test_nested_items_are_a_line_each_and_details_stay_with_theirs() -> None:
    text = (
        "- Prevent:\n  - Watch it\n    - Owner: ana\n    - Due: June\n- Pin it\n  - and test it\n"
    )
    assert asked(text) == ["Prevent: Watch it (Owner: ana; Due: June)", "Pin it", "and test it"]


def test_items_below_headings_of_their_own_say_which() -> None:
    assert asked("### Short term\n\n- Watch it\n\n### Long term\n\n- Replace it\n") == [
        "Short term: Watch it",
        "Long term: Replace it",
    ]


def test_links_stay_as_text() -> None:
    assert asked("- **Fix** [OPS-1](https://t.example/1) in `main`") == [
        "Fix [OPS-1](https://t.example/1) in `main`"
    ]


def test_untouched_placeholders_are_no_items_and_words_are() -> None:
    assert asked("- TODO\n- <fill in>\n- \n- Remove the TODO in the runbook") == [
        "Remove the TODO in the runbook"
    ]
