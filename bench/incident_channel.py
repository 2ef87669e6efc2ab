"""A channel in which an incident was handled: alerts, deploys, words, a pin and a stopwatch."""

from datetime import timedelta

from sandbox.posting import create, join, post
from tests.scenarios.stage import Stage

CHANNEL = "inc-search-errors"
TOPIC = "P2 · Search answers one query in ten with an error"
#: Who responded; Ana writes it down.
RESPONDERS = ("ana", "mei", "jun")
DEPLOYS, ALERTS = "ship", "pager"

#: Minutes into the incident, who said what, and how somebody marked it.
TOLD = (
    (-6, DEPLOYS, "Deployed search-api 2.31 to production", ""),
    (0, ALERTS, "[FIRING:1] search-api 5xx ratio above 2 % in eu-west", ""),
    (2, "mei", "ack, looking", ""),
    (3, "ana", "I take the lead. Support, tell me when customers write in.", ""),
    (5, ALERTS, "[FIRING:1] search-api 5xx ratio above 6 % in eu-west", ""),
    (6, "jun", "is this the new ranking? it went out with 2.31", ""),
    (9, "ana", "Support counts eleven tickets so far, status page is up.", "pin"),
    (
        11,
        "jun",
        "search nodes go out of memory, heap at 97 %, the old ones were at 60",
        "stopwatch",
    ),
    (12, "mei", "could be the cache, let me look at the flame graph", ""),
    (17, "mei", "Found it: the ranking cache of 2.31 has no limit, it grows with every query", ""),
    (18, "ana", "Then back to 2.30, please.", ""),
    (24, DEPLOYS, "Rolled back search-api to 2.30", ""),
    (26, "jun", "nodes restart one by one, heap looks normal", ""),
    (31, ALERTS, "[RESOLVED] search-api 5xx ratio above 2 % in eu-west", ""),
    (33, "ana", "All clear. Thank you both, I write it up.", ""),
)


async def incident(stage: Stage) -> None:
    """Let the incident happen, minute by minute, in a channel of its own."""
    workspace = stage.sandbox.workspace
    workspace.add_bot(DEPLOYS, "Ship")
    channel = create(workspace, CHANNEL, stage.id_of("ana"), "public")
    channel.topic = TOPIC
    for who in (*RESPONDERS, ALERTS, DEPLOYS, workspace.app.bot_user):
        join(workspace, channel, workspace.person(who).id)
    await stage.settled()
    now = TOLD[0][0]
    for minute, who, words, mark in TOLD:
        stage.clock.turn(timedelta(minutes=minute - now))
        now = minute
        said = post(workspace, channel, stage.id_of(who), words)
        if mark == "pin":
            await stage.person("mei").pin(CHANNEL, said.ts)
        elif mark:
            await stage.person("mei").react(CHANNEL, said.ts, mark)
        await stage.settled()
    stage.clock.turn(timedelta(minutes=20))
