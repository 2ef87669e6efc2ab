"""Messages that together show every block there is."""

from tests.browser.showcase_blocks import (
    ACCESSORIES,
    CONTAINER,
    CONTEXT_ACTIONS,
    GONE,
    MOMENT,
    Json,
    button,
    cell,
    line,
    listed,
    mrkdwn,
    picture,
    plain,
    rich,
    section,
    words,
)

RICH = rich(
    line(
        words("Bold", bold=True), words(" and "), words("code", code=True), words(" and "),
        words("struck", strike=True), words(", a "),
        {"type": "link", "url": "https://example.com/", "text": "link"}, words(", "),
        {"type": "emoji", "name": "fire"}, words(" "), {"type": "channel", "channel_id": "C0"},
        words(" "), {"type": "broadcast", "range": "here"}, words(" "),
        {"type": "date", "timestamp": MOMENT, "format": "{date_short} {time}", "fallback": "then"},
        words(" "), {"type": "color", "value": "#C01343"}, words(" "),
        {"type": "usergroup", "usergroup_id": "S0"},
    ),
    listed("bullet", "first", "second"),
    listed("ordered", "inside", "again", indent=1),
    {"type": "rich_text_quote", "elements": [words("Quoted\nover two lines")]},
    {"type": "rich_text_preformatted", "elements": [words("for x in y:\n    print(x)")]},
)  # fmt: skip
MARKDOWN = (
    "## Timeline\n\n**09:30** deploy, *maybe* ~~early~~ `rolled back`. [Runbook](https://example.com)"
    "\n\n1. Page\n2. Roll back\n   - pool\n   - cache\n\n- [x] told\n- [ ] mended\n\n> A quote"
    "\n\n| Service | p99 |\n|---|---:|\n| checkout | 8.1 |\n\n```python\nprint('hello')\n```\n"
)


def row(*things: str | int) -> list[Json]:
    """A row of a table."""
    return [cell(thing) for thing in things]


ROWS = [
    row("Service", "Repeats", "Owner"),
    *(row(f"service-{number}", number * 7 % 5, "Ana") for number in range(1, 9)),
]
TABLE: Json = {
    "type": "table",
    "rows": ROWS[:4],
    "column_settings": [{"is_wrapped": True}, {"align": "right"}],
}
DATA_TABLE: Json = {"type": "data_table", "caption": "Repeats by service", "rows": ROWS}


def chart(kind: str) -> Json:
    """A chart of two series over three months; a pie has one."""
    months = ["Sep", "Oct", "Nov"]
    title = f"Repeats, {kind}"
    if kind == "pie":
        segments = [{"label": one, "value": n} for n, one in enumerate(months, 2)]
        drawn: Json = {"type": kind, "segments": segments}
    else:
        series = [
            {
                "name": name,
                "data": [{"label": m, "value": v} for m, v in zip(months, values, strict=True)],
            }
            for name, values in (("checkout", (4, 2, 1)), ("search", (1, 3, 2)))
        ]
        axis = {"categories": months, "x_label": "Month", "y_label": "Repeats"}
        drawn = {"type": kind, "series": series, "axis_config": axis}
    return {"type": "data_visualization", "title": title, "chart": drawn}


def card(number: int) -> Json:
    """A card with a button."""
    return {
        "type": "card",
        "block_id": f"card{number}",
        "icon": picture("Logo"),
        "title": mrkdwn(f"PM-{number}"),
        "subtitle": mrkdwn("checkout"),
        "body": mrkdwn("Pool exhausted by *one* tenant."),
        "actions": [{**button("Take"), "action_id": f"take{number}", "value": str(number)}],
    }


def task(status: str) -> Json:
    """A task of a plan."""
    return {
        "type": "task_card",
        "task_id": status,
        "title": f"Read the logs: {status}",
        "status": status,
        "details": rich(line(words("Asked the "), words("log store", bold=True))),
        "output": rich(line(words("3,112 lines"))),
        "sources": [{"type": "url", "url": "https://example.com/logs", "text": "Logs"}],
    }


LONG = "Pneumono" * 40
RTL = "\u05e9\u05dc\u05d5\u05dd \u05e2\u05d5\u05dc\u05dd, PM-7 \u05e0\u05e1\u05d2\u05e8"
MESSAGES: dict[str, list[Json]] = {
    "plain": [
        {"type": "header", "text": plain("A header :fire:")},
        section("Two columns", fields=[mrkdwn("*Severity*\nSEV1"), mrkdwn("*Since*\n09:30")]),
        {"type": "context", "elements": [picture("Ana"), mrkdwn("by *Ana*"), plain("plain")]},
        {"type": "divider"},
        {**picture("Latency over a day"), "title": plain("Latency")},
        {"type": "actions", "elements": [button("Go", style="primary"), button("No")]},
        CONTEXT_ACTIONS,
    ],
    "accessories": [section(f"With a {one['type']}", accessory=one) for one in ACCESSORIES],
    "text": [RICH, {"type": "markdown", "text": MARKDOWN}],
    "tables": [TABLE, DATA_TABLE],
    "charts": [chart(kind) for kind in ("bar", "line")],
    "shares": [chart(kind) for kind in ("area", "pie")],
    "cards": [card(1), {"type": "carousel", "elements": [card(2), card(3), card(4)]}, CONTAINER],
    "tasks": [
        {"type": "plan", "title": "Look into it", "tasks": [task("complete"), task("in_progress")]},
        task("pending"),
        task("error"),
    ],
    "media": [
        {
            "type": "video",
            "title": plain("The game day"),
            "title_url": "https://example.com/v",
            "description": plain("Twelve minutes"),
            "provider_name": "Example",
            "alt_text": "People at desks",
            "thumbnail_url": GONE,
            "video_url": "https://example.com/e",
        },
        {"type": "file", "external_id": "ABCD1", "source": "remote"},
        {"type": "call", "call_id": "R123"},
    ],
    "long": [
        section(LONG),
        section("x " * 1490),
        section(RTL),
        {"type": "header", "text": plain(LONG[:150])},
    ],
    "unknown": [{"type": "auth_provider", "block_id": "odd", "provider": "elsewhere"}],
}
