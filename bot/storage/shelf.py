"""The shelf in the database: a durable place for adapters' own small things."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import Connection, delete, or_, select

from bot.ports import Clock
from bot.storage.store import Store
from bot.storage.tables import shelf
from bot.storage.upsert import put


class DatabaseShelf:
    """Implements `bot.ports.Shelf`."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    async def get(self, namespace: str, key: str) -> bytes | None:
        """The value, or None."""
        return await self._store.read(lambda db: self._value(db, namespace, key))

    async def put(
        self, namespace: str, key: str, value: bytes, *, expires_at: dt.datetime | None = None
    ) -> None:
        """Keep a value in the place of any earlier one."""
        row = {"namespace": namespace, "key": key, "value": value, "expires_at": expires_at}
        await self._store.write(lambda db: put(db, shelf, [row]))

    async def take(self, namespace: str, key: str) -> bytes | None:
        """Return a value and remove it."""

        def work(db: Connection) -> bytes | None:
            where = (shelf.c.namespace == namespace, shelf.c.key == key)
            row = db.execute(delete(shelf).where(*where).returning(shelf.c.value, shelf.c.expires_at)).first()
            fresh = row is not None and (row.expires_at is None or row.expires_at > self._clock.now())
            return bytes(row.value) if row is not None and fresh else None

        return await self._store.write(work)

    async def keys(self, namespace: str, prefix: str = "") -> list[str]:
        """The keys of a namespace that begin with a prefix, sorted."""
        now = self._clock.now()
        s = shelf.c
        query = select(s.key).where(s.namespace == namespace, s.key.startswith(prefix, autoescape=True))
        query = query.where(or_(s.expires_at.is_(None), s.expires_at > now)).order_by(s.key)
        return await self._store.read(lambda db: [row.key for row in db.execute(query)])

    def _value(self, db: Connection, namespace: str, key: str) -> bytes | None:
        s = shelf.c
        query = select(s.value).where(s.namespace == namespace, s.key == key)
        query = query.where(or_(s.expires_at.is_(None), s.expires_at > self._clock.now()))
        value = db.execute(query).scalar()
        return None if value is None else bytes(value)
