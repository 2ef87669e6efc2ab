"""Who has to know of what was done to an item: nobody twice, and never whoever did it."""

from collections.abc import Set as AbstractSet

from domain.action_items import ActionItem, ItemState
from domain.decisions import Decision
from domain.kept_tickets import GONE, OPENED

#: What the history calls what the app does by itself: a question that nobody answered, an item
#: whose fix did not keep its class of incidents away, and one whose owner has left.
RETURNED, INEFFECTIVE, OWNER_LEFT = "returned", "ineffective", "owner left"
#: Whoever somebody else named to accept the risk says that they do.
CONFIRMED = "risk confirmed"

#: What is told in front of peers, in the thread of the card: how an item ends, or begins anew.
ENDINGS: AbstractSet[str] = frozenset(
    {
        Decision.IMPLEMENT,
        Decision.VERIFY,
        Decision.REOPEN,
        Decision.CANCEL,
        Decision.ACCEPT,
        Decision.PROMOTE,
        INEFFECTIVE,
    }
)


def is_doubted(item: ActionItem, event: str) -> bool:
    """Whether somebody doubts by it that an item works: they opened the ticket of a done one."""
    return event == OPENED and item.state in {ItemState.IMPLEMENTED, ItemState.VERIFIED}


def holds(item: ActionItem, event: str) -> bool:
    """Whether there is still something to do about what became of an item's ticket.

    Whatever else was done to an item is told, however it stands by now.
    """
    if event == GONE:
        is_at_work = item.state in {ItemState.OPEN, ItemState.INEFFECTIVE}
        return is_at_work and item.ticket_trouble != ""
    return event != OPENED or is_doubted(item, event)


def hearers(
    old: ActionItem | None,
    new: ActionItem,
    event: str,
    by: str,
    *,
    lead: str = "",
    accepter: str = "",
) -> set[str]:
    """Who hears of what `by` did to an item, beside whoever is asked to take it on.

    Its owner and whoever was that before; whoever asked somebody to take it on and has the answer
    now; whoever is named to accept the risk, or as the owner of a project; of one that is
    ineffective also the programme lead, who hears of owners that left in one message about all they
    owned.
    """
    if event == OWNER_LEFT:
        return set()
    concerned = {new.owner, accepter}
    if old is not None:
        concerned.add(old.owner)
        if new.proposed_owner != old.proposed_owner:
            concerned.add(old.proposed_by)
    if event == INEFFECTIVE:
        concerned.add(lead)
    return concerned - {by, ""}
