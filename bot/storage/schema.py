"""The schema's version: upgrade to this program's, refuse a newer one.

Alembic is imported only when there is something to upgrade; a start on a current database asks one row.
"""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection, inspect, text

HEAD = "0003"
FOLDER = Path(__file__).parent / "migrations"


class NewerSchemaError(Exception):
    """The database was written by a newer Cloudlark."""

    def __init__(self, found: str) -> None:
        super().__init__(
            f"The database is at schema {found}, this program knows up to {HEAD}: start the newer Cloudlark, "
            "or restore a backup made before the upgrade."
        )
        self.found = found


def current(db: Connection) -> str:
    """The schema's version, empty for a new database."""
    if not inspect(db).has_table("alembic_version"):
        return ""
    return str(db.execute(text("SELECT version_num FROM alembic_version")).scalar() or "")


def upgrade(db: Connection, to: str = HEAD) -> None:
    """Bring the schema to a version; one that is there already or later stays. Raises NewerSchemaError."""
    found = current(db)
    if found > HEAD:
        raise NewerSchemaError(found)
    if found >= to:
        return
    _lock(db)
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(FOLDER))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = db
    command.upgrade(config, to)


def _lock(db: Connection) -> None:
    # Several replicas may start at once on PostgreSQL; SQLite's writer lock is already held.
    if db.dialect.name == "postgresql":
        db.execute(text("SELECT pg_advisory_xact_lock(7253004)"))
