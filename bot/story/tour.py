"""The guided tour of the page: what a visitor does first, in the order in which it makes sense.

It leads along the programme: incident, postmortem, items, what became of them. A step is here once
its feature is.
"""

from sandbox.tour import Step

TOUR = (
    Step(
        title="An incident has just ended",
        text=(
            "You are Ana, the incident commander. Checkout was slow for half an hour, and all that "
            "is known about it was said in this channel. Nobody has written anything down yet."
        ),
        person="ana",
        channel="inc-checkout-latency",
    ),
    Step(
        title="Write the postmortem where it happened",
        text=(
            "Send `/postmortem`. One form opens, filled in from the channel: title, service, "
            "severity, who responded. Say when it started and press *Start*: the card that appears "
            "says what is still missing, and every section has its button."
        ),
        person="ana",
        channel="inc-checkout-latency",
        type="/postmortem",
    ),
    Step(
        title="Three action items, one owner each",
        text=(
            "Press *Add an action item* on the card. Say what will be different and how a stranger "
            "could check it, and choose one person. No owner? Then accept the risk instead, with a "
            "date. A fourth item has no button. Open a second tab as Bob to see him see it at once."
        ),
        person="ana",
        channel="inc-checkout-latency",
    ),
    Step(
        title="What became of the earlier ones",
        text=(
            "Fourteen months of this company are here. Last week it had its third *expired "
            "credential* in a year: that is this card. Then look at `#inc-identity-failover`: its "
            "first item was moved twice, two monthly reviews have seen it open, and it has "
            "*expired*. The clock turns to the next thing that somebody has promised."
        ),
        person="lena",
        channel="inc-identity-webhook-key",
        turn="next",
    ),
)
