"""Alembic's scripts: every change the schema went through, in order."""
