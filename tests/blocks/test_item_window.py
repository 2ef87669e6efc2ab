"""The window of an item: all of how it stands, and the decisions that this person may take."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blocks.action_items import EDIT_ITEM
from blocks.item_buttons import ITEM_HISTORY, action_of
from blocks.item_window import ItemView, item_in, item_window
from blocks.limits import check_view
from domain.action_items import ActionItem, ItemState, Progress
from domain.decisions import Decision
from domain.roles import Role, possible
from tests.blocks.samples import ITEM, POSTMORTEM, TODAY, marked_up
from tests.blocks.test_cards import OURS

VIEW = ItemView(
    postmortem=POSTMORTEM,
    item=replace(ITEM, original_due_on=ITEM.due_on),
    today=TODAY,
    may=possible(ITEM, [Role.OWNER]),
    answers="Retries had no limit",
)
DONE = replace(
    ITEM,
    state=ItemState.IMPLEMENTED,
    shipped="4.2 <!here>",
    link="https://a.example/1",
    implemented_on=TODAY,
    soaks_until=TODAY + timedelta(days=30),
)


def words(view: ItemView) -> str:
    """All that the window says."""
    return "\n".join(marked_up(check_view(item_window(view))["blocks"]))


def of(item: ActionItem, today: date = TODAY) -> ItemView:
    """The window of an item for its owner."""
    return replace(VIEW, item=item, may=possible(item, [Role.OWNER]), today=today)


def buttons(view: ItemView) -> dict[str, str]:
    """Its buttons: action id → style."""
    return {
        each["action_id"]: each.get("style", "")
        for block in item_window(view)["blocks"]
        if block["type"] == "actions"
        for each in block["elements"]
    }


def test_an_item_shows_all_that_was_promised() -> None:
    said = words(VIEW)

    assert "*Drain connections before a failover*" in said
    assert "_Done when:_ A failover in staging loses no request" in said
    assert "_Answers:_ Retries had no limit" in said
    assert "open · <@U2BEN> · P1 · due 5 Dec 2026 · guardrail" in said


@pytest.mark.parametrize(
    ("item", "said"),
    [
        (
            replace(ITEM, original_due_on=date(2026, 12, 1), reschedules=2),
            "due 5 Dec 2026, moved twice (first 1 Dec 2026)",
        ),
        (replace(ITEM, progress=Progress.BLOCKED, note="a & b"), "blocked: a &amp; b"),
        (replace(ITEM, proposed_owner="U3"), "Until <@U3> answers, <@U2BEN> answers for it."),
        (replace(ITEM, reviews_seen=2), "*2 monthly reviews have seen it open: it has expired.*"),
        (DONE, "_Shipped (21 Nov 2026):_ 4.2 &lt;!here&gt;"),
        (DONE, "_To be seen:_ <https://a.example/1|link>"),
        (DONE, "It soaks until 21 Dec 2026"),
        (
            replace(
                DONE,
                state=ItemState.VERIFIED,
                evidence="No loss",
                verified_at=datetime(2026, 12, 22, tzinfo=UTC),
            ),
            "_Evidence (<!date^1797897600^{date_short_pretty}|2026-12-22 UTC>):_ No loss",
        ),
        (replace(DONE, state=ItemState.INEFFECTIVE), "happened after this was verified"),
        (
            replace(ITEM, state=ItemState.PROMOTED, link="https://a.example/7"),
            "_Project:_ <https://a.example/7|link>",
        ),
        (replace(ITEM, state=ItemState.CANCELLED), ":no_entry_sign: *cancelled*"),
    ],
)
def test_how_it_stands_is_said(item: ActionItem, said: str) -> None:
    assert said in words(of(item))


@pytest.mark.parametrize("state", list(ItemState))
def test_what_can_be_decided_has_a_button(state: ItemState) -> None:
    item = replace(ITEM, state=state)
    wanted = {action_of(each) for each in possible(item, [Role.OWNER])}

    assert wanted == {each for each in buttons(of(item)) if each.startswith("decide.")}


def test_whether_it_works_is_asked_once_it_has_soaked() -> None:
    verify = action_of(Decision.VERIFY)

    assert verify not in buttons(of(DONE))
    assert buttons(of(DONE, TODAY + timedelta(days=30)))[verify] == "primary"


def test_whoever_may_decide_nothing_reads_who_may() -> None:
    view = replace(VIEW, may=(), instead="<@U2BEN> owns this item. Ask them.")

    assert "<@U2BEN> owns this item. Ask them." in words(view)
    assert list(buttons(view)) == [ITEM_HISTORY, EDIT_ITEM]


def test_it_is_edited_only_while_it_is_open_and_not_published() -> None:
    assert EDIT_ITEM in buttons(VIEW)
    assert EDIT_ITEM not in buttons(replace(VIEW, is_published=True))
    assert EDIT_ITEM not in buttons(of(DONE))


def test_the_window_knows_which_item_it_shows_and_where_it_stands() -> None:
    assert item_in(item_window(replace(VIEW, hub="V1"))) == (90, "V1")


@pytest.mark.parametrize("letter", ["a", "&", "<!channel>", "é", "🔥", "a\n"])
def test_an_item_at_its_longest_is_a_window_slack_takes(letter: str) -> None:
    text = letter * 1000
    link = f"https://a.example/{text}"[:1000]
    promised = replace(ITEM, what=text[:300], done_when=text[:500], proposed_owner="U0123456789")
    moved = replace(promised, progress=Progress.BLOCKED, note=text[:500], reschedules=99)
    item = replace(moved, shipped=text[:500], evidence=text[:500], link=link, reviews_seen=99)

    for state in ItemState:
        words(replace(of(replace(item, state=state)), answers=text[:500]))


@given(st.text(alphabet=st.sampled_from("<>&!@#|^\n`*_~ aU1")) | st.text())
def test_nothing_typed_becomes_mark_up_that_slack_obeys(typed: str) -> None:
    item = replace(ITEM, what=typed or "-", done_when=typed, progress=Progress.BLOCKED, note=typed)
    shipped = replace(DONE, shipped=typed, evidence=typed, link=typed)

    for each in (item, shipped):
        assert "<" not in OURS.sub("", words(replace(of(each), answers=typed)))
