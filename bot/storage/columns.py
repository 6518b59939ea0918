"""The kinds of columns, and the metadata that names every constraint."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import BigInteger, Dialect, Integer, MetaData, String, TypeDecorator

EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
_MILLISECOND = dt.timedelta(milliseconds=1)


class Instant(TypeDecorator[dt.datetime]):
    """An aware UTC time, exact to the millisecond, stored as an integer."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: dt.datetime | None, dialect: Dialect) -> int | None:
        return None if value is None else (value - EPOCH) // _MILLISECOND

    def process_result_value(self, value: int | None, dialect: Dialect) -> dt.datetime | None:
        return None if value is None else EPOCH + value * _MILLISECOND


# SQLite numbers only INTEGER primary keys by itself.
Id = BigInteger().with_variant(Integer, "sqlite")
Code = String(200)

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)
