"""`cloudlark content new` and `add`: packs begun, and given to a community without a chat."""

from __future__ import annotations

import asyncio
import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

if TYPE_CHECKING:
    from bot.bank.bank import Bank
    from bot.bank.exchange.incoming import Received
    from bot.settings import Settings


def new(folder: Annotated[Path, typer.Argument(help="A folder that is new or empty.")]) -> None:
    """Begin a pack: a topic, a fact and a question, with schemas for your editor."""
    from bot.bank.scaffold import write

    try:
        files = write(folder, dt.datetime.now(dt.UTC).date())
    except FileExistsError:
        _fail(f"{folder} holds something already: name a new folder.")
    except OSError as error:
        _fail(f"{folder} cannot be written: {error.strerror}.")
    typer.echo("\n".join(map(str, files)))
    typer.echo(f"Check it with: cloudlark content check {folder}")


def add(
    path: Annotated[Path, typer.Argument(help="A content folder, or a file as it is sent in chat.")],
    community: Annotated[str, typer.Option(help="Whose pack it is, as platform:id, such as slack:T012AB3C.")],
    name: Annotated[str, typer.Option(help="The pack's name; else that of the file or folder.")] = "",
    publish: Annotated[bool, typer.Option(help="Let it be asked at once.")] = False,
) -> None:
    """Check a pack and keep it as a draft of a community; exit 1 when it has faults."""
    from bot import settings as settings_
    from bot.app import content_folders
    from bot.bank import load
    from bot.bank.packs import MAX_NAME, NAME
    from bot.cli.sentences import sentences

    chosen = (name or path.resolve().stem).casefold()
    if not NAME.fullmatch(chosen) or len(chosen) > MAX_NAME:
        _fail(
            f"A pack cannot be called {chosen!r}: small letters, digits, hyphens, at most {MAX_NAME}; see --name."
        )
    with sentences():
        settings = settings_.read()
        bank = load(content_folders(settings))
        received = received_from(chosen, path, bank)
        if not received.checked.is_sound:
            typer.echo("\n".join(map(str, received.checked.faults)), err=True)
            raise typer.Exit(1)
        typer.echo(asyncio.run(_keep(settings, bank, community, chosen, received, publish)))
    typer.echo("\n".join([*received.lost, *received.checked.remarks]), err=True)


def received_from(name: str, path: Path, bank: Bank) -> Received:
    """A pack from a folder or a file, looked at. Ends the command where it cannot be opened."""
    from bot.bank.exchange.incoming import Received, receive
    from bot.bank.packs import check_files
    from bot.bank.unpacking import UnpackingError, gathered

    today = dt.datetime.now(dt.UTC).date()
    try:
        if path.is_dir():
            return Received(check_files(gathered(path), bank, today))
        return receive(name, path.name, path.read_bytes(), bank, today)
    except OSError as error:
        _fail(f"{path} cannot be read: {error.strerror}.")
    except UnpackingError as error:
        _fail(str(error))


async def _keep(
    settings: Settings, bank: Bank, community: str, name: str, received: Received, publish: bool
) -> str:
    import random

    from bot.clock import SystemClock
    from bot.storage import packs, people
    from bot.storage.store import StorageError, open_store
    from bot.tutor.healing.versions import remember
    from bot.tutor.packs import adding
    from bot.tutor.tutor import Tutor
    from bot.wording.general import count

    platform, _, external = community.partition(":")
    store = await open_store(settings["CLOUDLARK_DATABASE_URL"])
    try:
        place = await store.read(lambda db: people.find_community(db, platform, external))
        if place is None:
            raise StorageError(
                f"The tutor has not met a community {community!r}: give platform:id of one it is in."
            )
        tutor = Tutor.of(bank, store, SystemClock(), random.Random(), settings)
        kept = await adding.keep(tutor, place.id, name, received, None)
        if kept is None:
            raise StorageError(f"{community} has {adding.MOST_PACKS} packs already, and that is the most.")
        pack = await store.read(lambda db: packs.find_pack(db, place.id, name, kept.version))
        if publish and pack is not None:
            await store.write(lambda db: packs.publish(db, pack, SystemClock().now()))
            await remember(await tutor.at(place.id))
    finally:
        await store.close()
    state = "live" if publish else "a draft"
    asked = count(len(received.checked.bank.questions), "question", "questions")
    return f"{name}, version {kept.version}, is {state} in {community}: {asked}."


def _fail(sentence: str) -> NoReturn:
    typer.echo(sentence, err=True)
    raise typer.Exit(2)
