"""The question for missing classes, at its longest, and the form that gives them."""

from datetime import UTC, datetime

from blocks import untagged as blocks
from blocks.causal_classes import Choice
from blocks.forms import Opened
from blocks.limits import check_message, check_view
from domain.causal_classes import CLASSES_MAX, NAME_MAX, CausalClass
from domain.class_suggestions import Suggestion
from domain.tagged import TAGGED_MOST, TaggedIncident
from domain.untagged import LISTED_MOST, Untagged, UntaggedIncident
from sandbox.checks.views import check_view as check_as_slack
from tests.blocks.samples import marked_up, submitted, titled

NOW = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
LONG = UntaggedIncident(id=1, number=99_999, title="<" * 200, service="&" * 60, started_at=NOW)
CLASSES = [CausalClass(id=n, name="<" * NAME_MAX) for n in range(1, 31)]


def said(found: Untagged) -> str:
    """All that the message says, after its weight was checked."""
    return "\n".join(marked_up(check_message(blocks.untagged_message(found))["blocks"]))


def test_the_longest_list_is_one_that_slack_takes() -> None:
    words = said(Untagged(listed=[LONG] * LISTED_MOST, public=99_999, private=7))
    assert "100006 incidents of the last twelve months have no class yet" in words
    assert "99984 older ones come up as these get their classes. 7 are of private" in words


def test_only_private_ones_are_only_counted() -> None:
    words = said(Untagged(private=1))
    assert "1 incident of the last twelve months has no class yet" in words
    assert "1 is of private channels, whose members choose in their channel." in words


def test_one_line_says_that_none_is_left() -> None:
    message = blocks.untagged_message(Untagged())
    assert message["blocks"] == [
        {"type": "section", "text": {"type": "mrkdwn", "text": message["text"], "verbatim": True}}
    ]


def test_what_was_tagged_is_told_at_its_longest_and_no_more_than_ten() -> None:
    one = TaggedIncident(number=99_999, classes=("<" * NAME_MAX,) * CLASSES_MAX, by="U1")
    message = check_message(blocks.untagged_message(Untagged(), [one] * (TAGGED_MOST + 1)))
    words = "\n".join(marked_up(message["blocks"]))
    assert words.count(", chosen by <@U1>") == TAGGED_MOST
    assert words.endswith("… and more.")


def test_it_says_in_which_numbers_they_count_and_in_which_not() -> None:
    words = said(Untagged(listed=[LONG], public=1))
    assert "they count in times and severities, but not in the repeat rate" in words


def test_the_form_has_a_choice_and_is_read_back() -> None:
    suggested = [Suggestion(class_id=3, phrase="<" * 200)]
    choice = Choice(taxonomy=CLASSES, suggested=suggested)
    view = blocks.choosing_form(titled(title="<" * 200), 4, choice)
    check_as_slack(check_view(view))
    opened, chosen = blocks.read_choosing(submitted(view))
    assert (opened, chosen) == (Opened(postmortem_id=opened.postmortem_id, seen=4), (3,))
    assert view["blocks"][-1]["optional"] is False
