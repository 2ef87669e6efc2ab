"""What the owners of the organisation received, held against what they were owed."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from tests.faults.oracle import Owed, Stand, is_at_work
from tests.faults.organisation import Owner

#: A digest that comes within so long after its hour is late; after that it is lost.
_LATE = timedelta(days=3)


@dataclass(frozen=True, kw_only=True)
class Mail:
    """A digest as it was posted: to whom, when, and which items it is about."""

    owner: Owner
    at: datetime
    items: frozenset[int]

    def __str__(self) -> str:
        return f"{self.owner.handle} {self.owner.zone} {self.at:%a %d %b %H:%M:%S} {[*self.items]}"


@dataclass
class Verdict:
    """How it went: everything but `owed`, `sent` and `open` should be empty."""

    owed: int = 0
    sent: int = 0
    #: Digests that were owed unless what they are about was decided in the same hour.
    open: int = 0
    late: list[str] = field(default_factory=list)
    duplicate: list[str] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)
    #: On a weekend, on a holiday, or outside of working hours.
    off_hours: list[str] = field(default_factory=list)
    #: About an item that has ended, is not due yet, or is somebody else's.
    stale: list[str] = field(default_factory=list)
    #: Without an item that its owner has to look at.
    silent: list[str] = field(default_factory=list)

    @property
    def wrong(self) -> dict[str, list[str]]:
        """All that should not have happened."""
        names = ("late", "duplicate", "lost", "off_hours", "stale", "silent")
        return {name: found for name in names if (found := getattr(self, name))}

    def table(self) -> dict[str, int]:
        """The numbers for the report."""
        wrong = ("late", "duplicate", "lost", "off_hours", "stale", "silent")
        counted = {name: len(getattr(self, name)) for name in wrong}
        return {"owed": self.owed, "sent": self.sent, **counted}


def judge(
    owed: Mapping[str, Sequence[Owed]],
    mails: Iterable[Mail],
    lives: Iterable[Sequence[Stand]],
    changed: Iterable[Mail] = (),
) -> Verdict:
    """Compare what was owed with what came, owner by owner.

    Of those that were changed in place only what they offer to decide is looked at.
    """
    verdict = Verdict()
    came: dict[str, list[Mail]] = defaultdict(list)
    for mail in mails:
        came[mail.owner.id].append(mail)
    theirs = _by_owner(lives)
    for owner in owed.keys() | came.keys():
        _judge_dates(verdict, owed.get(owner, ()), came[owner])
        for mail in came[owner]:
            _judge_mail(verdict, mail, theirs.get(owner, []))
    for mail in changed:
        _judge_items(verdict, mail, theirs.get(mail.owner.id, []))
    return verdict


def _by_owner(lives: Iterable[Sequence[Stand]]) -> dict[str, list[Stand]]:
    found: dict[str, list[Stand]] = defaultdict(list)
    for life in lives:
        for stand in life:
            found[stand.owner.id].append(stand)
    return found


def _judge_dates(verdict: Verdict, due: Sequence[Owed], came: Sequence[Mail]) -> None:
    """Give each message the digest it is; what is left of either side is wrong."""
    verdict.owed += sum(each.certain for each in due)
    verdict.open += sum(not each.certain for each in due)
    verdict.sent += len(came)
    unmet, spare = list(due), []
    for mail in sorted(came, key=lambda mail: mail.at):
        met = [each for each in unmet if each.opens <= mail.at <= each.closes]
        if met:
            unmet.remove(min(met, key=lambda each: each.closes))
        else:
            spare.append(mail)
    for each in unmet:
        if each.certain and not any(each.opens <= mail.at <= each.closes for mail in came):
            _missed(verdict, each, spare)
    verdict.duplicate += map(str, spare)


def _missed(verdict: Verdict, owed: Owed, spare: list[Mail]) -> None:
    """Late where a message came that nothing else is owed for, else lost."""
    after = [mail for mail in spare if owed.closes < mail.at <= owed.closes + _LATE]
    said = f"{owed.owner.handle} {owed.owner.zone} owed {owed.opens:%a %d %b %H:%M}"
    if after:
        spare.remove(after[0])
        verdict.late.append(f"{said}, came {after[0]}")
    else:
        verdict.lost.append(said)


def _judge_mail(verdict: Verdict, mail: Mail, theirs: Sequence[Stand]) -> None:
    """Look at one message: when it came, and what it is about at that very moment."""
    if not is_at_work(mail.owner, mail.at):
        verdict.off_hours.append(str(mail))
    _judge_items(verdict, mail, theirs)
    today = mail.owner.today(mail.at)
    surely = [stand for stand in theirs if stand.since < mail.at < stand.until]
    missing = {stand.item for stand in surely if stand.needs(today)} - mail.items
    if missing:
        verdict.silent.append(f"{mail} lacks {missing}")


def _judge_items(verdict: Verdict, mail: Mail, theirs: Sequence[Stand]) -> None:
    today = mail.owner.today(mail.at)
    possibly = [stand for stand in theirs if stand.since <= mail.at <= stand.until]
    stale = mail.items - {stand.item for stand in possibly if stand.needs(today)}
    if stale:
        verdict.stale.append(f"{mail} has {stale}")
