"""From an item and what happened to it, to the cards that show it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping

from bot import wording
from bot.bank.bank import Bank
from bot.messages import OptionReason, OptionView, Source
from bot.model.knowledge import Item, Option, Question
from bot.tutor.refusal import RefusalError
from bot.tutor.submission import Profile
from bot.wording.speech import _, both

LETTERS = "ABCDEFGH"


def item_of(bank: Bank, question_id: str, seed: int) -> Item:
    """The item, or a refusal when the question has left the bank."""
    if question_id not in bank.questions:
        raise RefusalError(wording.question_gone())
    return bank.item(question_id, seed)


def profile_of(bank: Bank, item: Item) -> Profile:
    """What an answer to the item speaks of."""
    question = item.question
    exams = bank.exams_of(question).items()
    domains = tuple(f"{exam}/{domain}" for exam, slugs in exams for domain in sorted(slugs))
    return Profile(question.facts, domains, question.difficulty, _chance(item))


def _chance(item: Item) -> float:
    from math import comb

    return 1 / comb(len(item.options), item.picks_wanted)


def option_views(item: Item) -> tuple[OptionView, ...]:
    """The options with their letters."""
    return tuple(OptionView(letter, o.position, o.text) for letter, o in lettered(item))


def lettered(item: Item) -> Iterable[tuple[str, Option]]:
    """The options of an item, each with its letter."""
    return zip(LETTERS, item.options, strict=False)


def letters_of(item: Item, positions: Collection[int]) -> str:
    """The letters of authored positions: `A and C`."""
    return both([letter for letter, option in lettered(item) if option.position in positions])


def reasons(
    item: Item, picks: Collection[int] = (), given: Counter[frozenset[int]] | None = None
) -> tuple[OptionReason, ...]:
    """Every option with its truth and reason; with `given`, also how many of the answers picked it."""
    counts = _per_option(given) if given is not None else {}
    total = sum(given.values()) if given else 0
    return tuple(
        OptionReason(
            letter,
            option.text,
            option.right,
            option.why,
            option.position in picks,
            None if given is None else (counts.get(option.position, 0) / total if total else 0.0),
            None if given is None else counts.get(option.position, 0),
        )
        for letter, option in lettered(item)
    )


def _per_option(given: Counter[frozenset[int]]) -> Mapping[int, int]:
    counts: Counter[int] = Counter()
    for picks, number in given.items():
        counts.update(dict.fromkeys(picks, number))
    return counts


def sources(bank: Bank, question: Question) -> tuple[Source, ...]:
    """Where the facts of a question can be read; a team's own facts may stand nowhere."""
    return tuple(_source(bank, fact_id) for fact_id in question.facts if bank.facts[fact_id].link)


def _source(bank: Bank, fact_id: str) -> Source:
    fact = bank.facts[fact_id]
    changed = fact.changed
    text = (
        _("Changed {when}: {was} → {now}").format(when=changed.when, was=changed.was, now=changed.now)
        if changed
        else ""
    )
    name = bank.topics[fact.topic].name if fact.topic in bank.topics else fact.topic
    return Source(name, fact.link, fact.verified_on, text)
