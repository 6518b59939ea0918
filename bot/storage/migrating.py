"""Which schema a database has, and its upgrade to this program's."""

from __future__ import annotations

from bot.storage import schema
from bot.storage.ends import existing, file_of, sentences, still
from bot.storage.store import engine_for


async def version_of(url: str) -> str:
    """A database's schema version, empty when it has no tables yet. Changes nothing. Raises StorageError.

    A newer version than this program's is returned like any other.
    """
    if (file := file_of(url)) is not None and not file.exists():
        return ""
    with sentences(url):
        async with still(existing(url)) as db:
            return await db.run_sync(schema.current)


async def upgrade(url: str) -> None:
    """Bring a database to this program's schema, in one transaction. Raises StorageError."""
    engine = engine_for(url)
    try:
        with sentences(url):
            async with engine.connect() as db, db.begin():
                await db.run_sync(schema.upgrade)
    finally:
        await engine.dispose()
