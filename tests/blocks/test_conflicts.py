"""Saving over somebody else's change loses nothing, and is never done unawares."""

from blocks.conflicts import conflict
from blocks.facts import BY_RULE, HURT_CUSTOMERS, NOVEL
from blocks.forms import opened, values
from blocks.limits import check_view
from blocks.parts import View
from blocks.postmortems import facts_modal
from blocks.timeline import timeline_modal
from tests.blocks.samples import EDIT, ENTRY, POSTMORTEM, marked_up, submitted


def timeline_form(typed: str = "14:03 mine") -> View:
    """A timeline's form as it was submitted."""
    return submitted(timeline_modal(POSTMORTEM, [ENTRY], "UTC", 2), {"entries": typed})


def test_what_was_typed_is_kept_under_a_warning_that_shows_theirs() -> None:
    fresh = timeline_modal(POSTMORTEM, [], "UTC", 3)
    view = check_view(conflict(fresh, timeline_form(), EDIT, "14:05 <!channel>\n14:06 b"))

    assert values(submitted(view)) == {"entries": "14:03 mine"}
    assert "<@U2BEN> changed the timeline" in marked_up(view)[0]
    assert marked_up(view)[1] == ">14:05 &lt;!channel&gt;\n>14:06 b"


def test_all_of_theirs_is_shown_however_long_it_is() -> None:
    theirs = [f"14:05 step {number} of the incident & its many words" for number in range(500)]
    view = check_view(conflict(timeline_form(), timeline_form(), EDIT, "\n".join(theirs)))

    words = "\n".join(marked_up(view))
    assert all(f"step {number} of" in words for number in range(500))
    assert "more lines" not in words


def test_what_is_too_long_even_so_says_how_much_is_hidden() -> None:
    theirs = "\n".join(["14:05 " + "&" * 900] * 60)
    view = check_view(conflict(timeline_form(), timeline_form(), EDIT, theirs))

    assert "There are 20 more lines: close this form to see them all." in "\n".join(marked_up(view))


def test_saving_again_replaces_theirs() -> None:
    view = conflict(timeline_form(), timeline_form(), EDIT, "14:05 b")

    assert opened(view).seen == EDIT.version
    assert "state" not in view
    assert "id" not in view


def test_a_second_conflict_replaces_the_first_warning() -> None:
    once = conflict(timeline_form(), timeline_form(), EDIT, "14:05 zebra")
    twice = check_view(conflict(once, submitted(once), EDIT, ""))

    words = "\n".join(marked_up(twice))
    assert "zebra" not in words
    assert "nothing: it was emptied" in words
    assert len(twice["blocks"]) == len(once["blocks"])


def test_every_kind_of_input_keeps_what_was_chosen() -> None:
    mine = submitted(facts_modal(POSTMORTEM, 1))
    mine["state"]["values"]["novelty"]["value"]["selected_options"] = []
    mine["state"]["values"]["responders"]["value"]["selected_users"] = ["U9"]

    again = values(submitted(check_view(conflict(facts_modal(POSTMORTEM, 2), mine, EDIT, "x"))))

    assert again == values(mine)
    assert again["tier_override"] == BY_RULE


def test_a_choice_is_preset_as_the_form_offers_it_not_as_slack_echoes_it() -> None:
    mine = submitted(facts_modal(POSTMORTEM, 1))
    state = mine["state"]["values"]
    echo = {"text": {"type": "plain_text", "text": "P1", "emoji": True}}
    state["severity"]["value"]["selected_option"] = echo | {"value": "P1"}
    state["novelty"]["value"]["selected_options"] = [
        echo | {"value": one} for one in (NOVEL, HURT_CUSTOMERS)
    ]

    view = check_view(conflict(facts_modal(POSTMORTEM, 2), mine, EDIT, "x"))

    elements = {one["block_id"]: one["element"] for one in view["blocks"] if "element" in one}
    assert elements["severity"]["initial_option"] in elements["severity"]["options"]
    assert elements["severity"]["initial_option"]["value"] == "P1"
    assert elements["novelty"]["initial_options"] == elements["novelty"]["options"]


def test_theirs_at_its_longest_fits() -> None:
    check_view(conflict(timeline_form(), timeline_form("a" * 3000), EDIT, "&\n" * 90_000))
