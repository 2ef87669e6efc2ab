"""The inputs of the settings form, in groups: people, places, dates, working time, numbers."""

from blocks.inputs import (
    channel_element,
    checkboxes_element,
    field_input,
    hour_element,
    number_element,
    option,
    people_element,
    person_element,
    text_element,
)
from blocks.parts import Block, header
from domain.budgets import RECOVERED_BELOW
from domain.programme import Programme
from domain.settings import (
    BURNING_MAX,
    DAYS_MAX,
    FACILITATORS_MAX,
    Settings,
    shown_holidays,
)

#: What is asked for in days: field → (label, hint).
DUE_DAYS = {
    "p1_due_days": ("Days until a P1 item is due", ""),
    "p2_due_days": ("Days until a P2 item is due", ""),
    "p3_due_days": ("Days until a P3 item is due", ""),
    "accepted_risk_days": ("Days for which a risk is accepted", ""),
}
FOLLOW_UP_DAYS = {
    "remind_before_days": (
        "Days before the due date on which an owner is reminded",
        "They hear again on the day itself.",
    ),
    "remind_every_days": (
        "Days between reminders of an overdue item",
        "All of a day's reminders come in one message.",
    ),
    "soak_days": (
        "Days until a fix is asked for evidence",
        "So long it must have worked. Items that soak already keep their day.",
    ),
}
CHANNELS = {
    "organisation_channel": "Where are tier 1 postmortems published?",
    "engineering_channel": "Where are tier 2 postmortems published?",
}
#: The box that is ticked where the numbers are posted each month.
MONTHLY = "monthly"
_INVITE = "Closed Loop must be in it: type /invite @Closed Loop there. Left empty: nowhere yet."
_WEEK = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def people_inputs(settings: Settings) -> list[Block]:
    """Who leads, and who takes turns at chairing."""
    lead = person_element(settings.programme.lead, "Choose one person")
    turns = people_element(settings.facilitators, "Choose people", FACILITATORS_MAX)
    return [
        field_input(
            "lead",
            "Who leads the programme?",
            lead,
            hint="The person who answers for the loop. From then on only they change this.",
            optional=True,
            told_at_once=True,
        ),
        field_input(
            "facilitators",
            "Who takes turns at chairing reviews?",
            turns,
            hint="They chair reviews of incidents and, with the members of the group below, "
            "monthly reviews. Left empty: everybody who ever responded to an incident.",
            optional=True,
        ),
    ]


def channel_inputs(programme: Programme) -> list[Block]:
    """Where postmortems are published, and how a message gets into a timeline."""
    channels = [
        field_input(
            field,
            label,
            channel_element(getattr(programme, field), "Choose a public channel"),
            hint=_INVITE,
            optional=True,
        )
        for field, label in CHANNELS.items()
    ]
    return [header("Channels"), *channels, _reaction(programme)]


def _reaction(programme: Programme) -> Block:
    return field_input(
        "reaction",
        "Which reaction adds a message to the timeline?",
        text_element(programme.reaction, most=100, placeholder="stopwatch"),
        hint="The emoji's name, as Slack shows it between colons.",
    )


def day_inputs(programme: Programme) -> list[Block]:
    """When items are due, and when their owners hear of them."""
    return [
        header("Due dates"),
        *_numbers(programme, DUE_DAYS),
        header("Follow-up"),
        *_numbers(programme, FOLLOW_UP_DAYS),
    ]


def _numbers(programme: Programme, asked: dict[str, tuple[str, str]]) -> list[Block]:
    return [
        field_input(field, label, number_element(getattr(programme, field), 1, DAYS_MAX), hint=hint)
        for field, (label, hint) in asked.items()
    ]


def hour_inputs(programme: Programme) -> list[Block]:
    """When people work, by everybody's own clock."""
    days = [option(str(number), day) for number, day in enumerate(_WEEK, 1)]
    own = "By everybody's own clock."
    return [
        header("Working time"),
        field_input(
            "working_days",
            "On which days do people work?",
            checkboxes_element(days, programme.working_days),
            hint="Reminders keep to these days and to working hours. What a colleague does or asks "
            "reaches you at once.",
        ),
        field_input(
            "work_begins",
            "When does work begin?",
            hour_element(programme.work_begins),
            hint=f"{own} This is when owners hear from me.",
        ),
        field_input("work_ends", "When does it end?", hour_element(programme.work_ends), hint=own),
        field_input(
            "holidays",
            "Whose public holidays count?",
            text_element(shown_holidays(programme), most=20, placeholder="own"),
            hint="own: everybody's own country's, by their time zone. none: nobody's. Or the two "
            "letters of one country, like DE, whose holidays are everybody's.",
        ),
    ]


def measure_inputs(programme: Programme) -> list[Block]:
    """When a service burns its error budget, and whether the numbers are posted by themselves."""
    monthly = [option(MONTHLY, "Post them on the first working day of each month")]
    return [
        header("Numbers"),
        field_input(
            "burning_percent",
            "Percent of its error budget from which a service burns it",
            number_element(programme.burning_percent, 1, BURNING_MAX),
            hint="Its open items go up one priority, and their owners hear why. They go back when "
            f"it has recovered by {RECOVERED_BELOW} points.",
        ),
        field_input(
            "report_monthly",
            "Are the programme's numbers posted by themselves?",
            checkboxes_element(monthly, [MONTHLY] if programme.report_monthly else []),
            hint="Where the monthly review is held. /postmortem report shows them at any time.",
            optional=True,
        ),
    ]
