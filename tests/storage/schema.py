"""What a database says its schema is, in words that do not depend on the order of creation."""

import re

from sqlalchemy import Connection, text

from storage.migrate import under_lock

_SQLITE = """
    SELECT tbl_name, type || ' ' || name, sql FROM sqlite_master
    WHERE type IN ('table', 'index') AND sql IS NOT NULL AND tbl_name <> 'alembic_version'
"""
_POSTGRESQL = """
    SELECT table_name, column_name, concat_ws(' ', ordinal_position, data_type,
        character_maximum_length, is_nullable, column_default)
    FROM information_schema.columns WHERE table_schema = 'public'
    UNION ALL
    SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid)
    FROM pg_constraint WHERE connamespace = 'public'::regnamespace
    UNION ALL
    SELECT tablename, indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'
"""


async def schema_of(url: str) -> dict[tuple[str, str], list[str]]:
    """Read columns, constraints and indexes; SQLite's as sorted lines of its own SQL."""
    found: dict[tuple[str, str], list[str]] = {}

    def read(connection: Connection) -> None:
        query = _SQLITE if connection.dialect.name == "sqlite" else _POSTGRESQL
        for table, name, words in connection.execute(text(query)):
            if table != "alembic_version":
                # A table that was made anew to change it has its name in quotes.
                lines = re.split(r",?\s*\n\s*", words.replace(f'"{table}"', table))
                found[table, name] = sorted(line.strip() for line in lines)

    await under_lock(url, read)
    return found
