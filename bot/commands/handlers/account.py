"""What is a person's own: progress, settings, linking and data."""

from __future__ import annotations

from bot.commands.command import Args
from bot.messages import Reply
from bot.tutor import linking, missed, mydata
from bot.tutor import progress as progress_
from bot.tutor import settings as settings_
from bot.tutor.people import Who
from bot.tutor.tutor import Tutor


async def progress(tutor: Tutor, who: Who, args: Args) -> Reply:
    """The caller's progress."""
    return await progress_.show(tutor, who)


async def settings(tutor: Tutor, who: Who, args: Args) -> Reply:
    """The caller's settings form."""
    return Reply(settings_.form(who))


async def link(tutor: Tutor, who: Who, args: Args) -> Reply:
    """A code for another account, or the two brought together."""
    return await linking.link(tutor, who, str(args.get("code", "")))


async def unlink(tutor: Tutor, who: Who, args: Args) -> Reply:
    """Part this account from the others."""
    return await linking.unlink(tutor, who)


async def mydata_export(tutor: Tutor, who: Who, args: Args) -> Reply:
    """The caller's data."""
    return await mydata.export(tutor, who)


async def mydata_anki(tutor: Tutor, who: Who, args: Args) -> Reply:
    """What the caller got wrong, for Anki."""
    return await missed.export(tutor, who)


async def mydata_delete(tutor: Tutor, who: Who, args: Args) -> Reply:
    """Forget the caller."""
    return await mydata.delete(tutor, who, str(args.get("word", "")))
