"""All words of a postmortem in one place, so that people find it again."""

from sqlalchemy import DDL, event
from sqlmodel import Field, SQLModel

from storage.tables.columns import ID, Words

#: A word is what its language calls one; diacritics do not count.
_TOKENS = "unicode61 remove_diacritics 2"
#: SQLite keeps its index in a table beside this one, fed by triggers.
_ADDED = "INSERT INTO postmortem_fts(rowid, words) VALUES (new.postmortem_id, new.words);"
_GONE = (
    "INSERT INTO postmortem_fts(postmortem_fts, rowid, words) "
    "VALUES ('delete', old.postmortem_id, old.words);"
)
SQLITE = (
    (
        "CREATE VIRTUAL TABLE postmortem_fts USING fts5(words, content='postmortem_text', "
        f"content_rowid='postmortem_id', tokenize='{_TOKENS}')"
    ),
    f"CREATE TRIGGER postmortem_text_added AFTER INSERT ON postmortem_text BEGIN {_ADDED} END",
    f"CREATE TRIGGER postmortem_text_gone AFTER DELETE ON postmortem_text BEGIN {_GONE} END",
    (
        "CREATE TRIGGER postmortem_text_changed AFTER UPDATE ON postmortem_text "
        f"BEGIN {_GONE} {_ADDED} END"
    ),
)
#: What PostgreSQL indexes, and what a query must say to be answered from it. Its parser would take
#: `PM-1` for a negative number, and a path or an address for one word.
MARKS = "-_/.:@"
VECTOR = f"to_tsvector('simple', translate(words, '{MARKS}', '{' ' * len(MARKS)}'))"
POSTGRESQL = (f"CREATE INDEX ix_postmortem_text_vector ON postmortem_text USING gin ({VECTOR})",)
#: What Alembic finds in a database and cannot find among the tables.
OUTSIDE = ("postmortem_fts", "ix_postmortem_text_vector")


class PostmortemTextRow(SQLModel, table=True):
    """What is looked through; written anew with every change of any part."""

    __tablename__ = "postmortem_text"

    postmortem_id: int = Field(primary_key=True, foreign_key="postmortem.id", ondelete="CASCADE")
    workspace_id: str = Field(max_length=ID, foreign_key="workspace.id")
    words: str = Field(sa_type=Words)


_TABLE = SQLModel.metadata.tables["postmortem_text"]
for _dialect, _statements in (("sqlite", SQLITE), ("postgresql", POSTGRESQL)):
    for _statement in _statements:
        _made = DDL(_statement)  # type: ignore[no-untyped-call] # it has no annotations
        event.listen(_TABLE, "after_create", _made.execute_if(dialect=_dialect))
