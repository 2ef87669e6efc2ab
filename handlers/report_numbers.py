"""The numbers of a report, as they are at an instant."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlmodel.ext.asyncio.session import AsyncSession

from domain.measures import Completion, Part
from domain.report import OfQuarter, Report, Wanted, quarters_until
from domain.windows import Dimension, before, last_months
from handlers.review_hours import zone_of
from storage import kept_promises, measures, search

#: What a service is called that only incidents of private channels name.
OF_PRIVATE = "(of private channels)"


async def gather(session: AsyncSession, workspace_id: str, wanted: Wanted, now: datetime) -> Report:
    """The report that is wanted, by the days of where the reviews are held."""
    return await gather_in(session, workspace_id, wanted, now, await zone_of(session, workspace_id))


async def gather_in(
    session: AsyncSession, workspace_id: str, wanted: Wanted, now: datetime, zone: ZoneInfo
) -> Report:
    """The same, by the days of this zone."""
    scope = wanted.scope
    window = last_months(wanted.months, now, zone)
    earlier = before(window, wanted.months)
    quarters = quarters_until(window)
    of_quarters = [each for _, each in quarters]
    windows = [window, earlier, *of_quarters]
    repeats = await measures.repeats(session, workspace_id, windows, scope)
    kept = await kept_promises.completion(session, workspace_id, windows, scope)
    times, times_before = await measures.times(session, workspace_id, [window, earlier], scope)
    last = quarters[-1][0]
    return Report(
        months=wanted.months,
        scope=scope,
        window=window,
        earlier=earlier,
        repeats=repeats[0],
        repeats_before=repeats[1],
        recurrence=await measures.recurrence(session, workspace_id, now, scope),
        completion=kept[0],
        completion_before=kept[1],
        times=times,
        times_before=times_before,
        severities=tuple(await measures.severities(session, workspace_id, window, scope)),
        quarters=tuple(
            OfQuarter(
                quarter=quarter,
                window=each,
                repeats=repeated,
                completion=done,
                is_running=quarter == last,
            )
            for (quarter, each), repeated, done in zip(quarters, repeats[2:], kept[2:], strict=True)
        ),
        classes=tuple(await measures.class_trend(session, workspace_id, of_quarters, scope)),
        open_items=await kept_promises.open_items(
            session, workspace_id, window.end_day, zone, scope
        ),
        decisions=await kept_promises.decisions(session, workspace_id, window, scope),
    )


async def parts(
    session: AsyncSession, workspace_id: str, report: Report, by: Dimension
) -> list[Part]:
    """The numbers of a report's window told apart, the part with the most incidents first.

    Tiers stand in their order. A service that only incidents of private channels name is counted,
    and not named.
    """
    found = await measures.parts(session, workspace_id, report.window, report.scope, by)
    kept = await kept_promises.completion_by(session, workspace_id, report.window, report.scope, by)
    if by is not Dimension.SERVICE:
        told = [_complete(each, kept, each.key) for each in found]
        return sorted(told, key=_by_tier) if by is Dimension.TIER else told
    public = {each.lower() for each in await search.services(session, workspace_id)}
    # Services are the same however they are cased, and the promises have them in lower case.
    told = [_complete(each, kept, each.key.lower()) for each in found]
    return [_named(each, public) for each in told]


def _by_tier(part: Part) -> tuple[bool, str]:
    return not part.key, part.key


def _complete(part: Part, kept: Mapping[str, Completion], key: str) -> Part:
    return replace(part, completion=kept.get(key, part.completion))


def _named(part: Part, public: Collection[str]) -> Part:
    is_private = part.key and part.key.lower() not in public
    return replace(part, key="", name=OF_PRIVATE) if is_private else part
