"""Action items: three at most, one owner, a date, and a test a stranger could make (rules 1, 2)."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from domain.action_items import (
    DONE_WHEN_MAX,
    FURTHEST_DUE,
    WHAT_MAX,
    ActionItem,
    ItemKind,
    ItemState,
    check_item,
    check_tier_holds,
    default_due,
    free_position,
    max_items,
    reworded,
)
from domain.errors import RuleBroken
from domain.item_changes import changes
from domain.people import Person
from domain.postmortems import Tier
from domain.programme import Priority, Programme

TODAY = date(2026, 11, 21)
DAY = timedelta(days=1)
ANA = Person(id="U1", name="Ana")
ITEM = ActionItem(
    what="Refuse a deploy without a rollback",
    done_when="A deploy without one fails in staging",
    owner="U1",
    priority=Priority.P2,
    due_on=TODAY,
    kind=ItemKind.GUARDRAIL,
)
FULL, STANDARD, PARAGRAPH = Tier


def changed(**fields: object) -> ActionItem:
    return replace(ITEM, **fields)  # type: ignore[arg-type]  # a table of fields


@pytest.mark.parametrize(
    "fields",
    [{}, {"due_on": TODAY + FURTHEST_DUE}, {"what": "x" * WHAT_MAX, "done_when": "x" * 500}],
)
def test_an_item_that_keeps_the_rule_is_kept(fields: dict[str, object]) -> None:
    assert check_item(changed(**fields), ANA, TODAY) == changed(**fields)


@pytest.mark.parametrize(
    ("field", "fields", "sentence"),
    [
        ("what", {"what": " "}, "Say what will be different, starting with a verb."),
        (
            "what",
            {"what": "x" * (WHAT_MAX + 1)},
            "301 characters are too many: shorten it to 300 or fewer.",
        ),
        ("done_when", {"done_when": "\n"}, "Say how a stranger could check that it is done."),
        (
            "done_when",
            {"done_when": "x" * (DONE_WHEN_MAX + 1)},
            "501 characters are too many: shorten it to 500 or fewer.",
        ),
        (
            "owner",
            {"owner": ""},
            "Choose the one person who will do it, or press “Accept the risk instead” above.",
        ),
        (
            "due_on",
            {"due_on": TODAY - DAY},
            "This date has passed. Choose today or a later day.",
        ),
        (
            "due_on",
            {"due_on": TODAY + FURTHEST_DUE + DAY},
            "More than a year away is a wish. Choose an earlier day, or accept the risk.",
        ),
    ],
)
def test_an_item_that_breaks_the_rule_is_refused(
    field: str, fields: dict[str, object], sentence: str
) -> None:
    with pytest.raises(RuleBroken) as broken:
        check_item(changed(**fields), ANA, TODAY)
    assert (broken.value.field, str(broken.value)) == (field, sentence)


@pytest.mark.parametrize("owner", [None, Person(id="U2", name="Deploys", is_bot=True)])
def test_an_owner_who_cannot_answer_for_it_is_refused(owner: Person | None) -> None:
    with pytest.raises(RuleBroken) as broken:
        check_item(ITEM, owner, TODAY)
    assert broken.value.field == "owner"


@pytest.mark.parametrize(
    ("priority", "days"), [(Priority.P1, 14), (Priority.P2, 30), (Priority.P3, 60)]
)
def test_priority_sets_the_default_date(priority: Priority, days: int) -> None:
    assert default_due(priority, Programme(), TODAY) == TODAY + days * DAY


def test_a_workspace_may_set_its_own_days() -> None:
    assert default_due(Priority.P1, Programme(p1_due_days=7), TODAY) == TODAY + 7 * DAY


@pytest.mark.parametrize(("tier", "most"), [(FULL, 3), (STANDARD, 3), (PARAGRAPH, 1)])
def test_a_tier_holds_so_many_items(tier: Tier, most: int) -> None:
    assert max_items(tier) == most


@pytest.mark.parametrize(
    ("taken", "position"),
    [((), 1), ((1,), 2), ((1, 2), 3), ((2, 3), 1), ((1, 3), 2), ((3,), 1)],
)
def test_an_item_takes_the_first_free_place(taken: tuple[int, ...], position: int) -> None:
    assert free_position(FULL, taken) == position


@pytest.mark.parametrize(
    ("tier", "taken", "sentence"),
    [
        (
            FULL,
            (1, 2, 3),
            (
                "A postmortem holds at most 3 action items, and this one has them. "
                "Change one of those, or accept this as a risk."
            ),
        ),
        (
            PARAGRAPH,
            (2,),
            (
                "A tier 3 postmortem holds one action item, and it has one. "
                "Change that one, or accept this as a risk."
            ),
        ),
    ],
)
def test_a_full_postmortem_takes_no_more(tier: Tier, taken: tuple[int, ...], sentence: str) -> None:
    with pytest.raises(RuleBroken) as broken:
        free_position(tier, taken)
    assert (broken.value.field, str(broken.value)) == ("what", sentence)


@pytest.mark.parametrize(("tier", "items"), [(FULL, 3), (STANDARD, 3), (PARAGRAPH, 1)])
def test_a_tier_that_holds_the_items_may_be_chosen(tier: Tier, items: int) -> None:
    check_tier_holds(tier, items)


def test_a_tier_too_small_for_the_items_is_refused() -> None:
    with pytest.raises(RuleBroken) as broken:
        check_tier_holds(PARAGRAPH, 2)
    assert broken.value.field == "tier_override"
    assert str(broken.value).startswith("Tier 3 holds 1 action item, this postmortem has 2.")


def test_the_history_of_a_new_item_says_all_that_is_known() -> None:
    assert changes(None, ITEM) == {
        "what": ("", ITEM.what),
        "done_when": ("", ITEM.done_when),
        "owner": ("", "U1"),
        "priority": ("", "P2"),
        "due_on": ("", "2026-11-21"),
        "kind": ("", "guardrail"),
        "state": ("", "open"),
        "progress": ("", "not started"),
    }


def test_the_history_of_a_change_says_old_and_new() -> None:
    new = changed(owner="U2", due_on=TODAY + DAY, factor_id=4, id=9, position=2)
    assert changes(ITEM, new) == {
        "owner": ("U1", "U2"),
        "due_on": ("2026-11-21", "2026-11-22"),
        "factor_id": ("", "4"),
    }


def test_nothing_changed_is_no_history() -> None:
    assert changes(ITEM, ITEM) == {}


def test_an_overdue_item_can_be_worded_better() -> None:
    overdue = replace(ITEM, due_on=TODAY - timedelta(days=1))

    assert check_item(
        replace(overdue, what="Say it better"), Person(id="U1", name="Bob"), TODAY, overdue
    )
    with pytest.raises(RuleBroken, match="This date has passed"):
        check_item(
            replace(overdue, due_on=TODAY - timedelta(days=2)),
            Person(id="U1", name="Bob"),
            TODAY,
            overdue,
        )


@pytest.mark.parametrize(("days", "counted"), [(-1, 2), (0, 2), (7, 3)])
def test_a_later_date_is_counted_and_nothing_else_is_lost(days: int, counted: int) -> None:
    old = changed(id=9, position=2, reschedules=2, reviews_seen=1, due_on=TODAY + 7 * DAY)

    new = reworded(old, changed(what="Refuse it in staging too", due_on=old.due_on + days * DAY))

    assert (new.id, new.position, new.reviews_seen, new.reschedules) == (9, 2, 1, counted)
    assert new.what == "Refuse it in staging too"


@pytest.mark.parametrize(
    ("state", "seen", "expired"),
    [
        (ItemState.OPEN, 1, False),
        (ItemState.OPEN, 2, True),
        (ItemState.VERIFIED, 3, False),
        (ItemState.PROMOTED, 2, False),
    ],
)
def test_an_item_expires_when_two_reviews_saw_it_open(
    state: ItemState, seen: int, *, expired: bool
) -> None:
    assert changed(state=state, reviews_seen=seen).has_expired is expired


def test_an_expired_item_cannot_be_moved_but_worded_better() -> None:
    expired = changed(reviews_seen=2, due_on=TODAY - DAY)

    assert check_item(replace(expired, what="Say it better"), ANA, TODAY, expired)
    with pytest.raises(RuleBroken, match="it has expired and cannot be moved") as refused:
        check_item(replace(expired, due_on=TODAY + DAY), ANA, TODAY, expired)
    assert refused.value.field == "due_on"


@pytest.mark.parametrize("state", [state for state in ItemState if state is not ItemState.OPEN])
def test_an_item_that_has_ended_is_not_changed_any_more(state: ItemState) -> None:
    ended = changed(state=state)

    with pytest.raises(RuleBroken, match="This item has ended"):
        check_item(replace(ended, what="Something else"), ANA, TODAY, ended)


def test_a_count_that_grew_is_history() -> None:
    moved = reworded(ITEM, changed(due_on=TODAY + DAY))

    assert changes(ITEM, moved)["reschedules"] == ("", "1")
