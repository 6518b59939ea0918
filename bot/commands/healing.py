"""What `/bank reports` and its kind run: arguments to verb."""

from __future__ import annotations

from bot.commands.command import Args
from bot.messages import Reply
from bot.tutor.healing import auditing, cases, deciding
from bot.tutor.people import Who
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
