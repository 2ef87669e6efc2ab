"""What an incident did: its impact in words, and the figures that are known later."""

from datetime import timedelta
from typing import Any

from blocks.inputs import field_input, preset, text_element
from blocks.parts import Block, context
from blocks.text import duration, escape, one_line
from domain.errors import RuleBroken
from domain.postmortems import BUDGET_MAX, REVENUE_MAX, TEXT_MAX, USERS_MAX, Facts

A_MINUTE = timedelta(minutes=1)


def impact_input(impact: str) -> Block:
    """The impact in words."""
    element = text_element(
        impact,
        most=TEXT_MAX,
        multiline=True,
        placeholder="One checkout in five failed for 40 minutes; nobody was charged twice",
    )
    return field_input("impact", "Impact", element, hint="Who felt it, and how?", optional=True)


def figures_inputs(facts: Facts) -> list[Block]:
    """The figures, which only the form that mends the facts asks for."""
    users = "" if facts.users_affected is None else str(facts.users_affected)
    revenue = text_element(facts.revenue_lost, most=REVENUE_MAX, placeholder="12,000 EUR")
    budget = "" if facts.budget_burned is None else _percent(facts.budget_burned)
    return [
        field_input("users_affected", "Users affected", _number(users, USERS_MAX), optional=True),
        field_input("revenue_lost", "Revenue lost", revenue, optional=True),
        field_input(
            "budget_burned",
            "Error budget used, in percent",
            _number(budget, BUDGET_MAX, decimal=True),
            hint="What this incident took of the service's error budget: 35 for a good third.",
            optional=True,
        ),
    ]


def _percent(budget: float) -> str:
    return f"{budget:.4f}".rstrip("0").rstrip(".")


def _number(initial: str, most: float, *, decimal: bool = False) -> Block:
    bounds = {"min_value": "0", "max_value": f"{most:.0f}"}
    return preset({"type": "number_input", "is_decimal_allowed": decimal} | bounds, initial)


def read_figures(typed: dict[str, Any]) -> dict[str, Any]:
    """The figures as typed; RuleBroken on the one that is no number."""
    users, budget = (typed.get(name) or "" for name in ("users_affected", "budget_burned"))
    return {
        "users_affected": _whole(users.strip()),
        "revenue_lost": typed.get("revenue_lost", "").strip(),
        "budget_burned": _decimal(budget.strip()),
    }


def _whole(typed: str) -> int | None:
    if typed and not (typed.isdecimal() and len(typed) <= len(str(USERS_MAX))):
        raise RuleBroken("users_affected", "Write how many people felt it, like 1200.")
    return int(typed) if typed else None


def _decimal(typed: str) -> float | None:
    try:
        return float(typed) if typed else None
    except ValueError:
        raise RuleBroken(
            "budget_burned", "Write what it used of the error budget in percent, like 35."
        ) from None


def after(length: timedelta) -> str:
    """How long something took, to stand after what it was."""
    return "within a minute" if length < A_MINUTE else f"after {duration(length)}"


def lasted(facts: Facts) -> list[Block]:
    """How long it took to detect and to recover; nothing of what has no end yet."""
    times = (("detected", facts.detected_at), ("recovered", facts.recovered_at))
    said = [f"{name} {after(at - facts.started_at)}" for name, at in times if at]
    return [context(f"From these times: {', '.join(said)}.")] if said else []


def figures_line(facts: Facts) -> list[str]:
    """The figures in one line, escaped; none where none is known."""
    figures = figures_in_words(facts)
    return [escape(figures)] if figures else []


def figures_in_words(facts: Facts) -> str:
    """The figures in one line of plain text; empty where none is known."""
    users, budget = facts.users_affected, facts.budget_burned
    revenue = one_line(facts.revenue_lost)
    said = [
        *([] if users is None else [f"{users:,} {'user' if users == 1 else 'users'} affected"]),
        *([f"{revenue} lost"] if revenue else []),
        *([] if budget is None else [f"{_percent(budget)} % of the error budget used"]),
    ]
    return " · ".join(said)
