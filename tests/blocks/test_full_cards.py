"""Cards that are not like others: with everything at its longest, and without a channel."""

from dataclasses import replace
from datetime import timedelta

import pytest

from blocks.cards import PostmortemView, card, hub_modal
from blocks.limits import MESSAGE_WEIGHT, check_message, check_view, weight_of
from domain.action_items import NOTE_MAX, WHAT_MAX, ActionItem, Progress
from domain.agreements import Agreement
from domain.causal_classes import CausalClass, Earlier
from domain.inherited import LINE_MAX, InheritedLine
from domain.meetings import Meeting
from domain.passages import Passage
from domain.postmortems import BUDGET_MAX, USERS_MAX, Facts, Postmortem, Severity, Tier
from domain.publishing import Publication
from domain.timeline import Milestone, Source, SourceState, TimelineEntry
from tests.blocks.samples import A_LONG_TICKET, EMPTY, POSTMORTEM, STARTED, marked_up, whole

PEOPLE = tuple(f"U{number:010}" for number in range(60))
PERMALINK = f"https://a-large-company.enterprise.slack.com/archives/C0123456789/p{'1' * 16}"
BEGUN = Meeting(facilitator=PEOPLE[0], called_by=PEOPLE[1], called_at=STARTED, started_at=STARTED)
AMENDED = Publication(
    published_by=PEOPLE[0],
    published_at=STARTED,
    amendments=100,
    amended_by=PEOPLE[1],
    amended_at=STARTED,
    amended="contributing factors",
)


def at_its_longest(letter: str) -> PostmortemView:
    """A postmortem of 60 responders with all there can be in it, as long as it can be."""
    text = letter * 3000
    view = whole(text, times=500)
    classes = [CausalClass(id=number, name=text[:60]) for number in range(3)]
    return replace(
        view,
        postmortem=replace(view.postmortem, facts=_facts(view.postmortem, text)),
        filled=EMPTY,
        entries=[_noted(entry, number) for number, entry in enumerate(view.entries)],
        items=[_item(item, text) for item in view.items],
        passages=dict.fromkeys(Passage, text),
        classes=classes,
        earlier=[_earlier(number) for number in range(60)],
        inherited=[InheritedLine(id=number, text=text[:LINE_MAX]) for number in range(40)],
        agreements=[Agreement(person=each, agreed_at=STARTED) for each in PEOPLE[:5]],
        left=PEOPLE[40:],
        meeting=replace(BEGUN, without=text[:500]),
        chair_has_left=True,
        publication=AMENDED,
    )


def _facts(postmortem: Postmortem, text: str) -> Facts:
    return replace(
        postmortem.facts,
        severity=Severity.P3,
        responders=PEOPLE,
        detected_at=STARTED + timedelta(days=200, hours=3),
        recovered_at=STARTED + timedelta(days=300, hours=3),
        users_affected=USERS_MAX,
        revenue_lost=text[:60],
        budget_burned=BUDGET_MAX,
        tier_override=Tier.FULL,
        tier_reason=text[:500],
    )


def _item(item: ActionItem, text: str) -> ActionItem:
    return replace(
        item,
        what=text[:WHAT_MAX],
        factor_id=3,
        reviews_seen=9,
        reschedules=12,
        progress=Progress.IN_PROGRESS,
        note=text[:NOTE_MAX],
        proposed_owner=PEOPLE[0],
        **A_LONG_TICKET | {"ticket_trouble": text[:1000]},
    )


def _noted(entry: TimelineEntry, number: int) -> TimelineEntry:
    """The entry as it is when it came from a message, with milestones in a wrong order."""
    milestones = list(reversed(Milestone))
    return replace(
        entry,
        milestone=milestones[number % len(milestones)],
        source=Source.APP,
        source_state=SourceState.DELETED,
        message_channel="C1",
        message_ts="1.1",
        permalink=PERMALINK,
    )


def _earlier(number: int) -> Earlier:
    return Earlier(
        class_id=number % 3,
        postmortem_id=number,
        number=1000 + number,
        title="Earlier",
        started_at=STARTED,
        open_items=3,
    )


@pytest.mark.parametrize("letter", ["a", "&", "<!channel>", "é", "a\n", "> \n", "🔥", "د"])
def test_a_card_with_everything_at_its_longest_is_taken(letter: str) -> None:
    view = at_its_longest(letter)

    check_message(card(view))
    check_view(hub_modal(view))


def test_a_heavy_card_leaves_room_for_what_nobody_thought_of() -> None:
    assert weight_of(card(at_its_longest("&"))["blocks"]) < MESSAGE_WEIGHT - 500


def test_a_heavy_card_says_less_of_each_section_and_still_has_them_all() -> None:
    view = at_its_longest("a")

    in_window = hub_modal(view)["blocks"]
    in_channel = card(view)["blocks"]

    assert [each["type"] for each in in_channel] == [each["type"] for each in in_window]
    assert "_… and 493 more_" in "\n".join(marked_up(in_channel))
    assert "_… and 492 more_" in "\n".join(marked_up(in_window))


def test_an_imported_one_says_so_and_how_it_is_found() -> None:
    postmortem = replace(POSTMORTEM, channel=None, created_by="import")
    said = "\n".join(marked_up(hub_modal(replace(whole(), postmortem=postmortem, edits={}))))

    assert "PM-7 · imported <!date^" in said
    assert said.endswith("`/postmortem list` finds it")
