"""Column types and constraints that mean the same on SQLite and PostgreSQL."""

from collections.abc import Iterable
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, DateTime, Dialect, Enum, String, TypeDecorator
from sqlmodel import SQLModel

#: Slack ids (`T…`, `U…`, `C…`) are short; this leaves them room to grow.
ID = 32
#: A submission is named by the view it came from; two of them fit with room to spare.
SUBMISSION = 128

#: Every constraint has a name, so that a migration can find it on both databases.
SQLModel.metadata.naming_convention = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class Instant(TypeDecorator[datetime]):
    """An aware datetime, kept in UTC; a naive one is refused before it can be an hour wrong.

    SQLite would drop the offset itself without a word, so it gets UTC without one.
    """

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Turn an aware instant into what the driver keeps."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(
                f"{value.isoformat()} has no time zone: it could be any of 38 instants"
            )
        utc = value.astimezone(UTC)
        return utc.replace(tzinfo=None) if dialect.name == "sqlite" else utc

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Give the instant back, aware and in UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if dialect.name == "sqlite" else value.astimezone(UTC)


class Words(TypeDecorator[str]):
    """Text a person typed, kept whatever characters are in it.

    PostgreSQL refuses NUL and neither database takes half a surrogate pair; both can stand in
    Slack's JSON. They become U+FFFD, so that nobody's submission is lost over one character.
    """

    impl = String
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        """Replace what cannot be stored."""
        del dialect  # the same on both: a text must not change when a workspace moves
        if value is None:
            return None
        if not value.isascii():
            value = value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
        return value.replace("\0", "\N{REPLACEMENT CHARACTER}")


def one_of(values: type[StrEnum], name: str) -> Enum:
    """Make a VARCHAR that holds the values of a StrEnum and nothing else, by CHECK."""
    return Enum(
        values,
        name=name,
        native_enum=False,
        create_constraint=True,
        length=32,
        values_callable=_values,
    )


def _values(members: Iterable[Any]) -> list[str]:
    return [member.value for member in members]


def at_most(column: str, most: int) -> CheckConstraint:
    """Limit the length of a text: SQLite does not look at the one in VARCHAR."""
    return CheckConstraint(f"length({column}) <= {most}", name=f"{column}_length")


def not_blank(column: str) -> CheckConstraint:
    """Refuse a text that is empty or nothing but spaces."""
    return CheckConstraint(f"length(trim({column})) > 0", name=f"{column}_given")
