"""Tables, charts, cards and rich text at their limits and beyond them."""

from typing import Any

from tests.sandbox.drawn import mrkdwn
from tests.sandbox.payloads import buttons, plain, section

Json = dict[str, Any]
PICTURE: Json = {"type": "image", "image_url": "https://example.com/x.png", "alt_text": "x"}
GO: Json = buttons("Go")["elements"][0]


def rich(*words: Json, kind: str = "rich_text_section", **more: Any) -> Json:
    part = {"type": kind, "elements": list(words), **more}
    return {"type": "rich_text", "elements": [part]}


def row(columns: int = 2) -> list[Json]:
    return [{"type": "raw_text", "text": "a"}] * columns


def data_table(*rows: list[Json], **more: Any) -> Json:
    return {"type": "data_table", "caption": "c", "rows": list(rows), **more}


def table(*rows: Any, **more: Any) -> Json:
    return {"type": "table", "rows": list(rows), **more}


def chart(**chart: Any) -> Json:
    return {"type": "data_visualization", "title": "x" * 50, "chart": chart}


def pie(count: int, label: str = "l", value: float = 0.5) -> Json:
    return chart(type="pie", segments=[{"label": label, "value": value}] * count)


def lines(series: int, months: int, kind: str = "line", points: int | None = None) -> Json:
    names = [f"m{number}" for number in range(months)]
    data = [{"label": one, "value": -1} for one in names[:points]]
    drawn = [{"name": f"s{number}", "data": data} for number in range(series)]
    return chart(type=kind, series=drawn, axis_config={"categories": names, "x_label": "x" * 50})


def card(**more: Any) -> Json:
    return {"type": "card", "title": mrkdwn("x" * 150), **more}


def carousel(*cards: Json) -> Json:
    return {"type": "carousel", "elements": list(cards)}


def container(*children: Json, **more: Any) -> Json:
    return {"type": "container", "title": plain("t"), "child_blocks": list(children), **more}


def task(**more: Any) -> Json:
    return {"type": "task_card", "task_id": "1", "title": "Read", **more}


def video(**more: Any) -> Json:
    shown = {"title": plain("t"), "alt_text": "a", "thumbnail_url": "https://e.com/t"}
    return {"type": "video", **shown, "video_url": "https://e.com/v", **more}


def context_actions(*elements: Json) -> Json:
    return {"type": "context_actions", "elements": list(elements)}


def bin_button(number: int = 0, **more: Any) -> Json:
    named = {"action_id": f"bin{number}", "icon": "trash", "text": plain("Delete")}
    return {"type": "icon_button", **named, **more}


