"""A workspace whose incident channel holds as many messages as one likes."""

from collections.abc import Callable

from sandbox import Workspace
from sandbox.messages import Message
from sandbox.seed import company

CHANNEL = "inc-checkout-latency"
#: Somebody says something this often, at most this long in a row.
EVERY_S = 400
IN_A_ROW = 4
LONG = (
    "Rolled back. It needs some minutes until the queues are short again, and I would rather wait "
    "for a quarter of an hour of quiet before I call this recovered, as it came back last time "
    "after ten. Support knows, the status page says so as well."
)
SAID = (
    "Looking at it now.",
    "p99 of `checkout-api` is *8.2 s* in eu-west, 410 ms elsewhere. :fire:",
    "<@{other}> can you see whether the canary had traffic of large tenants at all?",
    "> One tenant took every connection\nThat fits: <https://graphs.example.com/d/pool|the pool>",
    "```08:58 deploy of checkout 4.2\n09:03 first alert\n09:14 rolled back```",
    LONG,
)


def holding(messages: int) -> Callable[[Workspace], None]:
    """The company, with this many messages in the channel; all of them are read."""

    def fill(workspace: Workspace) -> None:
        company(workspace)
        channel = workspace.channel(CHANNEL)
        people = [one for one in channel.members if workspace.people[one].is_person]
        newest = float(channel.messages[0].ts)
        missing = range(messages - len(channel.messages), 0, -1)
        channel.messages[:0] = [_said(people, number, newest) for number in missing]

    return fill


def _said(people: list[str], number: int, newest: float) -> Message:
    user, other = (people[(number // IN_A_ROW + shift) % len(people)] for shift in (0, 1))
    message = Message(
        f"{newest - number * EVERY_S:.6f}", user, SAID[number % len(SAID)].format(other=other)
    )
    if number % 10 == 0:
        message.reactions = {"eyes": [other]}
    return message
