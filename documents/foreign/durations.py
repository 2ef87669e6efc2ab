"""How long something took, as people write it: `88 minutes`, `19 hours 43 minutes`, `1h 20m`."""

import re

_MINUTES = {"w": 7 * 24 * 60.0, "d": 24 * 60.0, "h": 60.0, "m": 1.0, "s": 1 / 60}
_PART = re.compile(
    r"(?P<number>[0-9]+(?:[.,][0-9]+)?|an?|one)\s*-?\s*"
    r"(?P<unit>w(?:eeks?)?|d(?:ays?)?|h(?:(?:ou)?rs?)?|m(?:in(?:ute)?s?)?|s(?:ec(?:ond)?s?)?)"
    r"(?![a-z])\.?(?:\s*,?\s*(?:and\s+|&\s*)?)",
    re.IGNORECASE,
)
_CLOCK = re.compile(r"(?P<hours>[0-9]{1,3}):(?P<minutes>[0-5][0-9])(?::(?P<seconds>[0-5][0-9]))?")
_LEAD = re.compile(
    r"\s*(?:[~\u2248<>]|(?:about|around|approx(?:imately)?|ca|c)\b\.?)?\s*", re.IGNORECASE
)
_GROUPED = re.compile(r"(?<=[0-9]),(?=[0-9]{3}(?![0-9]))")


def read_duration(text: str, unit: str = "") -> float | None:
    """Read how many minutes a text says, all of it; None where it says something else.

    A bare number counts the `unit` of its label, where that names one.
    """
    lead = _LEAD.match(text)
    said = _GROUPED.sub("", text[lead.end() if lead else 0 :].strip().rstrip("."))
    if clock := _CLOCK.fullmatch(said):
        seconds = int(clock["seconds"] or 0)
        return int(clock["hours"]) * 60 + int(clock["minutes"]) + seconds / 60
    if unit and re.fullmatch(r"[0-9]{1,9}(?:\.[0-9]+)?", said):
        return _rounded(float(said) * _MINUTES[unit[0].lower()])
    return _sum_of_parts(said)


def _sum_of_parts(said: str) -> float | None:
    total, at = 0.0, 0
    while at < len(said):
        found = _PART.match(said, at)
        if found is None or len(found["number"]) > len("999999.99"):
            return None
        number = found["number"].replace(",", ".")
        count = float(number) if number[0].isdigit() else 1.0
        total += count * _MINUTES[found["unit"][0].lower()]
        at = found.end()
    return _rounded(total) if said else None


def _rounded(minutes: float) -> float:
    return round(minutes, 2)
