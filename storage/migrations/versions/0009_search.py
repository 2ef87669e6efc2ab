"""Full-text search: all words of a postmortem in one place, and an index of them."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

_TOKENS = "unicode61 remove_diacritics 2"
_ADDED = "INSERT INTO postmortem_fts(rowid, words) VALUES (new.postmortem_id, new.words);"
_GONE = (
    "INSERT INTO postmortem_fts(postmortem_fts, rowid, words) "
    "VALUES ('delete', old.postmortem_id, old.words);"
)
_SQLITE = (
    (
        "CREATE VIRTUAL TABLE postmortem_fts USING fts5("
        f"words, content='postmortem_text', content_rowid='postmortem_id', tokenize='{_TOKENS}')"
    ),
    f"CREATE TRIGGER postmortem_text_added AFTER INSERT ON postmortem_text BEGIN {_ADDED} END",
    f"CREATE TRIGGER postmortem_text_gone AFTER DELETE ON postmortem_text BEGIN {_GONE} END",
    (
        "CREATE TRIGGER postmortem_text_changed AFTER UPDATE ON postmortem_text "
        f"BEGIN {_GONE} {_ADDED} END"
    ),
)
_POSTGRESQL = (
    (
        "CREATE INDEX ix_postmortem_text_vector ON postmortem_text "
        "USING gin (to_tsvector('simple', translate(words, '-_/.:@', '      ')))"
    ),
)
#: What was written before can be found by its title, service, impact and root cause at once; the
#: rest with the next change of it.
_FIRST_WORDS = """
    INSERT INTO postmortem_text (postmortem_id, workspace_id, words)
    SELECT id, workspace_id,
        'PM-' || number || ' ' || title || ' ' || service || ' ' || impact || ' ' || root_cause
    FROM postmortem
"""


def upgrade() -> None:
    op.create_table(
        "postmortem_text",
        sa.Column(
            "postmortem_id",
            sa.Integer(),
            sa.ForeignKey("postmortem.id", ondelete="CASCADE"),
            primary_key=True,
        ),
        sa.Column("workspace_id", sa.String(32), sa.ForeignKey("workspace.id"), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
    )
    is_sqlite = op.get_bind().dialect.name == "sqlite"
    for statement in _SQLITE if is_sqlite else _POSTGRESQL:
        op.execute(statement)
    op.execute(_FIRST_WORDS)


def downgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DROP TABLE postmortem_fts")
    op.drop_table("postmortem_text")
