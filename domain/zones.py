"""What may stand after a clock to say whose it is: `UTC`, `UTC+5:30`, `+05:30`; what may not.

A zone that is overlooked makes an instant hours wrong in silence, so every name that people write
is known here, if only to be refused: most mean different offsets in different places.
"""

import re
from datetime import UTC, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo

from domain.unclear import Unclear

#: Of what was said, no more is said back.
SAID_MAX = 40

#: Known in any case, since nothing else is written like that after a time.
_NAMES = (
    "EST|EDT|CST|CDT|MST|MDT|PST|PDT|AKST|AKDT|HST|CET|CEST|EET|EEST|BST|MSK|"
    "JST|KST|SGT|HKT|AEST|AEDT|ACST|ACDT|AWST|NZST|NZDT|BRT|SAST"
)
#: Words in lower case, somewhere: `et al.`, `ist`, `west`. Only capitals are a zone.
_CAPITALS = "ET|CT|MT|PT|WET|WEST|IST|AST|ADT|NST|NDT|PHT|PKT|WIB|WAT|CAT|EAT"
_AREAS = "Africa|America|Antarctica|Asia|Atlantic|Australia|Europe|Indian|Pacific|Etc"
_SPOKEN = r"(?:Eastern|Central|Mountain|Pacific)\s++(?:(?:standard|daylight)\s++)?time"

#: An offset as ISO 8601 has it stands alone; a short one only after UTC, where `-5` is no dash.
_ISO = r"[+-](?:0[0-9]|1[0-4]):?(?:00|15|30|45)"
_TAIL = r"(?:\s?[+\-\u2212\u00b1][0-9]\w*+(?:[:./-]\w++)*+|/\w++)?+"
#: A hyphen or a slash that goes on as a word makes all of it a word: `UTC-aligned`.
_END = r"(?![\w/'\u2019]|-\w)"

#: To be compiled without regard to case. The group `zone` is what `read_zone` reads.
ZONE = rf"""
    (?:\s*+(?:(?P<bracket>[(\[])\s*+)?(?P<zone>(?-i:Z)|{_ISO}
    |(?:UTC|GMT|{_NAMES}|(?-i:{_CAPITALS})){_TAIL}
    |(?-i:(?:{_AREAS})(?:/[A-Z][\w-]+){{1,2}})|{_SPOKEN})
    {_END}(?(bracket)\s*+[)\]]))?"""
_OFFSET = re.compile(
    r"(?:UTC|GMT)?(?P<sign>[+-])(?P<hours>0?[0-9]|1[0-4])(?::?(?P<minutes>00|15|30|45))?"
)


def read_zone(said: str, clock: str, own: ZoneInfo) -> tzinfo:
    """The zone that was `said` after `clock`; nothing said is one's own.

    Raises Unclear for any other, telling what to write instead.
    """
    zone = said.upper().replace("\u2212", "-")
    if not zone:
        return own
    if zone in {"Z", "UTC", "GMT"}:
        return UTC
    if found := _OFFSET.fullmatch(zone):
        length = timedelta(hours=int(found["hours"]), minutes=int(found["minutes"] or 0))
        return timezone(-length if found["sign"] == "-" else length)
    raise Unclear(_why_not(said[:SAID_MAX], clock, own))


def _why_not(said: str, clock: str, own: ZoneInfo) -> str:
    parted = re.fullmatch(r"(UTC|GMT)(\s?)([+\-\u2212\u00b1].*)", said, re.IGNORECASE)
    if parted is None:
        return (
            f"{said} is not read. Leave it out for {own} time, or write the offset, "
            f"like {clock}+01:00. Where it is a word, write {clock} - {said}."
        )
    name, gap, offset = parted.groups()
    if gap:
        return (
            f"{said} may be an offset or words. "
            f"Write {clock} {name}{offset}, or {clock} {name} - {offset}."
        )
    return f"{said} is no offset from UTC. Write it like {clock} UTC+5:30."
