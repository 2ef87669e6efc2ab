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
    follow_ups,
    handing_over,
    handovers,
    hearings,
    home,
    inherited_lines,
    item_news,
    items,
    items_list,
    lessons,
    meetings,
    meta_reviews,
    milestones,
    notes,
    passing_on,
    people,
    postmortems,
    publishing,
    review_cards,
    review_chairs,
    review_clock,
    review_closing,
    review_notices,
    review_reminders,
    review_summaries,
    review_window,
    reviewing,
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
    reviewing,
    review_cards,
    review_clock,
    review_reminders,
    review_chairs,
    review_notices,
    review_window,
    inherited_lines,
    review_closing,
    review_summaries,
    meta_reviews,
    follow_ups,
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
