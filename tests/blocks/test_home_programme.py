"""How the programme goes on a Home: in words, drawn as Slack will take it, traced, and dated."""

from dataclasses import replace

import pytest

from blocks.home_programme import Draw, programme_blocks
from blocks.home_review import review_blocks
from blocks.parts import Block
from blocks.traces import read_trace
from domain.behind import Which
from domain.health import Table
from domain.home import NextReview
from domain.reviews import Review
from tests.blocks.home_samples import NOW, REVIEW, RICH, health, home, texts
from tests.blocks.test_digests import TODAY


def kinds(blocks: list[Block]) -> list[str]:
    return [each["type"] for each in blocks]


def words(blocks: list[Block]) -> str:
    return "\n".join(texts({"blocks": blocks}))


def test_the_headline_comes_first_and_the_instant_of_the_numbers_last() -> None:
    blocks = programme_blocks(RICH, Draw.CHARTS)
    assert blocks[1]["text"]["text"].startswith(
        "*12 of 41 tagged incidents repeated a known class: 29 %, as before (12 of 41).*\n"
        "3 more incidents are untagged and not counted.\n11 of 20 action items due"
    )
    assert blocks[-1]["elements"][0]["text"].startswith("As of <!date^")
    assert "2026-12-08 10:32 UTC" in blocks[-1]["elements"][0]["text"]


def test_every_number_is_traced() -> None:
    [row] = [each for each in programme_blocks(RICH, Draw.CHARTS) if each["type"] == "actions"]
    asked = {each["text"]["text"]: read_trace(each["value"]) for each in row["elements"][:-1]}
    assert {label: each.which for label, each in asked.items()} == {
        "12 repeats": Which.REPEATS,
        "41 tagged": Which.TAGGED,
        "3 untagged": Which.UNTAGGED,
        "20 due": Which.DUE,
        "11 by the date": Which.BY_DATE,
        "5 open": Which.OPEN,
    }
    assert {each.window for each in asked.values()} == {RICH.report.window}
    assert row["elements"][-1]["text"]["text"] == "How is this counted?"


@pytest.mark.parametrize(
    ("draw", "drawn"),
    [
        (Draw.CHARTS, ["data_visualization", "data_visualization"]),
        (Draw.TABLES, ["table", "table"]),
        (Draw.WORDS, []),
    ],
)
def test_numbers_are_drawn_as_slack_will_take_them(draw: Draw, drawn: list[str]) -> None:
    found = kinds(programme_blocks(RICH, draw))
    assert [each for each in found if each in {"data_visualization", "table"}] == drawn


def test_in_words_alone_the_quarters_are_told_too() -> None:
    text = words(programme_blocks(RICH, Draw.WORDS))
    assert "2026 Q4 so far 12 of 41 (29 %)" in text
    assert "2026 Q4 so far 11 of 20 (55 %)" in text


def review_words(
    current: Review | None = None, table: Table | None = None, channel: str = "C7"
) -> str:
    following = NextReview(current=current, due_on=TODAY, due_at=NOW, channel=channel)
    return words(review_blocks(home(next_review=following, health=health(table=table))))


def test_the_next_review_says_when_and_how_much_waits() -> None:
    text = review_words(table=Table(due_on=TODAY, total=9, undecided=2))
    assert "in <#C7>" in text
    assert "Who chairs is told 3 working days before." in text
    assert "9 things will be on its table if nothing is decided before: 2 expired or" in text
    nothing = review_words(table=Table(due_on=TODAY, total=0, undecided=0))
    assert "nothing will be on its table on that day." in nothing


def test_of_one_that_is_called_the_chair_is_named() -> None:
    assert "<@U1> chairs it." in review_words(REVIEW, Table(due_on=TODAY, total=1, undecided=0))


def test_of_one_under_way_it_is_told_what_is_left() -> None:
    table = Table(due_on=TODAY, total=9, undecided=2, settled=4)
    text = review_words(replace(REVIEW, started_at=NOW), table)
    assert "*Monthly review of 8 Dec 2026* is under way in <#C7>. <@U1> chairs it." in text
    assert "4 of 9 decided. 2 must still be decided before it can be closed." in text


def test_numbers_of_another_review_are_not_told() -> None:
    other = Table(due_on=TODAY.replace(day=1), total=9, undecided=2)
    assert "9" not in review_words(table=other).split("UTC>")[-1]


def test_where_no_channel_is_set_it_says_how_to_set_one() -> None:
    assert "Say where in `/postmortem settings`." in review_words(channel="")
