"""Where it can be asked how much of an error budget is spent."""

from typing import Protocol


class NoAnswer(Exception):
    """It was not said how much is spent; the message is a sentence that says why."""


class BudgetSource(Protocol):
    """Somebody who watches objectives and can be asked."""

    async def burned(self, query: str) -> float:
        """How many percent of an error budget are spent, by this query of the source's own.

        Raises NoAnswer.
        """
        ...


class Nobody:
    """A source where none is set up."""

    async def burned(self, query: str) -> float:
        """Say how one is set up."""
        del query
        raise NoAnswer(
            "No Prometheus is set up: whoever runs Closed Loop names one in PROMETHEUS_URL."
        )
