"""What `/bank packs` and its kind run: arguments to verb."""

from __future__ import annotations

from bot.commands.command import Args
from bot.messages import Reply
from bot.tutor.packs import adding, changing, listing, previewing
from bot.tutor.people import Who
from bot.tutor.tutor import Tutor


async def packs(tutor: Tutor, who: Who, args: Args) -> Reply:
    """All packs of the place."""
    return await listing.listing(tutor, who)


async def add(tutor: Tutor, who: Who, args: Args) -> Reply:
    """The form that takes a pack."""
    return Reply(adding.form())


async def preview(tutor: Tutor, who: Who, args: Args) -> Reply:
    """A pack's questions with their keys."""
    return await previewing.preview(tutor, who, str(args["pack"]), int(args.get("number", 1)))


async def publish(tutor: Tutor, who: Who, args: Args) -> Reply:
    """A version goes live."""
    version = int(args["version"]) if "version" in args else None
    return await changing.publish(tutor, who, str(args["pack"]), version)


async def retire(tutor: Tutor, who: Who, args: Args) -> Reply:
    """A pack is asked no more."""
    return await changing.retire(tutor, who, str(args["pack"]))
