"""The window of `/postmortem report`: the headline, three tabs, what to look at, what to do."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from blocks.definitions import how_counted_button
from blocks.inputs import option, select_element
from blocks.open_tables import SEND_FILES, OpenTable
from blocks.parts import Block, View, actions, button, context, divider, modal, section
from blocks.report_tabs import Apart, Tab, apart_blocks, tab_blocks
from blocks.report_traces import headline_traces
from blocks.text import bold, channel_link, escape, moment, one_line, shown
from blocks.traces import trace_buttons
from domain import headlines
from domain.report import Report, Wanted
from domain.windows import MONTHS, Dimension, Scope

#: The window's own name.
REPORT = "report"
#: `report_tab.` and the tab's name.
TURN_TAB = "report_tab"
PERIOD, SERVICE, TELL_APART = "report_period", "report_service", "report_apart"
CSV, POST = "report_window_csv", "report_post"
_EVERYTHING = "Every service"
#: The value of a choice that stands for none; no service is called so, for it would be trimmed.
_NONE = " "
#: Slack's most for one list of options, and one of them is for none.
_CHOICES_MAX = 99
_SERVICE_MAX = 120


@dataclass(frozen=True, kw_only=True)
class Shown:
    """What the window shows. `channel` is where it was asked for and can be posted, if there.

    `said` is what was done last, in mark-up.
    """

    months: int
    service: str = ""
    tab: str = Tab.REPEATS.value
    by: str = ""
    channel: str = ""
    said: str = ""

    @property
    def wanted(self) -> Wanted:
        """Which report it shows."""
        return Wanted(months=self.months, scope=Scope(service=self.service))

    @property
    def dimension(self) -> Dimension | None:
        """What the numbers are told apart by, if by anything."""
        return Dimension(self.by) if self.by else None


@dataclass(frozen=True, kw_only=True)
class Content:
    """What there is to show; of the open items only in their tab, of the parts only when asked."""

    report: Report
    services: Sequence[str]
    items: OpenTable
    apart: Apart | None = None


def report_window(shown: Shown, content: Content, *, with_charts: bool = True) -> View:
    """The window; without charts tables say the same."""
    report = content.report
    blocks = [
        *_top(report),
        _choices(shown, content.services),
        actions([_tab(each, shown) for each in Tab]),
        *tab_blocks(report, Tab(shown.tab), content.items, with_charts=with_charts),
        divider(),
        _row("apart", shown, [_apart(shown)]),
        *_told_apart(content),
        divider(),
        actions(_deeds(shown)),
        *([context(shown.said)] if shown.said else []),
    ]
    return modal("Report", blocks, callback_id=REPORT, close="Close", metadata=_kept(shown))


def _kept(shown: Shown) -> str:
    return json.dumps(asdict(shown) | {"said": ""}, ensure_ascii=False)


def shown_in(metadata: str) -> Shown:
    """What a window shows, by what it remembers."""
    kept: dict[str, Any] = json.loads(metadata)
    return Shown(**kept)


def _top(report: Report) -> list[Block]:
    beside = headlines.beside(report)
    return [
        section(bold(escape(headlines.headline(report)))),
        context(" ".join([*([beside] if beside else []), _taken(report)])),
        *trace_buttons(headline_traces(report)),
    ]


def _taken(report: Report) -> str:
    service = shown(one_line(report.scope.service), _SERVICE_MAX)
    of_it = f" of {service}" if service else ""
    return f"Last {report.months} months{of_it}, as of {moment(report.taken_at)}."


def _told_apart(content: Content) -> list[Block]:
    return apart_blocks(content.report, content.apart) if content.apart else []


def _choices(shown: Shown, services: Sequence[str]) -> Block:
    return _row("of", shown, [_period(shown), _services(shown, services)])


def _row(name: str, shown: Shown, lists: list[Block]) -> Block:
    """Lists beside each other.

    Slack keeps what somebody chose for as long as the block goes by the same id: where a click came
    too late, what it chose must not stay beside the numbers of something else.
    """
    block_id = f"{REPORT}.{name}.{shown.months}.{shown.by}.{shown.service}"
    return actions(lists) | {"block_id": block_id}


def _period(shown: Shown) -> Block:
    options = [option(str(each), f"Last {each} months") for each in MONTHS]
    return _select(PERIOD, options, str(shown.months), "Period")


def _services(shown: Shown, services: Sequence[str]) -> Block:
    """Those that are named most often, and the one that is shown; each once, however cased."""
    spelled: dict[str, str] = {}
    for each in services:
        spelled.setdefault(each.lower(), each)
    offered = list(spelled.values())[:_CHOICES_MAX]
    chosen = spelled.get(shown.service.lower(), "")
    if chosen and chosen not in offered:
        offered[-1] = chosen
    options = [option(_NONE, _EVERYTHING), *(option(each, one_line(each)) for each in offered)]
    return _select(SERVICE, options, chosen or _NONE, "Service")


def _apart(shown: Shown) -> Block:
    options = [
        option(_NONE, "Not told apart"),
        *(option(each.value, f"By {each}") for each in Dimension),
    ]
    return _select(TELL_APART, options, shown.by or _NONE, "Tell apart by")


def _select(action_id: str, options: list[Block], chosen: str, placeholder: str) -> Block:
    return select_element(options, chosen, placeholder) | {"action_id": action_id}


def read_choice(value: str) -> str:
    """What was chosen in one of the lists; empty for none of its things."""
    return "" if value == _NONE else value


def _tab(tab: Tab, shown: Shown) -> Block:
    is_here = tab.value == shown.tab
    spoken = f"{tab}{', shown now' if is_here else ''}"
    name = f"{TURN_TAB}.{tab.name.lower()}"
    return button(tab.value, name, tab.value, spoken=spoken, primary=is_here)


def _deeds(shown: Shown) -> list[Block]:
    whole = f"Post the standard report{_of(shown)} in this channel"
    post = button("Post in this channel", POST, POST, spoken=whole)
    return [
        how_counted_button(),
        button(SEND_FILES, CSV, CSV),
        *([post] if shown.channel else []),
    ]


def _of(shown: Shown) -> str:
    of = f", {one_line(shown.service)}" if shown.service else ""
    return f" of {headlines.period(shown.months)}{of}"


def posted(shown: Shown) -> str:
    """What is said once it was posted: that it is not what the window shows at the moment."""
    return (
        f"The standard report{escape(_of(shown))} is on its way to {channel_link(shown.channel)}: "
        "the same whichever tab is open and whatever is told apart."
    )
