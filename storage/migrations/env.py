"""What Alembic runs for each command; the connection and its lock come from `storage.migrate`."""

from typing import Any, Literal

from alembic import context
from sqlalchemy import TypeDecorator
from sqlmodel import SQLModel

import storage.tables  # noqa: F401 # fills the metadata that autogenerate compares with
from storage.tables.search import OUTSIDE


def plain_type(kind: str, thing: Any, _context: Any) -> str | Literal[False]:
    """Draft a column by the type it has in the database: ours may change, a migration may not."""
    if kind == "type" and isinstance(thing, TypeDecorator):
        return f"sa.{thing.impl_instance!r}"
    return False


def compared(name: str | None, _kind: str, _parents: Any) -> bool:
    """Leave out what full-text search makes for itself."""
    return not (name or "").startswith(OUTSIDE)


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=SQLModel.metadata,
    render_as_batch=True,
    render_item=plain_type,
    transactional_ddl=True,  # SQLite has it too: we say BEGIN ourselves
    compare_type=True,
    include_name=compared,
)
context.run_migrations()
