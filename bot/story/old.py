"""What the company had written before it had the app: old documents, imported as anybody would."""

from pathlib import Path

from bot.imported import File, keep
from bot.importing import look
from sandbox.workspace import Workspace
from storage.engine import Sessions

OLD = Path(__file__).parent / "imported"


async def bring_along(workspace: Workspace, sessions: Sessions) -> None:
    """Import every old document; ValueError when one of them cannot be read."""
    now = workspace.clock.now()
    for path in sorted(OLD.glob("*.md")):
        seen = look(str(path), now)
        if seen.document is None:
            raise ValueError(seen.refusal)
        file = File(name=path.name, digest=seen.digest)
        async with sessions.begin() as session:
            await keep(session, workspace.team_id, file, seen.document, now)
