"""What a person can put right ends a command with one sentence."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

import typer


@contextmanager
def sentences() -> Iterator[None]:
    """Turn what a person can put right into one sentence and exit code 2."""
    from bot.bank.errors import ContentError
    from bot.http import PortError
    from bot.ports import AdapterError
    from bot.settings import SettingsError
    from bot.storage.store import StorageError

    try:
        yield
    except (ContentError, PortError, AdapterError, SettingsError, StorageError) as error:
        typer.echo(str(error), err=True)
        sys.exit(2)
