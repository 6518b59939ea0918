"""Many rows by a key of two columns, in one query whose cost depends on the keys alone.

`(a, b) IN ((1, 2), (3, 4) ...)` makes SQLite read the whole table once the list is long. Here the keys
are one parameter, unfolded by the database and joined to the table's index, first key first.
"""

from __future__ import annotations

import json
from collections.abc import Collection
from functools import cache
from typing import Any

from sqlalchemy import Connection, Row, Table, TextClause, text

_SQLITE = """
SELECT {columns} FROM json_each(:keys) AS wanted CROSS JOIN {table}
WHERE {table}.{first} = json_extract(wanted.value, '$[0]')
AND {table}.{second} = json_extract(wanted.value, '$[1]') {within} {order}"""
_POSTGRESQL = """
SELECT {columns} FROM unnest(CAST(:firsts AS {first_type}[]), CAST(:seconds AS {second_type}[]))
AS wanted(first, second) JOIN {table}
ON {table}.{first} = wanted.first AND {table}.{second} = wanted.second {within} {order}"""


def rows_by_key(
    db: Connection,
    table: Table,
    first: str,
    second: str,
    keys: Collection[tuple[Any, Any]],
    order: str = "",
    within: tuple[str, int] | None = None,
    only: tuple[str, ...] = (),
) -> list[Row[Any]]:
    """The rows whose columns `first` and `second` equal one of the keys, by `order` if one is named.

    `within` names one more column and the value that it has in all of them. With `only`, no other columns are read.
    """
    if not keys:
        return []
    name, value = within or ("", 0)
    statement = _statement(db.dialect.name, table, first, second, order, name, only)
    more = {"within": value} if within else {}
    if db.dialect.name == "sqlite":
        return list(db.execute(statement, {"keys": json.dumps(list(keys)), **more}))
    firsts, seconds = zip(*keys, strict=True)
    return list(db.execute(statement, {"firsts": list(firsts), "seconds": list(seconds), **more}))


@cache
def _statement(
    dialect: str, table: Table, first: str, second: str, order: str, within: str, only: tuple[str, ...]
) -> Any:
    columns = [table.c[name] for name in only] or list(table.c)
    template = _SQLITE if dialect == "sqlite" else _POSTGRESQL
    clause: TextClause = text(
        template.format(
            columns=", ".join(f"{table.name}.{column.name}" for column in columns),
            table=table.name,
            first=first,
            second=second,
            first_type=_type(table, first),
            second_type=_type(table, second),
            within=f"AND {table.name}.{within} = :within" if within else "",
            order=f"ORDER BY {table.name}.{order}" if order else "",
        )
    )
    return clause.columns(*columns)


def _type(table: Table, column: str) -> str:
    return "bigint" if table.c[column].type.python_type is int else "text"
