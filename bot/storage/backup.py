"""Backups: one portable file, made while everything runs, and restored into either database."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bot.storage import archive, schema
from bot.storage.archive import Page
from bot.storage.copying import Progress, Tally, carry, compared, fill, sums_of
from bot.storage.ends import emptied, existing, revision_of, sentences, shown, still
from bot.storage.store import StorageError


async def backup(url: str, file: Path, made_at: dt.datetime, version: str, progress: Progress) -> list[Tally]:
    """Write a database as it is at one instant into a file that only its owner may read.

    The file appears whole, or the one that had this name stays. Raises StorageError, also when what was
    written does not read back as what was stored.
    """
    part = file.with_name(f".{file.name}.part")
    with _sentences(file, "written"):
        _refuse_other_files(file)
        archive.create_private(part)
        try:
            await _write(url, part, made_at, version, progress)
            tallies = await _read_back(part, progress)
            archive.settle(part, file)
        finally:
            part.unlink(missing_ok=True)
    return tallies


async def restore(file: Path, url: str, progress: Progress, *, replace: bool) -> tuple[Page, list[Tally]]:
    """Bring a backup into an empty database, or with `replace` into the place of what one holds.

    The database gets everything, at this program's schema, or stays as it was. Raises StorageError,
    also for a backup that was damaged or was made by a newer Cloudlark.
    """
    with _sentences(file, "read"):
        if not archive.is_archive(file):
            raise StorageError(
                f"{file} is no backup of Cloudlark: give a file that `cloudlark backup` wrote."
            )
        async with still(archive.engine_of(file, write=False)) as there:
            page = await there.run_sync(archive.page_of)
            revision = await revision_of(there, str(file))
            with sentences(url):
                async with emptied(url, revision, replace) as here:
                    return page, await fill(there, here, progress, page.sums)


async def _write(url: str, part: Path, made_at: dt.datetime, version: str, progress: Progress) -> None:
    with sentences(url):
        async with still(existing(url)) as there:
            # An archive keeps the version of its source, so that one may be taken before an upgrade.
            revision = await revision_of(there, shown(url))
            engine = archive.engine_of(part, write=True)
            try:
                async with engine.connect() as here, here.begin():
                    await here.run_sync(schema.upgrade, revision)
                    sums = await carry(there, here, progress)
                    await here.run_sync(archive.sign, Page(made_at, version, sums))
            finally:
                await engine.dispose()


async def _read_back(part: Path, progress: Progress) -> list[Tally]:
    async with still(archive.engine_of(part, write=False)) as db:
        page = await db.run_sync(archive.page_of)
        return compared("The backup differs from the database", page.sums, await sums_of(db, progress))


def _refuse_other_files(file: Path) -> None:
    if file.exists() and not archive.is_archive(file):
        raise StorageError(f"{file} is there and is no backup: give the backup another name.")


@contextmanager
def _sentences(file: Path, done: str) -> Iterator[None]:
    with sentences(f"sqlite:///{file}"):
        try:
            yield
        except OSError as error:
            raise StorageError(f"The backup {file} cannot be {done} ({error.strerror}).") from error
