"""Rows for every table, made from its columns, and everything that a database holds."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import Boolean, Column, Connection, Float, Integer, LargeBinary, insert, select

import bot.storage.tables  # noqa: F401  (fills the metadata)
from bot.storage.columns import Instant, metadata

START = dt.datetime(2026, 1, 31, 23, 59, 59, 123000, tzinfo=dt.UTC)
MONTHS = (202601, 202602, 202701)


def fill_every_table(db: Connection) -> None:
    """Three rows in every table: small and large, with and without what may be missing."""
    for table in metadata.sorted_tables:
        db.execute(
            insert(table), [{c.name: _value(c, number) for c in table.columns} for number in (1, 2, 3)]
        )


def everything(db: Connection) -> dict[str, list[Any]]:
    """Every row of every table, sorted."""
    return {
        table.name: sorted(map(tuple, db.execute(select(table))), key=repr)
        for table in metadata.sorted_tables
    }


def _value(column: Column[Any], number: int) -> Any:
    if column.nullable and number == 2:
        return None
    if column.name == "month":
        return MONTHS[number - 1]
    if isinstance(column.type, Instant):
        return START + dt.timedelta(days=number)
    if isinstance(column.type, Boolean):
        return number % 2 == 0
    if isinstance(column.type, LargeBinary):
        return bytes(range(256)) * number
    if isinstance(column.type, Float):
        return 0.1 * number + 1e-17
    if isinstance(column.type, Integer) or column.foreign_keys:
        return number
    return f"{number}ä\U0001f9c9'\"\\"[: getattr(column.type, "length", None) or 99]
