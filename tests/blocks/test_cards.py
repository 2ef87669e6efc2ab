"""The card: everything at a glance, within Slack's limits, obeying nothing that was typed."""

import re
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blocks.cards import PostmortemView, card, hub_modal
from blocks.item_buttons import OPEN_ITEM
from blocks.limits import check_message, check_view
from domain.action_items import ItemState
from domain.postmortems import Severity, Tier
from domain.timeline import Milestone
from tests.blocks.samples import (
    EMPTY,
    ENTRY,
    FACTOR,
    FULL,
    ITEM,
    POSTMORTEM,
    marked_up,
    titled,
    whole,
)

OURS = re.compile(r"<(@[A-Z0-9]+|#[A-Z0-9]+|!date\^\d+\^[^|<>]+\|[^|<>]+)>")
NOTHING = PostmortemView(
    postmortem=replace(titled(severity=Severity.P1, impact="", responders=()), root_cause=""),
    filled=EMPTY,
)


def words(view: PostmortemView) -> str:
    """All that the card says."""
    return "\n".join(marked_up(card(view)["blocks"]))


def buttons(view: PostmortemView) -> dict[str, str]:
    """The card's buttons: action id → what each hands back."""
    found = {}
    for block in card(view)["blocks"]:
        for part in [*block.get("elements", []), block.get("accessory", {})]:
            if part.get("type") == "button":
                found[part["action_id"]] = part["value"]
    return found


def test_a_card_says_what_happened_how_bad_and_how_long() -> None:
    said = words(whole())

    assert "*P2* · *Tier 2, standard postmortem* · checkout" in said
    assert "detected after 4 min · recovered after 1 h 12 min" in said
    assert "Responders <@U1ADA> <@U2BEN>" in said
    assert ">One checkout in five failed." in said


def test_a_card_reads_well_as_a_notification() -> None:
    assert card(whole())["text"] == (
        "PM-7 Checkout latency above 8 s (P2, tier 2). Nothing is missing."
    )
    assert card(NOTHING)["text"] == (
        "PM-7 Checkout latency above 8 s (P1, tier 1). Still missing: impact, "
        "when it was detected, when it was recovered, timeline, contributing factors, "
        "five whys, root cause, causal class, what went well, what went wrong, lessons, "
        "2 action items."
    )


@pytest.mark.parametrize(
    ("fields", "line"),
    [
        ({"reschedules": 1}, "<@U2BEN> · P1 · due 5 Dec 2026, moved once · guardrail"),
        ({"reschedules": 4}, "<@U2BEN> · P1 · due 5 Dec 2026, moved 4 times · guardrail"),
        (
            {"state": ItemState.VERIFIED},
            ":white_check_mark: *verified* · <@U2BEN> · P1 · guardrail",
        ),
        (
            {"reviews_seen": 2},
            ":hourglass: *expired* (open at 2 monthly reviews) · <@U2BEN> · P1 · due 5 Dec 2026",
        ),
    ],
)
def test_an_item_shows_on_its_face_what_became_of_it(fields: dict[str, Any], line: str) -> None:
    assert line in words(replace(whole(), items=(replace(ITEM, **fields),)))


@pytest.mark.parametrize("state", list(ItemState))
def test_an_item_is_opened_whatever_became_of_it(state: ItemState) -> None:
    view = replace(whole(), items=(replace(ITEM, state=state),))

    assert buttons(view)[OPEN_ITEM] == "90"
    assert (f"*{state}*" in words(view)) is (state is not ItemState.OPEN)


def test_a_card_names_what_is_missing_for_its_tier() -> None:
    assert "*Still missing for tier 1:* impact, when it was detected" in words(NOTHING)
    assert "*Everything is written. 2 people have yet to agree.*" in words(whole())


def test_an_empty_card_offers_every_section() -> None:
    assert check_message(card(NOTHING))
    assert buttons(NOTHING) == dict.fromkeys(
        (
            "open_facts",
            "open_timeline",
            "open_factors",
            "open_root_cause",
            "open_lessons",
            "find_entries",
            "add_item",
            "accept_risk",
            "call_review",
            "hand_over",
        ),
        "41",
    )


def test_an_item_shows_all_that_was_promised() -> None:
    said = words(whole())

    assert "*1. Drain connections before a failover*" in said
    assert "_Done when:_ A failover in staging loses no request" in said
    assert "<@U2BEN> · P1 · due 5 Dec 2026 · guardrail" in said
    assert "_Answers:_ Retries had no limit" in said
    assert buttons(whole())["open_item"] == "90"


def test_an_item_that_answers_no_factor_says_nothing_of_it() -> None:
    view = replace(whole(), items=[replace(ITEM, factor_id=None)], factors=[FACTOR])

    assert "Answers" not in words(view)


