"""What the app is made of: every handler, what they send, and what they do by the clock."""

from types import ModuleType

from bot.clock import Scheduled
from handlers import (
    accepted_risks,
    action_items,
    agenda,
    agreements,
    archived,
    backfill,
    capture,
    cards,
    chairs,
    channels,
    comings,
    commands,
    contributing_factors,
    deciding,
    digests,
    find,
    handing_over,
    handovers,
    hearings,
    home,
    item_news,
    items,
    items_list,
    lessons,
    meetings,
    milestones,
    notes,
    passing_on,
    people,
    postmortems,
    publishing,
    risk_deciding,
    risk_news,
    root_causes,
    settings,
    sources,
    timeline,
)
from handlers.outgoing import Compose

#: Those that answer to people.
HANDLERS: tuple[ModuleType, ...] = (
    commands,
    postmortems,
    timeline,
    milestones,
    backfill,
    capture,
    sources,
    contributing_factors,
    root_causes,
    lessons,
    notes,
    action_items,
    items,
    deciding,
    accepted_risks,
    risk_deciding,
    agreements,
    meetings,
    chairs,
    passing_on,
    publishing,
    handing_over,
    home,
    settings,
    find,
    items_list,
    channels,
    people,
    comings,
    archived,
)
DELIVERIES: dict[str, Compose] = {
    kind: compose
    for module in (cards, agenda, item_news, risk_news, digests, *HANDLERS)
    for kind, compose in getattr(module, "DELIVERIES", {}).items()
}
SCHEDULE: dict[str, Scheduled] = {
    name: duty
    for module in (handovers, hearings, *HANDLERS)
    for name, duty in getattr(module, "SCHEDULE", {}).items()
}
