"""Closing, publishing, and the summary for those who were not there."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from blocks.cards import PostmortemView
from blocks.limits import check_message, check_view
from blocks.publishing import closing_modal, publication_blocks, publication_line, read_closing
from blocks.summaries import summary
from domain.action_items import DONE_WHEN_MAX, WHAT_MAX
from domain.causal_classes import CausalClass, Earlier
from domain.passages import CLOSING, Passage
from domain.postmortems import TEXT_MAX, TITLE_MAX, Postmortem, Severity
from domain.publishing import Publication
from tests.blocks.samples import FACTS, FULL, ITEM, POSTMORTEM, STARTED, marked_up, submitted

ANSWERS = {passage: f"Answer to {passage}" for passage in CLOSING}
PUBLISHED = Publication(published_by="U1ADA", published_at=STARTED)


def view(postmortem: Postmortem = POSTMORTEM, **parts: Any) -> PostmortemView:
    return PostmortemView(postmortem=postmortem, filled=FULL, **parts)


def of_tier(severity: Severity, **other: Any) -> Postmortem:
    return replace(POSTMORTEM, facts=replace(FACTS, severity=severity), **other)


def test_what_was_answered_is_read_back() -> None:
    form = check_view(closing_modal(POSTMORTEM, ANSWERS, [ITEM], "C9"))

    opened, written = read_closing(submitted(form))

    assert (opened.postmortem_id, written) == (POSTMORTEM.id, ANSWERS)


@pytest.mark.parametrize(
    ("postmortem", "where", "said"),
    [
        (POSTMORTEM, "C9", "a summary goes to <#C9>"),
        (POSTMORTEM, "", "`/postmortem settings` names one"),
        (of_tier(Severity.P2, is_private=True), "", "It is private"),
        (of_tier(Severity.P3), "", "A single paragraph is announced nowhere else"),
        (of_tier(Severity.P2, channel=None), "", "It was imported"),
    ],
)
def test_the_form_says_where_it_will_be_read(postmortem: Postmortem, where: str, said: str) -> None:
    assert said in marked_up(closing_modal(postmortem, {}, [], where))[-1]


@pytest.mark.parametrize(
    ("severity", "act"), [(Severity.P2, "Close and publish"), (Severity.P3, "Publish")]
)
def test_one_act_has_one_name(severity: Severity, act: str) -> None:
    form = closing_modal(of_tier(severity), {}, [], "")

    assert [form[part]["text"] for part in ("title", "submit")] == [act, act]
    assert POSTMORTEM.key in marked_up(form)[0]


def test_the_longest_closing_form_fits() -> None:
    item = replace(ITEM, what="<" * WHAT_MAX, done_when="&" * DONE_WHEN_MAX)
    answers = dict.fromkeys(CLOSING, "&" * TEXT_MAX)

    check_view(closing_modal(POSTMORTEM, answers, [item] * 3, "C9"))


def test_only_a_single_paragraph_is_published_without_a_review() -> None:
    def labels(postmortem: Postmortem, **parts: Any) -> list[str]:
        blocks = publication_blocks(view(postmortem, **parts))
        return [each["text"]["text"] for each in blocks[-1]["elements"]]

    assert labels(of_tier(Severity.P3)) == ["Publish", "Send me the file"]
    assert labels(of_tier(Severity.P3), publication=PUBLISHED) == ["Send me the file"]
    assert labels(of_tier(Severity.P1)) == ["Send me the file"]


def test_a_change_after_publishing_is_said() -> None:
    later = STARTED + timedelta(days=2)
    amended = replace(
        PUBLISHED, amendments=3, amended_by="U2BEN", amended_at=later, amended="root cause"
    )

    assert "Published" in publication_line(PUBLISHED)
    assert "amended" not in publication_line(PUBLISHED)
    assert "amended 3 times, last" in publication_line(amended)
    assert publication_line(amended).endswith("by <@U2BEN>: root cause")


def test_a_summary_says_what_happened_why_and_what_will_be_different() -> None:
    earlier = Earlier(
        class_id=2, postmortem_id=3, number=3, title="t", started_at=STARTED, open_items=1
    )
    message = check_message(
        summary(
            view(
                items=[ITEM],
                classes=[CausalClass(id=2, name="capacity")],
                earlier=[earlier],
                passages={Passage.LESSONS: "Try it first <!here>", **ANSWERS},
                publication=PUBLISHED,
            )
        )
    )

    words = "\n".join(marked_up(message))
    assert "lasted 1 h 12 min · <#C1INC>" in words
    assert "*capacity* · 1 earlier in six months" in words
    assert ">Try it first &lt;!here&gt;" in words
    assert "*1. Drain connections before a failover* · <@U2BEN>, due 5 Dec 2026" in words
    assert message["text"].endswith("is published: 1 action item.")


def test_the_longest_summary_is_taken_by_slack() -> None:
    facts = replace(FACTS, title="&" * TITLE_MAX, impact="<" * TEXT_MAX, service="&" * 60)
    long = replace(POSTMORTEM, facts=facts, root_cause="&" * TEXT_MAX)
    item = replace(ITEM, what="<" * WHAT_MAX)
    passages = dict.fromkeys(Passage, "&" * TEXT_MAX)
    names = [CausalClass(id=number, name="&" * 60) for number in range(3)]

    check_message(
        summary(
            view(long, items=[item] * 3, passages=passages, classes=names, publication=PUBLISHED)
        )
    )
