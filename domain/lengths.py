"""How long something took, in words."""

_DAY, _HOUR = 1440, 60


def length(seconds: float) -> str:
    """To two units: `4 min`, `1 h 12 min`, `2 d 3 h`; never longer than it was."""
    minutes = int(seconds // 60)
    if minutes < 1:
        return "under a minute"
    counts = (minutes // _DAY, minutes // _HOUR % 24, minutes % _HOUR)
    units = [f"{count} {name}" for count, name in zip(counts, ("d", "h", "min"), strict=True)]
    said = [unit for unit, count in zip(units, counts, strict=True) if count]
    return " ".join(said[:2])
