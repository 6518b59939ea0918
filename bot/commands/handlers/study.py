"""What learning alone runs: practice, review, exams, drills, and answers."""

from __future__ import annotations

from bot import wording
from bot.commands.command import Args
from bot.messages import Button, Reply, Section, Sheet
from bot.messages.acts import RunCommand
from bot.tutor import asking, drilling, exams, mock, practice, reviewing
from bot.tutor.calculating import calculate
from bot.tutor.people import Who
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
    length = length or "full"
    wanted = named or who.learner.settings.get("exam", "")
    exam = exams.exam_of(tutor, wanted, f"mock start {{exam}} {length}")
    return await mock.start(tutor, who, exam.slug, length)


async def mock_resume(tutor: Tutor, who: Who, args: Args) -> Reply:
    """The exam under way."""
    return await mock.resume(tutor, who)


async def mock_status(tutor: Tutor, who: Who, args: Args) -> Reply:
    """How far it is, or the last report."""
    return await mock.status(tutor, who)


async def mock_stop(tutor: Tutor, who: Who, args: Args) -> Reply:
    """Hand it in, or ask whether to."""
    return await mock.stop(tutor, who, at_once=args.get("word") == "now")


async def exam_set(tutor: Tutor, who: Who, args: Args) -> Reply:
    """An exam to work towards."""
    return await exams.set_date(tutor, who, str(args["exam"]), str(args.get("date", "")))


async def exam_readiness(tutor: Tutor, who: Who, args: Args) -> Reply:
    """The probability to pass."""
    return await exams.show(tutor, who, str(args.get("exam", "")))


async def drill(tutor: Tutor, who: Who, args: Args) -> Reply:
    """A confusion pair, or one's own confusions."""
    return await drilling.drill(tutor, who, str(args.get("pair", "")))


async def ask(tutor: Tutor, who: Who, args: Args) -> Reply:
    """An answer from the facts."""
    return await asking.ask(tutor, who, str(args.get("words", "")))


async def calc(tutor: Tutor, who: Who, args: Args) -> Reply:
    """A sum with its working."""
    return calculate(str(args.get("sum", "")))


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
