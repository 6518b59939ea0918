"""INSERT ... ON CONFLICT, spelled once for both databases."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from typing import Any

from sqlalchemy import Connection, Table
from sqlalchemy.dialects import postgresql, sqlite

Row = Mapping[str, Any]
_INSERT: Mapping[str, Callable[[Table], Any]] = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}


def insert_new(db: Connection, table: Table, rows: Sequence[Row], *returning: str) -> list[Any]:
    """Insert the rows that are not there yet and return the named columns of those that were inserted."""
    if not rows:
        return []
    statement = _INSERT[db.dialect.name](table).on_conflict_do_nothing()
    if not returning:
        db.execute(statement, rows)
        return []
    return list(db.execute(statement.returning(*(table.c[name] for name in returning)), rows))


def put(db: Connection, table: Table, rows: Sequence[Row]) -> None:
    """Insert rows by primary key, or replace all their other given columns."""
    if rows:
        db.execute(_put(db.dialect.name, table, tuple(rows[0])), rows)


def add(db: Connection, table: Table, rows: Sequence[Row], sums: Iterable[str]) -> None:
    """Insert rows by primary key, or add the columns `sums` to what is there."""
    if rows:
        db.execute(_add(db.dialect.name, table, tuple(sums)), rows)


@cache
def _put(dialect: str, table: Table, columns: tuple[str, ...]) -> Any:
    statement = _INSERT[dialect](table)
    keys = {column.name for column in table.primary_key}
    changed = {name: statement.excluded[name] for name in columns if name not in keys}
    return statement.on_conflict_do_update(index_elements=list(table.primary_key), set_=changed)


@cache
def _add(dialect: str, table: Table, sums: tuple[str, ...]) -> Any:
    statement = _INSERT[dialect](table)
    changed = {name: table.c[name] + statement.excluded[name] for name in sums}
    return statement.on_conflict_do_update(index_elements=list(table.primary_key), set_=changed)
