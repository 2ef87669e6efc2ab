"""Draws a description as GitHub does, as far as what people typed could make a difference."""

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

from markdown_it import MarkdownIt

#: In comments a line end is a line end (docs.github.com: line breaks).
GITHUB = MarkdownIt("commonmark", {"breaks": True, "html": True}).enable(["table", "strikethrough"])
#: What GitHub makes links of in a text that is drawn already: mentions, issues, commits, addresses.
REFERENCES = re.compile(
    r"@\w|#\d|gh-\d|\w://|www\.|mailto:|(?<![0-9a-z])[0-9a-f]{7,40}(?![0-9a-z])", re.IGNORECASE
)


@dataclass
class Drawn(HTMLParser):
    """What is to be seen: `words` are the pieces of text outside of links, `links` the others."""

    words: list[str] = field(default_factory=list)
    links: dict[str, str] = field(default_factory=dict)
    tags: set[str] = field(default_factory=set)
    shown: str = ""
    comments: list[str] = field(default_factory=list)
    _leads_to: str | None = None

    def __post_init__(self) -> None:
        super().__init__()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Remember which tags there are."""
        self.tags.add(tag)
        if tag == "a":
            self._leads_to = dict(attrs)["href"]

    def handle_endtag(self, tag: str) -> None:
        """A link ends."""
        if tag == "a":
            self._leads_to = None

    def handle_data(self, data: str) -> None:
        """Remember what is to be read."""
        self.shown += data
        if self._leads_to is None:
            self.words.append(data)
        else:
            self.links[self._leads_to] = self.links.get(self._leads_to, "") + data

    def handle_comment(self, data: str) -> None:
        """Nobody sees it."""
        self.comments.append(data)


def drawn(markdown: str) -> Drawn:
    """What people see of it."""
    found = Drawn()
    found.feed(GITHUB.render(markdown))
    found.close()
    return found
