"""Runs migrations on the connection that `bot.storage.schema` hands over."""

from alembic import context

import bot.storage.tables  # noqa: F401  (fills the metadata)
from bot.storage.columns import metadata

context.configure(
    connection=context.config.attributes["connection"], target_metadata=metadata, render_as_batch=True
)
context.run_migrations()
