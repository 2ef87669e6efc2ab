"""The window of an item: all of how it stands, and the decisions that this person may take."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blocks.action_items import EDIT_ITEM
from blocks.item_buttons import ITEM_HISTORY, action_of
from blocks.item_window import ItemView, item_in, item_window
from blocks.limits import check_view
from domain.action_items import ActionItem, HistoryEntry, ItemState, Progress
from domain.decisions import Decision
from domain.roles import Role, possible
from tests.blocks.samples import A_LONG_TICKET, ITEM, POSTMORTEM, RISK, TODAY, marked_up, titled
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
        (DONE, "_Shipped:_ 4.2 &lt;!here&gt; (21 Nov 2026)"),
        (DONE, "_To be seen:_ <https://a.example/1|link>"),
        (DONE, "It soaks until 21 Dec 2026: 30 days to show that it works."),
        (
            replace(
                DONE,
                state=ItemState.VERIFIED,
                evidence="No loss",
                verified_at=datetime(2026, 12, 22, tzinfo=UTC),
            ),
            "_Evidence:_ No loss (22 Dec 2026)",
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
    item = replace(item, ticket_closed=True, **A_LONG_TICKET)

    risk = replace(RISK, risk=text[:500])
    for state in ItemState:
        end = replace(ended(state, text[:500]), postmortem=titled(title=text[:150]), risk=risk)
        words(replace(end, item=replace(item, state=state), answers=text[:500]))


@given(st.text(alphabet=st.sampled_from("<>&!@#|^\n`*_~ aU1")) | st.text())
def test_nothing_typed_becomes_mark_up_that_slack_obeys(typed: str) -> None:
    item = replace(ITEM, what=typed or "-", done_when=typed, progress=Progress.BLOCKED, note=typed)
    shipped = replace(DONE, shipped=typed, evidence=typed, link=typed)

    for each in (item, shipped):
        assert "<" not in OURS.sub("", words(replace(of(each), answers=typed)))
    over = replace(ended(ItemState.ACCEPTED, typed), risk=replace(RISK, risk=typed))
    assert "<" not in OURS.sub("", words(replace(over, postmortem=titled(title=typed))))


def ended(state: ItemState, reason: str = "The <pool> is gone") -> ItemView:
    """The window of an item that Ada ended so, late on a day that was the next one in Sydney."""
    at = datetime(2026, 11, 21, 23, 30, tzinfo=UTC)
    changes = {"state": ("open", str(state))}
    entry = HistoryEntry(
        item_id=90, actor="U1ADA", at=at, event="so", changes=changes, reason=reason
    )
    later = replace(entry, event="reviewed", changes={}, reason="")
    return replace(of(replace(ITEM, state=state)), history=[entry, later])


@pytest.mark.parametrize(
    ("state", "label"),
    [(ItemState.CANCELLED, "Why"), (ItemState.ACCEPTED, "Why"), (ItemState.PROMOTED, "Part of")],
)
def test_why_it_ended_is_said(state: ItemState, label: str) -> None:
    said = f"_{label}:_ The &lt;pool&gt; is gone (21 Nov 2026, <@U1ADA>)"

    assert said in words(ended(state))
    assert "22 Nov 2026" in words(replace(ended(state), zone=ZoneInfo("Australia/Sydney")))
    assert "The &lt;pool&gt;" not in words(replace(ended(state), item=ITEM))


def test_a_risk_accepted_instead_is_said_as_it_is_now() -> None:
    view = replace(ended(ItemState.ACCEPTED), risk=RISK)
    over = replace(view, risk=replace(RISK, ended_on=TODAY))

    assert (
        "_Risk:_ Two regions fail at once\n_Accepted by:_ <@U1ADA> until 20 May 2027\n_Why:_"
        in (words(view))
    )
    assert "until 20 May 2027, no risk any more since 21 Nov 2026" in words(over)
    assert "Two regions" not in words(replace(view, item=ITEM))


@pytest.mark.parametrize(
    ("days", "said"),
    [
        (0, "due 5 Dec 2026 ·"),
        (1, "due 5 Dec 2026, 1 day overdue ·"),
        (160, "due 5 Dec 2026, 160 days overdue ·"),
    ],
)
def test_how_long_it_is_overdue_is_said(days: int, said: str) -> None:
    assert said in words(of(ITEM, ITEM.due_on + timedelta(days=days)))
    assert "overdue" not in words(of(DONE, ITEM.due_on + timedelta(days=days)))


def test_it_says_which_incident_it_answers_unless_that_is_private() -> None:
    first = item_window(VIEW)["blocks"][0]["elements"][0]["text"]
    private = replace(VIEW, postmortem=replace(POSTMORTEM, is_private=True))

    assert first == "PM-7 · Checkout latency above 8 s · <#C1INC>"
    assert "Checkout latency" not in words(private)
    nowhere = replace(VIEW, postmortem=replace(titled(title="<a>"), channel=None))
    assert words(nowhere).startswith("PM-7 · &lt;a&gt;\n")


def test_the_two_ways_to_other_words_are_told_apart_where_both_are_offered() -> None:
    said = "“Edit” mends what is written here. “Re-scope” makes it a different change"

    assert said in words(VIEW)
    assert said not in words(replace(VIEW, is_published=True))
    assert said not in words(replace(VIEW, may=()))
