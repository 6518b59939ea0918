"""What the tests of a bank that heals say and read."""

from __future__ import annotations

from dataclasses import replace

from bot.bank.bank import Bank
from bot.messages import Feedback, Message, Notice, QuestionCard, Sheet, encode
from bot.messages.acts import AnswerPractice, DecideCase, RunCommand, ShowPractice
from bot.model.knowledge import Option
from bot.tutor.packs.holdings import Holding, Holdings
from tests.support.messenger import Posted
from tests.support.world import World


async def reports(
    world: World, name: str, question: str, reason: str = "key", text: str = "", channel: str = "general"
) -> Message:
    """Somebody reports a question."""
    values = {"reason": reason, "text": text}
    reply = await world.desk.submit(world.caller(name, channel), f"sf:report:{question}", values)
    return shown(reply.message)


async def asks(world: World, text: str, name: str = "ada") -> Message:
    """An admin types a command."""
    return shown((await world.says(name, text, admin=True)).message)


def shown(message: object) -> Message:
    """What a reply shows, which is no form."""
    assert isinstance(message, Sheet | Notice | QuestionCard | Feedback), message
    return message


def words(message: object) -> str:
    """All that stands in a message, its tables and links included."""
    if isinstance(message, Notice):
        return message.text
    assert isinstance(message, Sheet), message
    parts = [message.title, message.lead, *(title for title, _ in message.links)]
    for section in message.sections:
        parts += [section.title, *section.lines, *(f"{m.label} {m.text}" for m in section.meters)]
        parts += [" ".join(row) for row in (section.table.rows if section.table else ())]
    return "\n".join(parts)


def commands(message: object) -> list[str]:
    """The commands behind the buttons of a message."""
    assert isinstance(message, Sheet | Notice), message
    found = []
    for button in message.buttons:
        if isinstance(button.act, RunCommand):
            found.append(button.act.text)
        elif isinstance(button.act, DecideCase):
            found.append(f"{button.act.what} {button.act.question}")
    return found


def told(world: World, name: str) -> list[str]:
    """What somebody was told by direct message."""
    return [words(post.message) for post in direct(world, name)]


def direct(world: World, name: str) -> list[Posted]:
    """The direct messages to somebody."""
    return [post for post in world.messenger.posts if post.person and post.person.id == f"U-{name}"]


async def practises(world: World, name: str, count: int, pick: int | None = None) -> None:
    """Somebody answers so many questions of a practice session, rightly or with the option `pick`."""
    card = (await world.says(name, f"/quiz {count}")).message
    for _ in range(count):
        assert isinstance(card, QuestionCard)
        assert isinstance(card.answer, AnswerPractice)
        picks = range(card.picks) if pick is None or card.picks > 1 else [pick]
        await world.desk.click(world.caller(name), encode(card.answer), [str(each) for each in picks])
        following = ShowPractice(card.answer.session, card.answer.number + 1)
        card = (await world.desk.click(world.caller(name), encode(following))).message


def changes(world: World, question_id: str, **changed: object) -> None:
    """The content changes: one question gets another version."""
    bank = world.tutor.bank
    version = f"{bank.questions[question_id].version}'"
    fresh = [
        replace(each, **{"version": version, **changed}) if each.id == question_id else each
        for each in bank.questions.values()
    ]
    teach(world, Bank.of(bank.exams.values(), bank.topics.values(), bank.facts.values(), fresh))


def teach(world: World, bank: Bank) -> None:
    """The program is started again with other content."""
    main = Holding.of(bank)
    world.tutor.bank, world.tutor.decks, world.tutor.pools = main.bank, main.decks, main.pools
    world.tutor.holdings = Holdings(main)


def keyed(world: World, question_id: str, *right: int) -> tuple[Option, ...]:
    """The options of a question with these positions as its key."""
    options = world.tutor.bank.questions[question_id].options
    return tuple(replace(option, right=option.position in right) for option in options)
