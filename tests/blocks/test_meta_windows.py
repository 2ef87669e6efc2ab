"""The windows of a meta-review: pages of patterns and of incidents, and the form of a fix."""

from dataclasses import replace

from blocks import meta_windows as windows
from blocks.limits import check_view
from blocks.meta_patterns import Known
from blocks.parts import View
from domain.meta_reviews import FIX_MAX
from sandbox.checks.views import check_view as check_as_slack
from tests.blocks.samples import marked_up, submitted
from tests.blocks.test_meta_reviews import CREDENTIAL, FIX, INCIDENT, META, NOW, seen, trend


def said(view: View) -> str:
    """All that a window says, after Slack has checked it."""
    check_as_slack(check_view(view))
    return "\n".join(marked_up(view["blocks"]))


def turns(view: View) -> list[tuple[str, str]]:
    """The buttons that turn the page: label and value."""
    last = view["blocks"][-1]
    buttons = last["elements"] if last["type"] == "actions" else []
    return [(each["text"]["text"], each["value"]) for each in buttons]


def test_all_patterns_are_shown_by_pages() -> None:
    many = seen(*(trend(n, n) for n in range(2, 25)))
    first = windows.patterns_window(many, 0)
    assert said(first).startswith("*class 24*")
    assert turns(first) == [("Lighter", "41:1")]
    last = windows.patterns_window(many, 2)
    assert "*class 2*" in said(last)
    assert turns(last) == [("Heavier", "41:1")]


def test_a_page_that_is_gone_is_the_last_one() -> None:
    assert "*expired credential*" in said(windows.patterns_window(seen(CREDENTIAL), 7))
    assert "No class has come up twice" in said(windows.patterns_window(seen(), 7))


def test_behind_a_pattern_stand_its_incidents_by_pages() -> None:
    known = Known(shown=[INCIDENT] * 15, public=40, private=2)
    window = windows.pattern_window(seen(CREDENTIAL, fixes={1: FIX}), CREDENTIAL, known, 1)
    words = said(window)
    assert words.count("PM-3 Certificate ran out") == 15
    assert ">A job renews them" in words
    assert "And 2 of private channels." in words
    assert turns(window) == [("Newer", "1:0"), ("Older", "1:2")]


def test_a_pattern_of_private_incidents_names_none() -> None:
    window = windows.pattern_window(seen(CREDENTIAL), CREDENTIAL, Known(private=3), 0)
    assert "_None that can be named._" in said(window)


def test_of_a_closed_meta_review_no_fix_can_be_proposed() -> None:
    closed = seen(CREDENTIAL, meta=replace(META, closed_at=NOW, closed_by="U1"))
    window = windows.pattern_window(closed, CREDENTIAL, Known(), 0)
    assert "_No fix was proposed._" in said(window)
    assert all(each["type"] != "actions" for each in window["blocks"])


def test_the_form_shows_the_fix_that_is_proposed() -> None:
    form = windows.fix_form(seen(CREDENTIAL, fixes={1: FIX}), CREDENTIAL)
    said(form)
    request = windows.read_fix(submitted(form))
    assert request == windows.FixRequest(
        postmortem_id=41, class_id=1, fix=FIX.fix, seen=NOW.isoformat()
    )


def test_a_fix_that_somebody_else_proposed_meanwhile_overtakes_it() -> None:
    form = windows.fix_form(seen(CREDENTIAL), CREDENTIAL)
    request = windows.read_fix(submitted(form, {"fix": "A page"}))
    assert request.is_overtaken_by(FIX)
    assert not request.is_overtaken_by(None)
    assert not request.is_overtaken_by(replace(FIX, fix="A page"))


def test_what_was_typed_stays_below_the_fix_that_overtook_it() -> None:
    form = windows.fix_form(seen(CREDENTIAL), CREDENTIAL)
    mine = submitted(form, {"fix": "A page"})
    again = windows.overtaken_form(mine, replace(FIX, fix="&" * FIX_MAX))
    assert "proposed another fix" in said(again)
    twice = windows.overtaken_form(submitted(again), FIX)
    assert said(twice).count("proposed another fix") == 1
    request = windows.read_fix(submitted(twice))
    assert (request.fix, request.is_overtaken_by(FIX)) == ("A page", False)
