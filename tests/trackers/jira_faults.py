"""Answers that a test wants a stand-in to give instead, or to lose."""

from dataclasses import dataclass, field

from aiohttp import web


@dataclass(kw_only=True)
class Fault:
    """An answer to the next call of a word."""

    on: str
    status: int
    headers: dict[str, str]
    body: object

    def answer(self) -> web.Response:
        """The answer itself."""
        return web.json_response(self.body, status=self.status, headers=self.headers)


@dataclass
class Faults:
    """What is to go wrong next; each once."""

    failing: list[Fault] = field(default_factory=list)
    losing: list[str] = field(default_factory=list)

    def take(self, word: str) -> Fault | None:
        """What to answer instead of doing anything."""
        found = next((one for one in self.failing if one.on in {"any", word}), None)
        if found:
            self.failing.remove(found)
        return found

    def loses(self, word: str) -> bool:
        """Whether this answer is lost on its way."""
        found = next((one for one in self.losing if one in {"any", word}), None)
        if found:
            self.losing.remove(found)
        return found is not None
