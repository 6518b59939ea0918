"""`cloudlark learning replay`: everything that follows from the attempts, computed anew."""

from __future__ import annotations

import asyncio
from typing import Annotated

import typer


def replay(
    anyway: Annotated[bool, typer.Option(help="Also when older attempts are no longer kept.")] = False,
) -> None:
    """Recompute memory, ability, boards and streaks from the attempts. Stop the tutor first."""
    from bot.cli.sentences import sentences

    with sentences():
        asyncio.run(_replay(anyway))


async def _replay(anyway: bool) -> None:
    from bot import settings as settings_
    from bot.app import content_folders
    from bot.bank import load
    from bot.clock import SystemClock
    from bot.storage.retention import forgotten
    from bot.storage.store import StorageError, open_store
    from bot.tutor import replay as verb
    from bot.tutor.packs.holdings import everything

    settings = settings_.read()
    bank = load(content_folders(settings))
    store = await open_store(settings["CLOUDLARK_DATABASE_URL"])
    retention = settings.number("CLOUDLARK_RETENTION", 0.7, 0.97)

    def progress(done: int) -> None:
        if done % 50_000 < verb.CHUNK:
            typer.echo(f"{done:,} attempts ...", err=True)

    try:
        months = await store.read(forgotten)
        if months and not anyway:
            raise StorageError(
                f"The attempts up to {str(months[-1])[:4]}-{str(months[-1])[4:]} are no longer kept, and a replay would "
                "take away the points, streaks and memories that came of them: add --anyway if that is meant."
            )
        whole = await store.read(lambda db: everything(db, bank, SystemClock().now()))
        found = await verb.replay(store, whole, retention, progress)
    finally:
        await store.close()
    left = f"; {found.unknown:,} ask for questions that are no longer in the bank" if found.unknown else ""
    typer.echo(f"Replayed {found.attempts:,} attempts{left}.")
