"""INSERT ... ON CONFLICT, spelled once for both databases.

On PostgreSQL all rows of a statement travel as one array a column: one statement text and one execution, however
many rows, which makes large batches of answers a third faster.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any

from sqlalchemy import Connection, Table, bindparam, column, func, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.dialects.postgresql import ARRAY

Row = Mapping[str, Any]


def insert_new(db: Connection, table: Table, rows: Sequence[Row], *returning: str) -> list[Any]:
    """Insert the rows that are not there yet and return the named columns of those that were inserted."""
    if not rows:
        return []
    statement = _insert(db.dialect.name, table, tuple(rows[0])).on_conflict_do_nothing()
    given = _given(db.dialect.name, rows)
    if not returning:
        db.execute(statement, given)
        return []
    return list(db.execute(statement.returning(*(table.c[name] for name in returning)), given))


def put(db: Connection, table: Table, rows: Sequence[Row]) -> None:
    """Insert rows by primary key, or replace all their other given columns."""
    if rows:
        db.execute(_put(db.dialect.name, table, tuple(rows[0])), _given(db.dialect.name, rows))


def add(db: Connection, table: Table, rows: Sequence[Row], sums: Iterable[str]) -> None:
    """Insert rows by primary key, or add the columns `sums` to what is there."""
    if rows:
        statement = _add(db.dialect.name, table, tuple(rows[0]), tuple(sums))
        db.execute(statement, _given(db.dialect.name, rows))


@cache
def _put(dialect: str, table: Table, columns: tuple[str, ...]) -> Any:
    statement = _insert(dialect, table, columns)
    keys = {column.name for column in table.primary_key}
    changed = {name: statement.excluded[name] for name in columns if name not in keys}
    return statement.on_conflict_do_update(index_elements=list(table.primary_key), set_=changed)


@cache
def _add(dialect: str, table: Table, columns: tuple[str, ...], sums: tuple[str, ...]) -> Any:
    statement = _insert(dialect, table, columns)
    changed = {name: table.c[name] + statement.excluded[name] for name in sums}
    return statement.on_conflict_do_update(index_elements=list(table.primary_key), set_=changed)


@cache
def _insert(dialect: str, table: Table, columns: tuple[str, ...]) -> Any:
    if dialect == "sqlite":
        return sqlite.insert(table)
    types = {name: table.c[name].type for name in columns}
    arrays = [bindparam(f"all_{name}", type_=ARRAY(kind)) for name, kind in types.items()]
    unfolded = func.unnest(*arrays).table_valued(
        *(column(name, kind) for name, kind in types.items()), name="given"
    )
    rows = select(*unfolded.render_derived().c)
    return postgresql.insert(table).from_select(columns, rows)


def _given(dialect: str, rows: Sequence[Row]) -> Any:
    if dialect == "sqlite":
        return rows
    return {f"all_{name}": [row[name] for row in rows] for name in rows[0]}
