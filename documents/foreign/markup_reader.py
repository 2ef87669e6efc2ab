"""One table or list in HTML, read cell by cell and point by point."""

from html.parser import HTMLParser

_MARKS = {"strong": "**", "b": "**", "em": "*", "i": "*", "code": "`"}
_LISTS = {"ul", "ol", "ac:task-list"}
_POINTS = {"li", "ac:task"}
_CELLS = {"td", "th"}
_APART = {"p", "div", "br", *_POINTS}
#: What a wiki numbers its tasks with, and nobody reads.
_UNSAID = {"ac:task-id", "ac:task-uuid"}
_BREAK = "<br>"


def read_markup(markup: str) -> str:
    """Write a table or a list of HTML as Markdown."""
    reader = _Reader()
    reader.feed(markup)
    reader.close()
    return reader.written()


class _Reader(HTMLParser):
    """Collects what is said, and puts it down where a cell or a point ends."""

    def __init__(self) -> None:
        super().__init__()
        self._is_table: bool | None = None
        self._rows: list[list[str]] = []
        self._heads: list[bool] = []
        self._points: list[str] = []
        self._said: list[str] = []
        self._targets: list[str] = []
        self._within: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        if self._is_table is None:
            self._is_table = tag == "table"
        self._within.append(tag)
        if tag == "tr" or (tag in _POINTS and not self._is_table):
            self._put_down()
            self._rows.append([])
        elif tag in _LISTS and not self._is_table:
            self._put_down()
        self._said.append(self._opening(tag, said))

    def _opening(self, tag: str, said: dict[str, str]) -> str:
        if tag == "a":
            self._targets.append(said.get("href", ""))
            return "["
        if tag == "img":
            return f"![{said.get('alt', '')}]({said.get('src', '')})"
        if tag == "time":
            return said.get("datetime", "")
        return _MARKS.get(tag, _BREAK if tag in _APART else "")
