"""The agenda of a review: three parts, within Slack's limits, obeying nothing that was typed."""

from dataclasses import replace
from datetime import date, timedelta

from blocks.agenda import agenda_message
from blocks.cards import PostmortemView
from blocks.limits import check_message
from domain.action_items import ItemState, Progress
from domain.agenda import EarlierItem, Pattern
from tests.blocks.samples import EMPTY, POSTMORTEM, TODAY, marked_up, whole
from tests.blocks.test_meetings import CALLED, HOSTILE

ITEM = EarlierItem(
    number=3,
    position=2,
    channel="C3OLD",
    what="Renew certificates by a job",
    owner="U2BEN",
    due_on=TODAY + timedelta(days=5),
    state=ItemState.OPEN,
)
PATTERN = Pattern(class_id=2, name="expired credential", incidents=4, open_items=3)


def said(
    view: PostmortemView | None = None,
    items: list[EarlierItem] | None = None,
    patterns: list[Pattern] | None = None,
    waiting: tuple[str, ...] = (),
) -> str:
    """All that an agenda says."""
    message = agenda_message(
        view or whole(), items or [], patterns or [], waiting=waiting, today=TODAY
    )
    return "\n".join(marked_up(check_message(message)["blocks"]))


def test_the_three_parts_take_ten_thirty_and_ten_minutes() -> None:
    words = said()
    for part in ("earlier* · 10 min", "This incident* · 30 min", "Patterns* · 10 min"):
        assert part in words


def test_an_earlier_item_is_one_line_with_its_state() -> None:
    assert said(items=[ITEM]).splitlines()[1] == (
        "•  `NOT STARTED` *PM-3/2* Renew certificates by a job · <@U2BEN> · due 26 Nov 2026 "
        "· <#C3OLD>"
    )


def test_each_state_of_an_item_is_said() -> None:
    late = replace(ITEM, due_on=date(2026, 11, 1))
    assert "*overdue* since 1 Nov 2026" in said(items=[late])
    assert "*expired*, was due 26 Nov 2026" in said(items=[replace(ITEM, reviews_seen=2)])
    done = said(items=[replace(late, state=ItemState.IMPLEMENTED, channel=None)])
    assert "`DONE` *PM-3/2* Renew certificates by a job · <@U2BEN> · not verified yet\n" in done


def test_how_far_somebody_has_come_is_said() -> None:
    begun = replace(ITEM, progress=Progress.IN_PROGRESS, note="half of the hosts")
    blocked = replace(begun, progress=Progress.BLOCKED, note="the vendor's <fix>")
    again = replace(ITEM, state=ItemState.INEFFECTIVE)
    assert "•  `IN PROGRESS` *PM-3/2* Renew" in said(items=[begun])
    assert "•  `BLOCKED` on the vendor's &lt;fix&gt; · *PM-3/2* Renew" in said(items=[blocked])
    assert "`INEFFECTIVE` *PM-3/2* Renew" in said(items=[again])
    assert "it happened again since this was verified" in said(items=[again])


def test_why_an_item_of_another_service_is_here_is_said() -> None:
    assert "due 26 Nov 2026 · same class · <#C3OLD>" in said(
        items=[replace(ITEM, same_service=False)]
    )


def test_an_item_that_waits_and_has_expired_says_both_on_its_line() -> None:
    waits = replace(ITEM, progress=Progress.BLOCKED, note="the vendor\nand legal", reviews_seen=2)
    line = said(items=[waits]).splitlines()[1]
    assert line.startswith("•  `BLOCKED` on the vendor and legal · *PM-3/2* Renew certificates")
    assert ":hourglass: *expired*, was due 26 Nov 2026" in line


def test_nothing_from_earlier_is_said_too() -> None:
    assert "no earlier incident of this service or class" in said()
    assert "No class of failure has come up twice" in said()


def test_this_incident_is_summed_up() -> None:
    words = said(waiting=("U2BEN",))
    assert "•  Timeline: 1 entry, not agreed to by <@U2BEN>" in words
    assert "•  Contributing factors: 1\n     ◦  Retries had no limit" in words
    assert "•  Root cause:\n>The pool was sized for one region." in words
    assert "     1.  Drain connections before a failover · <@U2BEN>" in words
    assert "1 entry, agreed by everybody" in said()


def test_what_is_not_there_yet_is_named() -> None:
    view = PostmortemView(postmortem=replace(POSTMORTEM, root_cause=""), filled=EMPTY)
    words = said(view)
    for part in (
        "Timeline: _nothing yet_",
        "factors: _none yet_",
        "cause: _not yet_",
        "items: _none",
    ):
        assert part in words


def test_patterns_are_counted_in_words() -> None:
    once = replace(PATTERN, name="capacity", incidents=1, open_items=1)
    words = said(patterns=[PATTERN, once])
    assert "•  *expired credential*: 4 incidents in 12 months, 3 open items" in words
    assert "•  *capacity*: 1 incident in 12 months, 1 open item" in words


def test_the_chair_is_named() -> None:
    assert "Chaired by <@UFREYA>. Ask *what*" in said(replace(whole(), meeting=CALLED))


def test_more_than_fifteen_items_are_counted() -> None:
    words = said(items=[ITEM] * 17)
    assert words.count("PM-3/2") == 15
    assert "_… and 2 more_" in words


def test_the_longest_agenda_fits_and_mentions_nobody() -> None:
    view = replace(whole(HOSTILE, times=300), meeting=CALLED)
    items = [replace(ITEM, what=HOSTILE[:300], reviews_seen=9, number=9999)] * 60
    patterns = [replace(PATTERN, name=HOSTILE[:60])] * 5
    words = said(view, items, patterns, tuple(f"U{n}" for n in range(60)))
    assert "<!channel>" not in words
