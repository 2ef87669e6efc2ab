"""The operations of canvases.edit (docs.slack.dev/reference/methods/canvases.edit)."""

from collections.abc import Callable

from sandbox.canvases import Canvas, unsupported
from sandbox.refusals import Json, Refused, arguments_refused

#: Operations that leave the other sections as they are, and where the new content then stands.
Place = Callable[[list[str], int, str], list[str]]
BESIDE_A_SECTION: dict[str, Place] = {
    "insert_after": lambda parts, at, new: [*parts[: at + 1], new, *parts[at + 1 :]],
    "insert_before": lambda parts, at, new: [*parts[:at], new, *parts[at:]],
    "replace": lambda parts, at, new: [*parts[:at], new, *parts[at + 1 :]],
    "delete": lambda parts, at, _new: [*parts[:at], *parts[at + 1 :]],
}
OF_THE_WHOLE: dict[str, Callable[[list[str], str], list[str]]] = {
    "insert_at_start": lambda parts, new: [new, *parts],
    "insert_at_end": lambda parts, new: [*parts, new],
    "replace": lambda _parts, new: [new],
}


def apply(canvas: Canvas, change: Json, now: int) -> None:
    """Do one change, or refuse it as Slack does."""
    operation = str(change.get("operation"))
    if operation == "rename":
        canvas.title = _content(change, "title_content")
        canvas.updated = now
        return
    new = "" if operation == "delete" else _content(change, "document_content")
    parts = [section.markdown for section in canvas.sections()]
    if change.get("section_id") or operation not in OF_THE_WHOLE:
        if operation not in BESIDE_A_SECTION:
            raise arguments_refused(f"[ERROR] unsupported operation: {operation}")
        parts = BESIDE_A_SECTION[operation](parts, _place(canvas, change), new)
    else:
        parts = OF_THE_WHOLE[operation](parts, new)
    canvas.write(parts, now)


def _place(canvas: Canvas, change: Json) -> int:
    wanted = change.get("section_id")
    for place, section in enumerate(canvas.sections()):
        if section.id == wanted:
            return place
    raise Refused("canvas_editing_failed", detail=f"section {wanted} is not in the canvas")


def _content(change: Json, key: str) -> str:
    content = change.get(key)
    if not isinstance(content, dict) or content.get("type") != "markdown":
        raise arguments_refused(f"[ERROR] must be markdown [json-pointer:/changes/0/{key}]")
    markdown = str(content.get("markdown") or "")
    if wrong := unsupported(markdown):
        raise Refused("canvas_editing_failed", detail=wrong)
    return markdown