OPINION: Json = {"text": plain("Good"), "value": "yes"}
FEEDBACK: Json = {
    "type": "feedback_buttons",
    "positive_button": OPINION,
    "negative_button": OPINION,
}
WORD: Json = {"type": "text", "text": "x"}
ITEM: Json = {"type": "rich_text_section", "elements": [WORD]}
#: Too large to be looked at value by value.
LARGE_DATA: list[Json] = [
    data_table(*[row(20)] * 101, page_size=100),
    table(*[row(20)] * 100),
    lines(6, 20),
    carousel(*[card()] * 10),
    container(*[section("x")] * 10),
]
GOOD_DATA: list[Json] = [
    data_table(row(1), [rich(WORD)]),
    table(row(), column_settings=[None, {"align": "right"}]),
    table(row(), [rich(WORD), {"type": "raw_number", "value": 1}]),
    pie(6),
    lines(1, 1),
    lines(1, 1, "bar"),
    lines(2, 3, "area"),
    rich(WORD, {"type": "link", "url": "https://e.com"}, {"type": "emoji", "name": "fire"}),
    rich(ITEM, kind="rich_text_list", style="bullet"),
    rich(WORD, kind="rich_text_quote"),
    {"type": "rich_text", "elements": []},
    card(body=mrkdwn("x" * 200), actions=[GO], icon=PICTURE, hero_image=PICTURE),
    carousel(card(), card()),
    container(section("x"), width="full", subtitle=mrkdwn("s"), icon=PICTURE),
    container(section("x"), rich_text_title=rich(WORD)),
    {"type": "plan", "title": "p", "tasks": [task(status="error", details=rich(WORD))]},
    task(sources=[{"type": "url", "url": "https://e.com", "text": "e"}]),
    video(description=plain("x" * 199), author_name="x" * 49, title_url="https://e.com"),
    {"type": "file", "external_id": "ABCD1", "source": "remote"},
    context_actions(FEEDBACK, *[bin_button(number) for number in range(4)]),
    {"type": "call", "call_id": "R1"},
]
BAD_DATA: dict[str, Json] = {
    "a short data table": data_table(row()),
    "a wide data table": data_table(*[row(21)] * 2),
    "a long data table": data_table(*[row()] * 102),
    "a data table without a caption": {"type": "data_table", "rows": [row()] * 2},
    "a ragged data table": data_table(row(2), row(3)),
    "a rich header": data_table([rich(WORD)], row(1)),
    "a page of 101 rows": data_table(*[row()] * 2, page_size=101),
    "a long table": table(*[row()] * 101),
    "a wide table": table(row(21)),
    "an empty table": table(),
    "a cell that is none": table(["a"]),
    "a cell of another kind": table([{"type": "raw_image"}]),
    "an empty cell": table([{"type": "raw_text", "text": ""}]),
    "a column aligned nowhere": table(row(), column_settings=[{"align": "up"}]),
    "a column setting that is none": table(row(), column_settings=["right"]),
    "seven segments": pie(7),
    "a segment of nothing": pie(1, value=0),
    "a long segment label": pie(1, label="x" * 21),
    "seven series": lines(7, 2),
    "twenty-one categories": lines(1, 21),
    "a series without a point for a category": lines(1, 3, points=2),
    "two series of one name": chart(
        type="bar",
        series=[{"name": "s", "data": [{"label": "m", "value": 1}]}] * 2,
        axis_config={"categories": ["m"]},
    ),
    "a chart without axes": chart(type="bar", series=[{"name": "s", "data": []}]),
    "a chart of words": chart(type="pie", segments=[{"label": "l", "value": "much"}]),
    "a chart of another kind": chart(type="radar"),
    "a long chart title": {**pie(1), "title": "x" * 51},
    "an unknown word": rich({"type": "sound"}),
    "a link to nowhere": rich({"type": "link", "text": "x"}),
    "an unknown part": rich(kind="rich_text_table"),
    "a list of no style": rich(kind="rich_text_list"),
    "a list of words": rich(WORD, kind="rich_text_list", style="bullet"),
    "an empty card": {"type": "card", "subtitle": mrkdwn("s")},
    "a long card": card(body=mrkdwn("x" * 201)),
    "a card with a select": card(actions=[{"type": "users_select"}]),
    "eleven cards": carousel(*[card()] * 11),
    "a carousel of sections": carousel(section("x")),
    "an empty carousel": carousel(),
    "eleven children": container(*[section("x")] * 11),
    "a container in a container": container(container(section("x"))),
    "a container without a title": container(section("x"), title=None),
    "a container of odd width": container(section("x"), width="huge"),
    "a task without a title": task(title=None),
    "a task in an unknown state": task(status="lost"),
    "a task with plain details": task(details="x"),
    "a source of nothing": task(sources=[{"type": "url"}]),
    "a plan of sections": {"type": "plan", "title": "p", "tasks": [section("x")]},
    "a plan without a title": {"type": "plan"},
    "a video over http": video(video_url="http://e.com/v"),
    "a video with a long title": video(title=plain("x" * 200)),
    "a video with a long author": video(author_name="x" * 50),
    "a file from here": {"type": "file", "external_id": "A", "source": "local"},
    "six context actions": context_actions(*[bin_button(number) for number in range(6)]),
    "a button in context actions": context_actions(GO),
    "an icon nobody has": context_actions(bin_button(icon="star")),
    "feedback with one button": context_actions({**FEEDBACK, "negative_button": None}),
}
