"""What is posted to a channel and when."""

from __future__ import annotations

from bot.commands.command import Args
from bot.messages import Reply
from bot.model.study import ScheduleState
from bot.tutor import schedule_calendar as schedule_calendar_
from bot.tutor import schedule_changes, schedule_words, scheduling
from bot.tutor.people import Who
from bot.tutor.tutor import Tutor


async def schedule_add(tutor: Tutor, who: Who, args: Args) -> Reply:
    """The form of a new schedule."""
    return Reply(scheduling.form(tutor, who, ""))


async def schedule_list(tutor: Tutor, who: Who, args: Args) -> Reply:
    """All schedules."""
    return await schedule_words.listing(tutor, who)


async def schedule_edit(tutor: Tutor, who: Who, args: Args) -> Reply:
    """The form of a schedule as it is."""
    return Reply(await schedule_changes.edit(tutor, who, str(args["number"])))


async def schedule_preview(tutor: Tutor, who: Who, args: Args) -> Reply:
    """The next posts."""
    return await schedule_calendar_.preview(tutor, who, int(args["number"]))


async def schedule_calendar(tutor: Tutor, who: Who, args: Args) -> Reply:
    """The form of a schedule's calendar."""
    return Reply(await schedule_calendar_.form(tutor, who, str(args["number"])))


async def schedule_options(tutor: Tutor, who: Who, args: Args) -> Reply:
    """The form of a schedule's options."""
    return Reply(await schedule_changes.options(tutor, who, str(args["number"])))


async def schedule_pause(tutor: Tutor, who: Who, args: Args) -> Reply:
    """Pause."""
    return await scheduling.set_state(tutor, who, int(args["number"]), ScheduleState.PAUSED)


async def schedule_resume(tutor: Tutor, who: Who, args: Args) -> Reply:
    """Resume."""
    return await scheduling.set_state(tutor, who, int(args["number"]), ScheduleState.ACTIVE)


async def schedule_remove(tutor: Tutor, who: Who, args: Args) -> Reply:
    """Remove."""
    return await scheduling.set_state(tutor, who, int(args["number"]), ScheduleState.REMOVED)


async def schedule_skip(tutor: Tutor, who: Who, args: Args) -> Reply:
    """Leave out the next day."""
    return await scheduling.skip(tutor, who, int(args["number"]))


async def schedule_now(tutor: Tutor, who: Who, args: Args) -> Reply:
    """Post at once."""
    return await scheduling.post_now(tutor, who, int(args["number"]))


async def schedule_reveal(tutor: Tutor, who: Who, args: Args) -> Reply:
    """Close at once."""
    return await scheduling.reveal_now(tutor, who, int(args["number"]))


async def schedule_test(tutor: Tutor, who: Who, args: Args) -> Reply:
    """A private sample."""
    return await scheduling.sample(tutor, who, int(args["number"]))
