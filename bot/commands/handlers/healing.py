"""What `/bank reports` and its kind run: arguments to verb."""

from __future__ import annotations

from bot.commands.command import Args
from bot.commands.handlers.study import topic_of
from bot.messages import Reply
from bot.tutor.healing import auditing, cases, deciding, digesting, regrading, statistics
from bot.tutor.healing.references import named
from bot.tutor.people import Who
from bot.tutor.schedule_form import find_exam
from bot.tutor.tutor import Tutor


async def reports(tutor: Tutor, who: Who, args: Args) -> Reply:
    """The queue, a case, or a decision about one."""
    question, decision = str(args.get("question", "")).strip(), str(args.get("decision", ""))
    if not question:
        return await cases.queue(tutor, who)
    if not decision:
        return await cases.show(tutor, who, question)
    return await deciding.decide(tutor, who, question, decision)


async def audit(tutor: Tutor, who: Who, args: Args) -> Reply:
    """The last things that admins did."""
    return await auditing.listing(tutor, who)


async def regrade(tutor: Tutor, who: Who, args: Args) -> Reply:
    """What a corrected key changes, or the change itself."""
    return await regrading.regrade(tutor, who, str(args["question"]).strip(), str(args.get("word", "")))


async def stats(tutor: Tutor, who: Who, args: Args) -> Reply:
    """Item analysis of a topic, an exam, one question, or everything."""
    text = str(args.get("topic", "")).strip()
    if named(tutor, text) in tutor.bank.questions:
        return await statistics.of_question(tutor, who, text)
    exam = find_exam(tutor.bank, text) if text else ""
    topic = "" if exam or not text else topic_of(tutor, text)
    return await statistics.of_topic(tutor, who, topic, exam)


async def digest(tutor: Tutor, who: Who, args: Args) -> Reply:
    """Hear of the bank every week, or no more."""
    return await digesting.subscribe(tutor, who, str(args["switch"]) == "on")
