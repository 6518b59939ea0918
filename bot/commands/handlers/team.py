"""What a team does together: boards, nights, goals, seasons, and the place itself."""

from __future__ import annotations

import re

from bot.commands.command import Args
from bot.commands.handlers.study import topic_of
from bot.messages import Notice, Reply, Tone
from bot.storage import people
from bot.tutor import boards, nights, together
from bot.tutor import settings as settings_
from bot.tutor.people import Who
from bot.tutor.refusal import RefusalError
from bot.tutor.tutor import Tutor
from bot.wording.speech import _


async def leaderboard(tutor: Tutor, who: Who, args: Args) -> Reply:
    """The board of a period."""
    return await boards.asked(tutor, who, str(args.get("period", "week")))


async def night_start(tutor: Tutor, who: Who, args: Args) -> Reply:
    """A quiz night."""
    text = str(args.get("topic", ""))
    topic = "" if text.casefold() in ("", "all") else topic_of(tutor, text)
    number, seconds = int(args.get("rounds", 10)), int(args.get("seconds", 30))
    return await nights.start(tutor, who, topic, number, seconds, args.get("bonus") == "speed")


async def night_stop(tutor: Tutor, who: Who, args: Args) -> Reply:
    """The end of a quiz night."""
    return await nights.stop(tutor, who)


async def goal(tutor: Tutor, who: Who, args: Args) -> Reply:
    """The team's goal."""
    return await together.set_goal(tutor, who, int(args["answers"]))


async def season_start(tutor: Tutor, who: Who, args: Args) -> Reply:
    """A new season."""
    return await together.start_season(tutor, who, str(args["name"]))


async def season_end(tutor: Tutor, who: Who, args: Args) -> Reply:
    """The end of a season."""
    return await together.end_season(tutor, who)


async def language(tutor: Tutor, who: Who, args: Args) -> Reply:
    """The language of this place."""
    return await settings_.set_language(tutor, who, str(args["language"]))


async def admin(tutor: Tutor, who: Who, args: Args) -> Reply:
    """Name another admin. Mentions look like <@U1|sam>, <@!42> or @sam; plain ids are taken as they are."""
    text = str(args["person"]).strip()
    found = re.fullmatch(r"(?:<@!?)?@?([\w.-]{1,64})(?:\|([^>]*))?>?", text)
    if not found:
        raise RefusalError(_("Mention one person, as in /admin @sam."))
    account = found[1]
    known = await tutor.store.read(lambda db: people.knows_account(db, who.community.platform, account))
    if not (text.startswith("<@") or known):
        raise RefusalError(
            _("I know nobody called {value} here. Mention the person, as in /admin @sam.").format(
                value=text[:40]
            )
        )
    await tutor.store.write(
        lambda db: people.name_admin(db, who.community.id, account, who.learner.id, who.now)
    )
    shown = f"@{found[2]}" if found[2] else text
    return Reply(Notice(_("{text} may manage schedules here now.").format(text=shown), Tone.GOOD))
