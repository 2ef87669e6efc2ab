"""A clock that several processes share and that goes faster than the wall's."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from time import time

#: Leases and waits of minutes are over in seconds; a call takes some hundredths all the same.
FASTER = 30


def fast(begun: float) -> Callable[[], datetime]:
    """The time, for whoever began at this second of the wall's clock."""
    origin = datetime.fromtimestamp(begun, UTC)
    return lambda: origin + timedelta(seconds=(time() - begun) * FASTER)
