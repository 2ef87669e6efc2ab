"""What goes wrong on request: answers that are refusals, and answers that never come."""

from collections.abc import Mapping
from dataclasses import dataclass, field

#: Stands for every kind of call.
ANY = "any"


@dataclass
class Fault:
    """An answer instead of doing what is asked; `left` more times."""

    on: str
    status: int
    left: int
    headers: Mapping[str, str] = field(default_factory=dict)
    body: object = None


class Faults:
    """The faults that are ordered; each is for calls of one word, or any."""

    def __init__(self) -> None:
        self._failing: list[Fault] = []
        self._losing: list[str] = []

    def fail_next(
        self,
        status: int,
        times: int = 1,
        *,
        headers: Mapping[str, str] | None = None,
        body: object = None,
        on: str = ANY,
    ) -> None:
        """Answer the next calls so, and do nothing."""
        self._failing.append(Fault(on, status, times, headers or {}, body))

    def lose_next_answer(self, on: str = "create") -> None:
        """Do the next call, then drop the connection instead of an answer."""
        self._losing.append(on)

    def clear(self) -> None:
        """Forget what was ordered: all goes well again."""
        self._failing.clear()
        self._losing.clear()

    def failing(self, word: str) -> Fault | None:
        """How a call of this word fails; counts it."""
        found = next((one for one in self._failing if one.on in {word, ANY}), None)
        if found:
            found.left -= 1
            self._failing = [one for one in self._failing if one.left > 0]
        return found

    def loses(self, word: str) -> bool:
        """Whether the answer of this call is lost; counts it."""
        found = next((one for one in self._losing if one in {word, ANY}), None)
        if found:
            self._losing.remove(found)
        return found is not None
