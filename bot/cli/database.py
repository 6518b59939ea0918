"""`cloudlark migrate`, `copy`, `backup` and `restore`: what looks after the database.

Progress goes to stderr, the result to stdout. Exit code 2 is a sentence on what has to be put right first;
1 means that something was found.
"""

from __future__ import annotations

import asyncio
import datetime as dt
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot import __version__

if TYPE_CHECKING:
    from bot.storage.copying import Tally

EVERY = 50_000
"""Rows between two lines of progress."""

BackupFile = Annotated[Path, typer.Argument(metavar="FILE", help="The backup.")]


def migrate(
    check: Annotated[
        bool, typer.Option("--check", help="Only tell; exit 1 when there is something to do.")
    ] = False,
) -> None:
    """Bring the database's schema to this program's version."""
    from bot.cli.sentences import sentences
    from bot.storage import migrating, schema
    from bot.storage.ends import shown
    from bot.storage.store import StorageError

    with sentences():
        url = _database()
        found = asyncio.run(migrating.version_of(url))
        if found == schema.HEAD:
            typer.echo(f"{shown(url)} is at schema {found}, which is this program's.")
            return
        if found > schema.HEAD:
            raise StorageError(str(schema.NewerSchemaError(found)))
        state = f"is at schema {found}" if found else "has no tables yet"
        if check:
            typer.echo(f"{shown(url)} {state}; `cloudlark migrate` brings it to {schema.HEAD}.")
            raise typer.Exit(1)
        typer.echo(f"{shown(url)} {state}; upgrading to {schema.HEAD} ...", err=True)
        asyncio.run(migrating.upgrade(url))
        typer.echo(f"Upgraded {shown(url)} from {found or 'nothing'} to {schema.HEAD}.")


def copy(
    to: Annotated[str, typer.Option("--to", metavar="URL", help="An empty database that nothing else uses.")],
    source: Annotated[
        str, typer.Option("--from", metavar="URL", help="Default: CLOUDLARK_DATABASE_URL. It may be in use.")
    ] = "",
) -> None:
    """Copy everything into another database, SQLite or PostgreSQL, and compare the two."""
    from bot.cli.sentences import sentences
    from bot.storage import copying

    with sentences():
        url = source or _database()
        with _differences():
            tallies = asyncio.run(copying.copy(url, to, _progress))
        typer.echo(f"{_table(tallies)}\nEverything that was there at the start has arrived and is the same.")
        typer.echo("What has been written to the source since is not in the copy.", err=True)


def backup(file: BackupFile) -> None:
    """Write a backup while everything runs; a file of that name is replaced when the new one is whole."""
    from bot.cli.sentences import sentences
    from bot.storage import backup as verb

    with sentences():
        made_at = dt.datetime.now(dt.UTC)
        with _differences():
            tallies = asyncio.run(verb.backup(_database(), file, made_at, __version__, _progress))
        rows = sum(tally.target.rows for tally in tallies)
        typer.echo(f"{file} holds {rows:,} rows of {len(tallies)} tables, and reads back as they were.")


def restore(
    file: BackupFile,
    replace: Annotated[
        bool, typer.Option("--replace", help="Give up everything that the database holds now.")
    ] = False,
) -> None:
    """Bring a backup into the database, which must be empty, and which nothing else may use."""
    from bot.cli.sentences import sentences
    from bot.storage import backup as verb

    with sentences():
        with _differences(), _hint("Add --replace to give up what it holds."):
            page, tallies = asyncio.run(verb.restore(file, _database(), _progress, replace=replace))
        typer.echo(f"{_table(tallies)}\nRestored the backup of {page.made_at:%Y-%m-%d %H:%M} UTC.")


def _database() -> str:
    from bot import settings

    return settings.read()["CLOUDLARK_DATABASE_URL"]


@contextmanager
def _differences() -> Iterator[None]:
    from bot.storage.copying import DifferenceError

    try:
        yield
    except DifferenceError as error:
        typer.echo(_table(error.tallies))
        typer.echo(str(error), err=True)
        raise typer.Exit(1) from error


@contextmanager
def _hint(sentence: str) -> Iterator[None]:
    from bot.storage.ends import NotEmptyError
    from bot.storage.store import StorageError

    try:
        yield
    except NotEmptyError as error:
        raise StorageError(f"{error} {sentence}") from error


def _progress(table: str, done: int, total: int) -> None:
    # Lines come with the batches that pass a round number, and with the last one of a long table.
    from bot.storage.copying import BATCH

    if total >= EVERY and (done % EVERY < BATCH or done == total):
        typer.echo(f"{table}: {done:,} of {total:,}", err=True)


def _table(tallies: Sequence[Tally]) -> str:
    width = max(len(tally.table) for tally in tallies)
    head = f"{'table':{width}}  {'rows':>12}  {'checksum':16}"
    return "\n".join([head, *(_line(tally, width) for tally in sorted(tallies, key=lambda t: t.table))])


def _line(tally: Tally, width: int) -> str:
    there, here = tally.source, tally.target
    verdict = "same" if tally.same else f"DIFFERENT: {here.rows:,} rows, {here.checksum}"
    return f"{tally.table:{width}}  {there.rows:12,}  {there.checksum}  {verdict}"
