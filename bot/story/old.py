"""What the company had written before it had the app: old documents, imported as anybody would."""

from pathlib import Path

from bot.imported import File, keep
from bot.importing import look
from bot.story.staff import LEAD
from handlers.root_causes import tag
from handlers.sections import Made
from sandbox.workspace import Workspace
from storage import causal_classes
from storage.engine import Sessions

OLD = Path(__file__).parent / "imported"
#: No document says its causal classes: the lead chose them, so that what came later is compared.
CLASSES = ("capacity", "missing alert")


async def bring_along(workspace: Workspace, sessions: Sessions) -> None:
    """Import every old document; ValueError when one of them cannot be read."""
    now = workspace.clock.now()
    for path in sorted(OLD.glob("*.md")):
        seen = look(str(path), now)
        if seen.document is None:
            raise ValueError(seen.refusal)
        file = File(name=path.name, digest=seen.digest)
        async with sessions.begin() as session:
            kept, _ = await keep(session, workspace.team_id, file, seen.document, now)
            named = await causal_classes.by_name(session, workspace.team_id, CLASSES)
            made = Made(by=workspace.person(LEAD).id, at=now, submission="")
            await tag(session, kept, [each.id for each in named.values()], made)
