"""What is worked out of instants within a query: each database has its own words for it."""

from typing import Any

from sqlalchemy import Integer, String
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement

from domain.measures import SIX_MONTHS
from storage.tables.columns import Instant

#: PostgreSQL counts days in the zone of the connection: an hour is one everywhere.
_HOURS = SIX_MONTHS.days * 24


class month_of(FunctionElement[str]):  # noqa: N801 - it is written like the function it is
    """Something that is the same for the instants of a month, and greater for later months."""

    type = String()
    inherit_cache = True


class six_months_later(FunctionElement[Any]):  # noqa: N801 - the same
    """The instant six months after one, to the microsecond (rule 23)."""

    type = Instant()
    inherit_cache = True


class second_of(FunctionElement[int]):  # noqa: N801 - the same
    """The whole second in which an instant lies, counted since 1970."""

    type = Integer()
    inherit_cache = True


@compiles(month_of, "sqlite")
def _month_on_sqlite(element: month_of, compiler: SQLCompiler, **said: Any) -> str:
    return f"substr({_at(element, compiler, said)}, 1, 7)"


@compiles(month_of, "postgresql")
def _month_on_postgresql(element: month_of, compiler: SQLCompiler, **said: Any) -> str:
    return f"date_trunc('month', {_at(element, compiler, said)}, 'UTC')"


@compiles(six_months_later, "sqlite")
def _later_on_sqlite(element: six_months_later, compiler: SQLCompiler, **said: Any) -> str:
    # Its own functions know milliseconds only: what is less than a second stays as it is.
    at = _at(element, compiler, said)
    return f"(datetime(substr({at}, 1, 19), '+{_HOURS} hours') || substr({at}, 20))"


@compiles(six_months_later, "postgresql")
def _later_on_postgresql(element: six_months_later, compiler: SQLCompiler, **said: Any) -> str:
    return f"({_at(element, compiler, said)} + interval '{_HOURS} hours')"


@compiles(second_of, "sqlite")
def _second_on_sqlite(element: second_of, compiler: SQLCompiler, **said: Any) -> str:
    # Given the fraction it would round, and could call it the next second.
    return f"CAST(strftime('%s', substr({_at(element, compiler, said)}, 1, 19)) AS INTEGER)"


@compiles(second_of, "postgresql")
def _second_on_postgresql(element: second_of, compiler: SQLCompiler, **said: Any) -> str:
    return f"CAST(floor(extract(epoch FROM {_at(element, compiler, said)})) AS bigint)"


def _at(element: FunctionElement[Any], compiler: SQLCompiler, said: dict[str, Any]) -> str:
    return compiler.process(element.clauses, **said)
