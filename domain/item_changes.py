"""What differs between an item and what becomes of it, as its history tells it (rule 24)."""

from domain.action_items import ActionItem


def changes(old: ActionItem | None, new: ActionItem) -> dict[str, tuple[str, str]]:
    """Tell what differs, as text for the history (rule 24): field → (old, new)."""
    return {
        field: (_as_text(old, field), _as_text(new, field))
        for field in _TOLD
        if _as_text(old, field) != _as_text(new, field)
    }


#: What the history tells; the rest follows from it.
_TOLD = (
    *("what", "done_when", "owner", "priority", "due_on", "kind", "factor_id", "state"),
    *("reschedules", "reviews_seen", "progress", "note", "implemented_on", "soaks_until"),
    *("shipped", "evidence", "link", "proposed_owner", "ticket"),
)


def _as_text(item: ActionItem | None, field: str) -> str:
    value = getattr(item, field, None)
    return str(value) if value else ""
