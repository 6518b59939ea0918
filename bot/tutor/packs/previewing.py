"""A pack as its readers would meet it, with the keys: for admins, before it goes live."""

from __future__ import annotations

from bot import wording
from bot.bank.bank import Bank
from bot.bank.namespaces import local
from bot.bank.packs import namespace, recalled
from bot.messages import Button, ButtonStyle, Reply, Section, Sheet
from bot.messages.acts import RunCommand
from bot.model.knowledge import Question
from bot.storage import packs
from bot.storage.packs import Pack, PackState
from bot.tutor import showing
from bot.tutor.packs.listing import known
from bot.tutor.people import Who
from bot.tutor.refusal import RefusalError
from bot.tutor.tutor import Tutor

SEED = 0


async def preview(tutor: Tutor, who: Who, name: str, number: int) -> Reply:
    """Question `number` (from 1) of the newest version of a pack. Raises RefusalError beyond the last one."""
    pack = await known(tutor, who, name)
    bank = await bank_of(tutor, pack)
    questions = list(bank.questions.values())
    if not 1 <= number <= len(questions):
        first = Button(wording.pack_button("preview"), RunCommand(f"bank preview {pack.name}"))
        raise RefusalError(wording.pack_no_question(pack.name, number, len(questions)), (first,))
    return Reply(_page(pack, bank, questions[number - 1], number, len(questions)))


async def bank_of(tutor: Tutor, pack: Pack) -> Bank:
    """What is in a version of a pack."""
    kept = (await tutor.store.read(lambda db: packs.contents(db, [pack.id])))[pack.id]
    space = namespace(pack.name, pack.community_id)
    return recalled(kept.bank, kept.source, space, tutor.holdings.main.bank)


def _page(pack: Pack, bank: Bank, question: Question, number: int, of: int) -> Sheet:
    item = bank.item(question.id, SEED)
    options = tuple(
        wording.case_option(letter, option.right, option.text, option.why)
        for letter, option in showing.lettered(item)
    )
    facts = [bank.facts[fact] for fact in question.facts]
    return Sheet(
        wording.pack_preview_title(pack.name, pack.version, pack.state.value, number, of),
        lead=item.stem,
        sections=(
            Section(f"{bank.topics[question.topic].name} · {local(question.id)}", options),
            Section(lines=(item.explanation,)),
            Section(wording.pack_rests_on(), tuple(fact.statement for fact in facts)),
        ),
        links=tuple((local(fact.id), fact.link) for fact in facts if fact.link),
        buttons=_buttons(pack, number, of),
    )


def _buttons(pack: Pack, number: int, of: int) -> tuple[Button, ...]:
    def step(what: str, to: int) -> Button:
        style = ButtonStyle.PRIMARY if what == "next" else ButtonStyle.PLAIN
        return Button(wording.pack_button(what), RunCommand(f"bank preview {pack.name} {to}"), style)

    publish = Button(wording.pack_button("publish"), RunCommand(f"bank publish {pack.name}"))
    return (
        *([step("previous", number - 1)] if number > 1 else []),
        *([step("next", number + 1)] if number < of else []),
        *([publish] if pack.state is not PackState.LIVE else []),
        Button(wording.pack_button("packs"), RunCommand("bank packs")),
    )
