"""The guided tour: a few steps, each with the seat to take and the place to look at."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Step:
    """One step of the tour; `person` and `channel` are names, `type` is put into the composer.

    `turn` offers a button that turns the clock: to the "next" thing due or to the "review".
    """

    title: str
    text: str
    person: str
    channel: str
    type: str = ""
    turn: str = ""
