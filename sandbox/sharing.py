"""Files as people bring them in, and as Slack shows them to an app."""

import re

from sandbox.files import File, mimetype_of, new_file_id
from sandbox.refusals import Json
from sandbox.workspace import Workspace

#: RFC 6838, 4.2, without the parameters that may follow.
MIMETYPE = re.compile(r"[a-z0-9][\w!#$&^.+-]*/[a-z0-9][\w!#$&^.+-]*", re.ASCII)


def add_file(
    workspace: Workspace, user: str, name: str, content: bytes, mimetype: str | None = None
) -> File:
    """Keep a file that somebody uploaded; nobody else sees it before it is shared."""
    created = int(workspace.clock.now().timestamp())
    told = (mimetype or "").partition(";")[0].strip().lower()
    kind = told if MIMETYPE.fullmatch(told) else mimetype_of(name)
    file = File(new_file_id(), name, user, created, content, kind)
    workspace.files[file.id] = file
    workspace.changes.happened()
    return file


def shown_file(workspace: Workspace, file_id: str) -> Json:
    """The file object that file inputs carry; LookupError without the file."""
    file = workspace.files.get(file_id)
    if file is None:
        raise LookupError(f"There is no file {file_id}: upload it first.")
    return file.to_api(workspace.team_id, workspace.url)
