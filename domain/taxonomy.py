"""The taxonomy of causal classes: small, and kept so that what was tagged keeps its meaning."""

from enum import StrEnum


class Change(StrEnum):
    """What is done to a class."""

    ADDED = "added"
    RENAMED = "renamed"
    MERGED = "merged"
    RETIRED = "retired"
    RESTORED = "restored"
