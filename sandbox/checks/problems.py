"""Collects what is wrong with a payload, in the form of Slack's own error messages."""

from dataclasses import dataclass, field
from typing import Any

from sandbox.refusals import Json


@dataclass
class Problems:
    """What was found wrong, each with the JSON pointer to it."""

    found: list[str] = field(default_factory=list)

    def add(self, sentence: str, at: str) -> None:
        """Note one problem."""
        self.found.append(f"{sentence} [json-pointer:{at}]")

    def required(self, thing: Json, key: str, at: str) -> Any:
        """The value of a key that has to be there; None once noted as missing."""
        value = thing.get(key)
        if value is None:
            self.add(f"missing required field: {key}", at)
        return value

    def longest(self, value: object, most: int, at: str) -> None:
        """Note when it is no string, or one of more than `most` characters."""
        if not isinstance(value, str):
            self.add("must be a string", at)
        elif len(value) > most:
            self.add(f"must be less than {most + 1} characters", at)

    def filled(self, value: object, most: int, at: str) -> None:
        """Note when it is no string of 1 to `most` characters."""
        if value == "":
            self.add("must be more than 0 characters", at)
        self.longest(value, most, at)

    def one_of(self, value: object, allowed: tuple[str, ...], at: str) -> None:
        """Note when it is none of these words."""
        if value not in allowed:
            self.add(f"must be one of {', '.join(allowed)}", at)

    def between(self, value: object, least: int, most: int, at: str) -> None:
        """Note when it is no whole number from `least` to `most`."""
        if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
            self.add(f"must be between {least} and {most}", at)

    def mapping(self, thing: object, at: str) -> Json:
        """The object; an empty one once noted as something else."""
        if not isinstance(thing, dict):
            self.add("must be an object", at)
            return {}
        return thing

    def counted(self, things: object, most: int, at: str, *, least: int = 1) -> list[Any]:
        """The list of `least` to `most` things; an empty one once noted as something else."""
        if not isinstance(things, list):
            self.add("must be an array", at)
            return []
        if len(things) > most:
            self.add(f"no more than {most} items allowed", at)
        if len(things) < least:
            self.add(f"must have at least {least} item", at)
        return things

    def objects(
        self, things: object, most: int, at: str, *, least: int = 1
    ) -> list[tuple[str, Json]]:
        """The objects of such a list, each with the pointer to it; what is none is noted."""
        found = []
        for number, thing in enumerate(self.counted(things, most, at, least=least)):
            if isinstance(thing, dict):
                found.append((f"{at}/{number}", thing))
            else:
                self.add("must be an object", f"{at}/{number}")
        return found

    def text(self, thing: object, most: int, at: str, *, mrkdwn: bool = False) -> None:
        """Note what is wrong with a text object: plain text unless `mrkdwn` is allowed too."""
        if not isinstance(thing, dict):
            self.add("must be a text object", at)
            return
        allowed = ("plain_text", "mrkdwn") if mrkdwn else ("plain_text",)
        if thing.get("type") not in allowed:
            self.add(f"unsupported type: {thing.get('type')}", f"{at}/type")
        self._no_more_keys(thing, {"type", "text", "emoji", "verbatim"}, at)
        if not thing.get("text"):
            self.add("must be more than 0 characters", f"{at}/text")
        self.longest(thing.get("text", ""), most, f"{at}/text")

    def _no_more_keys(self, thing: Json, allowed: set[str], at: str) -> None:
        for key in thing.keys() - allowed:
            self.add(f"invalid additional property: {key}", at)
