"""What `closedloop doctor` asks the trackers: can tickets be made where they are to be made."""

from collections.abc import Sequence

from bot.findings import Finding, note, ok, wrong
from bot.settings import Settings
from bot.trackers import hook_readers
from domain.tickets import Place, TrackerKind
from integrations.trackers import TicketGone, Tracker, TrackerBusy, TrackerRefused, Trackers
from integrations.trackers.nowhere import Nowhere

_TRACKERS = "Trackers"
_NONE = (
    "None is set up, so action items get no tickets. docs/trackers.md says how Jira, GitHub or "
    "Linear is."
)
_KNOWN = "It knows us as “{}”. "
_NO_PLACE = (
    "No service has its tickets there yet: say where that is in Slack, with /postmortem settings "
    "trackers, and it is tried there too."
)
_NOT_TOLD = (
    "Where tickets are made is tried when the database answers, which knows it: mend what is wrong "
    "above first."
)
_NO_HOOKS = (
    "Changes are seen only when tickets are looked at. Set {0}_WEBHOOK_SECRET, and let {1} send "
    "its webhooks to /api/trackers/{2} (docs/trackers.md)."
)


async def examine(
    settings: Settings, trackers: Trackers, places: Sequence[Place] | None
) -> list[Finding]:
    """How each tracker is that is set up or has tickets; no ticket is made for it.

    `places` is None where nothing tells which there are.
    """
    there = [kind for kind, each in trackers.items() if not isinstance(each, Nowhere)]
    if not (there or places):
        return [note(_TRACKERS, _NONE)]
    if places is None:
        return [await _known(trackers[kind], _NOT_TOLD) for kind in there]
    found: list[Finding] = []
    for kind in trackers:
        here = [each for each in places if each.kind is kind]
        if not here:
            found.append(await _nobodys(trackers[kind]))
            continue
        for place in here:
            found.extend(await _place(trackers, place))
        found.append(_hooks(settings, kind))
    return found


async def _nobodys(tracker: Tracker) -> Finding:
    if isinstance(tracker, Nowhere):
        return note(tracker.kind.called, tracker.sentence)
    return await _known(tracker, _NO_PLACE)


async def _known(tracker: Tracker, otherwise: str) -> Finding:
    """Whether the tracker knows our account, where nothing says what to try it on."""
    about = tracker.kind.called
    try:
        return note(about, _KNOWN.format(await tracker.known_as()) + otherwise)
    except (TrackerBusy, TrackerRefused) as silent:
        return wrong(about, str(silent))


async def _place(trackers: Trackers, place: Place) -> list[Finding]:
    whose = f"of {place.service}" if place.service else "of all services"
    about = f"{place.kind.called} {place.project}"
    try:
        complaints = await trackers[place.kind].check(place)
    except (TrackerBusy, TrackerRefused) as silent:
        complaints = [str(silent)]
    except TicketGone:
        complaints = ["It is not there, or our token may not see it."]
    if complaints:
        return [wrong(about, each) for each in complaints]
    if place.trouble:
        since = f"{place.trouble_since:%Y-%m-%d %H:%M} UTC" if place.trouble_since else "a while"
        return [wrong(about, f"Since {since}: {place.trouble}")]
    return [ok(about, f"The tickets {whose} can be made there.")]


def _hooks(settings: Settings, kind: TrackerKind) -> Finding:
    about = f"{kind.called} webhooks"
    if kind in hook_readers(settings):
        return ok(about, f"They are listened to at /api/trackers/{kind}.")
    return note(about, _NO_HOOKS.format(kind.name, kind.called, kind))
