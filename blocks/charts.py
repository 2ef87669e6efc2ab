"""Slack's own charts, and the table that says the same where Slack draws none.

Slack began to take charts in 2026, workspace by workspace: where it does not yet, it answers
`invalid_blocks` (`handlers.outgoing.Outgoing.fallback`). No screen reader reads a chart, so what it
shows stands in words beside it.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from blocks.parts import Block
from blocks.text import one_line, shorten

#: docs.slack.dev/reference/block-kit/blocks/data-visualization-block
TITLE_MAX, LABEL_MAX = 50, 20
SERIES_MAX = 6
#: docs.slack.dev/reference/block-kit/blocks/table-block
ROWS_MAX = 100


@dataclass(frozen=True, kw_only=True)
class Series:
    """Numbers under one name, one for each category."""

    name: str
    numbers: Sequence[int]


def bar_chart(
    title: str, categories: Sequence[str], series: Sequence[Series], *, x: str, y: str
) -> Block:
    """Bars of the numbers of each series, by category; `x` and `y` say what the axes are.

    Slack takes 1 to SERIES_MAX series, of LABEL_MAX letters each: longer names go by their
    `labels`.
    """
    names = labels([each.name for each in series])
    return {
        "type": "data_visualization",
        "title": shorten(title, TITLE_MAX),
        "chart": {
            "type": "bar",
            "series": [
                {"name": name, "data": _points(categories, each.numbers)}
                for name, each in zip(names, series, strict=True)
            ],
            "axis_config": {
                "categories": [shorten(each, LABEL_MAX) for each in categories],
                "x_label": shorten(x, TITLE_MAX),
                "y_label": shorten(y, TITLE_MAX),
            },
        },
    }


def _points(categories: Sequence[str], numbers: Sequence[int]) -> list[Block]:
    return [
        {"label": shorten(label, LABEL_MAX), "value": number}
        for label, number in zip(categories, numbers, strict=True)
    ]


def labels(names: Sequence[str]) -> list[str]:
    """The names as Slack takes them: shortened, and each different from the others."""
    found: list[str] = []
    for name in names:
        found.append(_new(_short(one_line(name)), found))
    return found


def _short(name: str) -> str:
    """A name that is too long by its first words and its last: `config … validation`."""
    *words, last = name.split(" ")
    tried = (f"{' '.join(words[:number])} … {last}" for number in range(len(words) - 1, 0, -1))
    fitting = (each for each in tried if len(each) <= LABEL_MAX)
    return name if len(name) <= LABEL_MAX else next(fitting, shorten(name, LABEL_MAX))


def _new(name: str, taken: Collection[str]) -> str:
    tried, number = name, 1
    while tried in taken:
        number += 1
        tried = f"{name[: LABEL_MAX - len(str(number)) - 1]} {number}"
    return tried


def table(heads: Sequence[str], rows: Sequence[Sequence[str | int | Block]]) -> Block:
    """The same as rows of plain text, under their heads; numbers stand at the right.

    A cell that is a block already, as `channel_cell`, is left as it is.
    """
    lines = [heads, *rows[: ROWS_MAX - 1]]
    return {
        "type": "table",
        "rows": [[_cell(each) for each in line] for line in lines],
        "column_settings": [
            {"align": "left"},
            *({"align": "right"} for _ in heads[1:]),
        ],
    }


def channel_cell(channel: str) -> Block:
    """A cell with a channel's name as Slack draws it for whoever looks."""
    named = {"type": "channel", "channel_id": channel}
    line = {"type": "rich_text_section", "elements": [named]}
    return {"type": "rich_text", "elements": [line]}


def _cell(said: str | int | Block) -> Block:
    if isinstance(said, dict):
        return said
    return {"type": "raw_text", "text": one_line(str(said)) or "-"}
