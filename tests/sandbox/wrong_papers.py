"""Wrong calls about files and canvases."""

from typing import Any

from tests.sandbox.payloads import section
from tests.sandbox.wrong_calls import NOWHERE, wrong

Json = dict[str, Any]


def markdown(text: str) -> Json:
    return {"type": "markdown", "markdown": text}


QUOTED_LIST = {"document_content": markdown("# Hi\n\n> - a list in a quote")}
FILES = [
    *wrong(
        "files.getUploadURLExternal", {"filename": "p99.png", "length": 3},
        ("announcing nothing", "missing_argument", {"length": 0}),
        ("announcing a long description", "alt_txt_too_large", {"alt_txt": "x" * 1001}),
        ("announcing a large snippet", "snippet_too_large",
         {"length": 1024**2 + 1, "snippet_type": "python"}),
    ),
    *wrong(
        "files.completeUploadExternal", {"files": [{"id": "@arrived"}]},
        ("sharing what was not announced", "file_not_found", {"files": [{"id": "F1"}]}),
        ("sharing what has not arrived", "file_not_found", {"files": [{"id": "@awaited"}]}),
        ("sharing in an unknown channel", "channel_not_found", {"channel_id": NOWHERE}),
        ("sharing in channels of which one is unknown", "invalid_channel",
         {"channels": f"@place,{NOWHERE}"}),
        ("sharing where the app is not", "not_in_channel", {"channel_id": "@outside"}),
        ("sharing in an archive", "posting_to_channel_denied", {"channel_id": "@archived"}),
        ("sharing in 101 channels", "channels_limit_exceeded", {"channels": ",".join(["C"] * 101)}),
        ("sharing with bad blocks", "invalid_blocks", {"blocks": [section("")]}),
    ),
    *wrong(
        "files.info", {"file": "@file"},
        ("a file that is not there", "file_not_found", {"file": "F1"}),
        ("a file nobody showed", "file_not_found", {"file": "@secret"}),
        ("a file that was deleted", "file_deleted", {"file": "@gone"}),
    ),
    *wrong(
        "files.delete", {"file": "@file"},
        ("deleting a file that is not there", "file_not_found", {"file": "F1"}),
        ("deleting somebody else's file", "cant_delete_file", {"file": "@file"}),
        ("deleting a file twice", "file_deleted", {"file": "@gone"}),
    ),
    *wrong(
        "files.list", {},
        ("files of a stranger", "user_not_found", {"user": "U0NOBODY"}),
        ("files of an unknown kind", "unknown_type", {"types": "vinyl"}),
    ),
]  # fmt: skip
GONE = ("a canvas that is not there", "canvas_not_found", {"canvas_id": "F1"})
UNSEEN = ("a canvas nobody showed", "canvas_not_found", {"canvas_id": "@unseen"})
TO_READ = ("a canvas to read only", "restricted_action", {"canvas_id": "@to_read"})


def change(operation: str, **more: Any) -> Json:
    return {"changes": [{"operation": operation, **more}]}


CANVASES = [
    *wrong(
        "canvases.create", {"title": "Notes"},
        ("a canvas with a list in a quote", "canvas_creation_failed", QUOTED_LIST),
        ("a canvas where the app is not", "restricted_action", {"channel_id": "@outside"}),
    ),
    *wrong(
        "conversations.canvases.create", {"channel_id": "@general"},
        ("a second canvas of a channel", "channel_canvas_already_exists",
         {"channel_id": "@place"}),
        ("a channel's canvas with a list in a quote", "canvas_creation_failed", QUOTED_LIST),
        ("a channel's canvas where the app is not", "restricted_action",
         {"channel_id": "@outside"}),
    ),
    *wrong(
        "canvases.edit",
        {"canvas_id": "@canvas", **change("insert_at_end", document_content=markdown("x"))},
        GONE, UNSEEN, TO_READ,
        ("writing a list in a quote", "canvas_editing_failed",
         change("insert_at_end", **QUOTED_LIST)),
        ("writing after no section", "canvas_editing_failed",
         change("insert_after", document_content=markdown("x"), section_id="temp:C:0")),
        ("deleting no section", "canvas_editing_failed", change("delete")),
    ),
    *wrong(
        "canvases.delete", {"canvas_id": "@canvas"}, GONE, UNSEEN, TO_READ,
    ),
    *wrong(
        "canvases.access.set",
        {"canvas_id": "@canvas", "access_level": "read", "user_ids": ["@ana"]},
        GONE, UNSEEN, TO_READ,
        ("showing a canvas to nobody", "invalid_parameters", {"user_ids": []}),
        ("showing a canvas to people and channels", "invalid_parameters",
         {"channel_ids": ["@place"]}),
        ("showing a canvas to a stranger", "user_not_found", {"user_ids": ["U0NOBODY"]}),
        ("showing a canvas to an unknown channel", "channel_not_found",
         {"user_ids": [], "channel_ids": [NOWHERE]}),
    ),
    *wrong(
        "canvases.sections.lookup", {"canvas_id": "@canvas", "criteria": {"contains_text": "x"}},
        GONE, UNSEEN,
    ),
]  # fmt: skip
PAPERS = [*FILES, *CANVASES]
