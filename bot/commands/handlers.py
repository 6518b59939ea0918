"""What each command runs: arguments to verb."""

from __future__ import annotations

import re

from bot import wording
from bot.commands.command import Args
from bot.messages import Button, Notice, Reply, Section, Sheet, Tone
from bot.messages.acts import RunCommand
from bot.model.study import ScheduleState
from bot.storage import people
from bot.tutor import (
    asking,
    boards,
    drilling,
    exams,
    linking,
    missed,
    mock,
    mydata,
    nights,
    practice,
    reviewing,
    schedule_changes,
    scheduling,
    together,
)
from bot.tutor import progress as progress_
from bot.tutor import schedule_calendar as schedule_calendar_
from bot.tutor import settings as settings_
from bot.tutor.calculating import calculate
from bot.tutor.people import Who, is_admin
from bot.tutor.refusal import RefusalError
from bot.tutor.schedule_form import find_exam
from bot.tutor.tutor import Tutor
from bot.wording.speech import _

DEFAULT_COUNT = 5


async def quiz(tutor: Tutor, who: Who, args: Args) -> Reply:
    """Practice on a topic, an exam, or everything."""
    text = str(args.get("topic", "")).strip()
    number = int(args.get("count", DEFAULT_COUNT))
    exam = find_exam(tutor.bank, text) if text else ""
    topics = () if exam or not text else (topic_of(tutor, text),)
    return await practice.start(tutor, who, topics, exam, number)


def topic_of(tutor: Tutor, text: str) -> str:
    """The slug of the topic that somebody means, or a refusal with suggestions."""
    match = tutor.bank.find_topic(text)
    if match.topic is None:
        buttons = tuple(
            Button(topic.name[:40], RunCommand(f"quiz {topic.slug}")) for topic in match.suggestions
        )
        raise RefusalError(wording.unknown_topic(text, [topic.name for topic in match.suggestions]), buttons)
    return match.topic.slug


async def review(tutor: Tutor, who: Who, args: Args) -> Reply:
    """Facts that are due."""
    return await reviewing.start(tutor, who, int(args.get("count", DEFAULT_COUNT)))


async def mock_start(tutor: Tutor, who: Who, args: Args) -> Reply:
    """A new mock exam."""
    named, length = str(args.get("exam", "")), str(args.get("length", ""))
    if not length and named.casefold() in mock.LENGTHS:
        named, length = "", named.casefold()
    exam = exams.exam_of(tutor, named or who.learner.settings.get("exam", ""))
    return await mock.start(tutor, who, exam.slug, length or "full")


async def mock_resume(tutor: Tutor, who: Who, args: Args) -> Reply:
    """The exam under way."""
    return await mock.resume(tutor, who)


async def mock_status(tutor: Tutor, who: Who, args: Args) -> Reply:
    """How far it is, or the last report."""
    return await mock.status(tutor, who)


async def mock_stop(tutor: Tutor, who: Who, args: Args) -> Reply:
    """Hand it in."""
    return await mock.stop(tutor, who)


async def exam_set(tutor: Tutor, who: Who, args: Args) -> Reply:
    """An exam to work towards."""
    return await exams.set_date(tutor, who, str(args["exam"]), str(args.get("date", "")))


async def exam_readiness(tutor: Tutor, who: Who, args: Args) -> Reply:
    """The probability to pass."""
    return await exams.show(tutor, who, str(args.get("exam", "")))


async def ask(tutor: Tutor, who: Who, args: Args) -> Reply:
    """An answer from the facts."""
    return await asking.ask(tutor, who, str(args.get("words", "")))


async def calc(tutor: Tutor, who: Who, args: Args) -> Reply:
    """A sum with its working."""
    return calculate(str(args.get("sum", "")))


async def drill(tutor: Tutor, who: Who, args: Args) -> Reply:
    """A confusion pair, or one's own confusions."""
    return await drilling.drill(tutor, who, str(args.get("pair", "")))


async def leaderboard(tutor: Tutor, who: Who, args: Args) -> Reply:
    """The board of a period."""
    return await boards.asked(tutor, who, str(args.get("period", "week")))


async def progress(tutor: Tutor, who: Who, args: Args) -> Reply:
    """The caller's progress."""
    return await progress_.show(tutor, who)


async def topics(tutor: Tutor, who: Who, args: Args) -> Reply:
    """All topics that have questions."""
    offered = sorted(tutor.bank.offered, key=lambda topic: topic.name.casefold())
    lines = tuple(f"{topic.name} ({topic.slug}): {len(tutor.bank.by_topic[topic.slug])}" for topic in offered)
    questions = wording.count(len(tutor.bank.questions), "question", "questions")
    lead = _("{questions} on {count}.").format(
        questions=questions, count=wording.count(len(offered), "topic", "topics")
    )
    exams = tuple(wording.exam_line(exam) for exam in tutor.bank.exams.values())
    return Reply(
        Sheet(
            _("Topics"), lead, (Section(_("Exams"), exams), Section(_("Topics and their questions"), lines))
        )
    )


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


async def settings(tutor: Tutor, who: Who, args: Args) -> Reply:
    """The caller's settings form."""
    return Reply(settings_.form(who))


async def help_(tutor: Tutor, who: Who, args: Args) -> Reply:
    """Every command that the caller may use."""
    from bot.commands.help import about, sheet

    if found := about(str(args.get("command", ""))):
        return Reply(found)
    return Reply(sheet(await is_admin(tutor, who)))


async def schedule_add(tutor: Tutor, who: Who, args: Args) -> Reply:
    """The form of a new schedule."""
    return Reply(scheduling.form(tutor, who, ""))


async def schedule_list(tutor: Tutor, who: Who, args: Args) -> Reply:
    """All schedules."""
    return await scheduling.listing(tutor, who)


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
    found = re.fullmatch(r"(?:<@!?)?@?([\w.-]{1,64})(?:\|[^>]*)?>?", text)
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
    return Reply(Notice(_("{text} may manage schedules here now.").format(text=text), Tone.GOOD))
