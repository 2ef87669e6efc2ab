"""Edited lists of lines: which new line is an old one, so that it keeps what hangs on it."""

from collections import defaultdict, deque
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from typing import Generic, TypeVar

T = TypeVar("T")

#: Two texts are one, reworded, when they share this part of their words.
ALIKE = 0.5


def keep_identity(
    old: Sequence[T],
    new: Sequence[T],
    same: Callable[[T], Hashable],
    adopt: Callable[[T, T], T],
    *looser: Callable[[T], Hashable],
    words: Callable[[T], str] | None = None,
) -> list[T]:
    """Return the new items, each as `adopt(old, new)` where it is an old one, moved or edited.

    It is one when `same` of both is equal, else when one of the `looser` keys is. Between the same
    neighbours it is also one when as many new items as old ones stand there, or else when both
    share half of their `words`. No old item is adopted twice.
    """
    pairs = _Pairs(old=old, new=new)
    for key in (same, *looser):
        pairs.join_equals(key)
    matcher = SequenceMatcher(None, [*map(same, old)], [*map(same, new)], autojunk=False)
    for tag, old_from, old_to, new_from, new_to in matcher.get_opcodes():
        if tag == "replace":
            pairs.join_places(range(old_from, old_to), range(new_from, new_to), words)
    joined = pairs.joined
    return [adopt(old[joined[at]], item) if at in joined else item for at, item in enumerate(new)]


@dataclass(frozen=True, kw_only=True)
class _Pairs(Generic[T]):
    """Which new item is which old one, by their places."""

    old: Sequence[T]
    new: Sequence[T]
    joined: dict[int, int] = field(default_factory=dict)

    def join_equals(self, key: Callable[[T], Hashable]) -> None:
        free: defaultdict[Hashable, deque[int]] = defaultdict(deque)
        for at in self._left(range(len(self.old))):
            free[key(self.old[at])].append(at)
        for at in self._come(range(len(self.new))):
            if same := free[key(self.new[at])]:
                self.joined[at] = same.popleft()

    def join_places(self, old: range, new: range, words: Callable[[T], str] | None) -> None:
        left, come = self._left(old), self._come(new)
        if len(left) == len(come):
            self.joined.update(zip(come, left, strict=True))
        elif words is not None:
            self._join_alike(left, come, words)

    def _join_alike(self, left: list[int], come: list[int], words: Callable[[T], str]) -> None:
        alike = [
            (_likeness(words(self.old[was]), words(self.new[now])), was, now)
            for was in left
            for now in come
        ]
        for likeness, was, now in sorted(alike, key=lambda pair: -pair[0]):
            if likeness >= ALIKE and now not in self.joined and self._left(range(was, was + 1)):
                self.joined[now] = was

    def _left(self, old: range) -> list[int]:
        taken = set(self.joined.values())
        return [at for at in old if at not in taken]

    def _come(self, new: range) -> list[int]:
        return [at for at in new if at not in self.joined]


def _likeness(one: str, other: str) -> float:
    """Return the part of their words that two texts share, from 0 to 1."""
    ours, theirs = set(one.lower().split()), set(other.lower().split())
    return 2 * len(ours & theirs) / max(1, len(ours) + len(theirs))
