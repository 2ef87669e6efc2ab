"""All of a postmortem, as it is written into a file and read from one."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from domain.accepted_risks import AcceptedRisk
from domain.action_items import ActionItem
from domain.contributing_factors import ContributingFactor
from domain.inherited import InheritedLine
from domain.passages import Passage
from domain.postmortems import Facts
from domain.timeline import TimelineEntry


@dataclass(frozen=True, kw_only=True)
class Document:
    """One postmortem outside of a database: nothing in it has an id.

    `key` is what its workspace calls it, empty for a document that comes from elsewhere. People
    are Slack user ids, `names` says what they are called. An item names the factor that it
    answers by its place in `factors`, from 1 (`factor_id`), and a risk the item that was accepted
    as one by its `position` (`item_id`). `time_to_detect` and `time_to_recover` are minutes that a
    document states itself, None where it leaves them to its instants. What comes from a private
    channel says so, so that it does not become public on its way through a file. Who agreed to its
    timeline is not in it: they agreed to what they saw.
    """

    facts: Facts
    key: str = ""
    is_private: bool = False
    names: Mapping[str, str] = field(default_factory=dict)
    root_cause: str = ""
    passages: Mapping[Passage, str] = field(default_factory=dict)
    classes: tuple[str, ...] = ()
    entries: tuple[TimelineEntry, ...] = ()
    factors: tuple[ContributingFactor, ...] = ()
    items: tuple[ActionItem, ...] = ()
    risks: tuple[AcceptedRisk, ...] = ()
    inherited: tuple[InheritedLine, ...] = ()
    facilitator: str = ""
    published: str = ""
    time_to_detect: float | None = None
    time_to_recover: float | None = None