def test_a_full_postmortem_offers_no_further_item() -> None:
    assert "add_item" in buttons(whole(times=2))
    assert "add_item" not in buttons(whole(times=3))
    assert "accept_risk" in buttons(whole(times=3))
    assert "*Action items* · 3 of 3" in words(whole(times=3))


def test_a_paragraph_holds_one_item_and_no_root_cause() -> None:
    view = replace(whole(), postmortem=titled(severity=Severity.P3))

    assert "*Action items* · 1 of 1" in words(view)
    assert "*What happened*" in words(view)


def test_a_long_section_shows_its_first_lines_and_how_many_more_there_are() -> None:
    said = words(whole(times=30))

    assert "*Timeline* · 30 entries" in said
    assert "_… and 22 more_" in said
    assert "_… and 21 more under Edit_" in said
    assert "_… and 6 more_" in said


def test_a_shortened_timeline_shows_every_milestone_in_its_order() -> None:
    first = POSTMORTEM.created_at
    entries = [
        replace(ENTRY, at=first + timedelta(minutes=n), text=f"line {n}.", milestone=None)
        for n in range(30)
    ]
    entries[29] = replace(entries[29], milestone=Milestone.RECOVERED)
    said = words(replace(whole(), entries=entries))

    assert re.findall(r"line (\d+)\.", said) == ["0", "1", "2", "3", "4", "5", "6", "29"]


@pytest.mark.parametrize(("number", "hidden"), [(10, 0), (11, 3)])
def test_a_timeline_is_not_cut_for_a_line_or_two(number: int, hidden: int) -> None:
    entries = [replace(ENTRY, text=f"line {n}.", milestone=None) for n in range(number)]
    said = words(replace(whole(), entries=entries))

    assert len(re.findall(r"line \d+\.", said)) == number - hidden
    assert (f"_… and {hidden} more_" in said) is bool(hidden)


def entries_apart(hours: int) -> PostmortemView:
    first, second = whole(times=2).entries
    at = POSTMORTEM.created_at
    apart = [replace(first, at=at), replace(second, at=at + timedelta(hours=hours))]
    return replace(whole(), entries=apart)


def test_entries_of_another_day_say_so() -> None:
    later = words(entries_apart(hours=36))

    assert "2026-11-21 14:03 UTC>  failover started" in later
    assert "2026-11-23 02:03 UTC>  failover started" in later
    assert "^{time}|" not in later


def test_a_night_needs_no_days_for_each_reader_has_another_midnight() -> None:
    later = words(entries_apart(hours=12))

    assert later.count("^{time}|") == 2
    assert "{date_short_pretty} at {time}|2026-11-22 02:03 UTC>" in later


def test_a_card_says_who_changed_what_last() -> None:
    assert "last change: timeline by <@U2BEN>" in words(whole())
    assert "begun by <@U1ADA>" in words(NOTHING)


def test_a_tier_that_somebody_chose_says_why() -> None:
    chosen = titled(tier_override=Tier.FULL, tier_reason="The board <!here> asked")
    said = words(PostmortemView(postmortem=chosen, filled=FULL))

    assert "_Tier 2 by the rule, tier 1 because:_ The board &lt;!here&gt; asked" in said


def test_what_is_not_known_yet_is_not_said() -> None:
    view = replace(NOTHING, postmortem=titled(detected_at=None, recovered_at=None))

    assert "detected after" not in words(view)
    assert "recovered after" not in words(view)


def test_many_responders_are_counted() -> None:
    view = replace(whole(), postmortem=titled(responders=tuple(f"U{n}" for n in range(50))))

    assert "<@U11> and 38 more" in words(view)


@pytest.mark.parametrize("letter", ["a", "&", "<!channel>", "é", "a\n", "> \n"])
def test_a_postmortem_at_its_longest_is_a_card_and_a_window_slack_takes(letter: str) -> None:
    view = whole(letter * 3000, times=500)

    check_message(card(view))
    check_view(hub_modal(view))


@given(st.text(alphabet=st.sampled_from("<>&!@#|^\n`*_~ aU1")) | st.text())
def test_nothing_typed_becomes_mark_up_that_slack_obeys(typed: str) -> None:
    message = card(whole(typed or "-", times=2))

    for said in [*marked_up(message["blocks"]), message["text"]]:
        assert "<" not in OURS.sub("", said)


def test_the_window_shows_what_the_card_shows() -> None:
    view = check_view(hub_modal(whole()))

    assert view["title"]["text"] == "Postmortem PM-7"
    assert marked_up(view["blocks"]) == marked_up(card(whole())["blocks"])
