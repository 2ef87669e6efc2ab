"""What Slack was asked for in a year, read as what people received and what it cost."""

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta

from bot.posting import EVENT_TYPE
from domain.decisions import Decision
from handlers.digests import DIGEST
from sandbox.web_api import Call
from tests.faults.lives import Act
from tests.faults.organisation import Down, Owner
from tests.faults.verdict import Mail

_KEY = re.compile(r"PM-\d+/\d")
#: Whoever is asked to take an item on is waited for so long; then it is said to both.
_ASKED_FOR = 10
_A_DAY = timedelta(days=1)
_AN_HOUR = timedelta(hours=1)


def is_digest(call: Call) -> bool:
    """Whether Slack took a digest, new or changed."""
    metadata = call.args.get("metadata") or {}
    if metadata.get("event_type") != EVENT_TYPE or not call.response["ok"]:
        return False
    return bool(metadata["event_payload"]["key"].split("/")[1] == DIGEST)


def posted(
    calls: Iterable[Call], people: Mapping[str, Owner], items: Mapping[str, int]
) -> list[Mail]:
    """The digests that were posted; `items` tells which item a key on screen is."""
    return [
        Mail(owner=people[call.args["channel"]], at=call.at, items=_named(_words(call), items))
        for call in calls
        if call.method == "chat.postMessage" and is_digest(call)
    ]


def changed(
    calls: Iterable[Call], people: Mapping[str, Owner], items: Mapping[str, int]
) -> list[Mail]:
    """The digests that were updated in place, with the items that they offer to decide."""
    return [
        Mail(owner=_reader(call, people), at=call.at, items=_named(_buttons(call), items))
        for call in calls
        if call.method == "chat.update" and is_digest(call)
    ]


def _reader(call: Call, people: Mapping[str, Owner]) -> Owner:
    subject = call.args["metadata"]["event_payload"]["key"].split("/")[2]
    return people[subject.partition(":")[0]]


def _named(words: str, items: Mapping[str, int]) -> frozenset[int]:
    return frozenset(items[key] for key in _KEY.findall(words))


def _words(call: Call) -> str:
    return str(call.args["text"]) + json.dumps(call.args["blocks"])


def _buttons(call: Call) -> str:
    return json.dumps([block for block in call.args["blocks"] if block["type"] == "actions"])


def costs(calls: Iterable[Call], people: Mapping[str, Owner]) -> Counter[tuple[str, date]]:
    """How many calls were made for each owner on each day of theirs."""
    whose = {owner.id: owner for owner in people.values()}
    for call in calls:
        if call.method == "chat.postMessage" and call.response["ok"]:
            whose[call.response["channel"]] = people[call.args["channel"]]
    asked = ((call, _about(call)) for call in calls)
    return Counter(
        (whose[about].id, whose[about].today(call.at)) for call, about in asked if about in whose
    )


def _about(call: Call) -> str:
    """Whom or which conversation a call names."""
    return str(
        next((call.args[name] for name in ("channel", "user", "users") if name in call.args), "")
    )


def quiet(
    came: Iterable[Mail], acts: Iterable[Act], trouble: Sequence[datetime], away: Sequence[Down]
) -> list[Mail]:
    """Of these digests, those of a day on which nothing changed, sent while all went well."""
    busy = {day for act in acts for day in _busy(act)}
    rough = [
        *((at, at + _AN_HOUR) for at in trouble),
        *((down.begin - _AN_HOUR, down.end + _A_DAY) for down in away),
    ]
    return [
        mail
        for mail in came
        if (mail.owner.id, mail.owner.today(mail.at)) not in busy
        and not any(begin <= mail.at <= end for begin, end in rough)
    ]


def _busy(act: Act) -> Iterator[tuple[str, date]]:
    lasts = _ASKED_FOR if act.decision is Decision.REASSIGN else 0
    for who in {act.by, act.person or act.by}:
        for later in range(lasts + 1):
            yield who.id, who.today(act.at) + later * _A_DAY
