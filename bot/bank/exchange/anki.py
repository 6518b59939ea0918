"""Anki packages, read. Notes with options are taken as they are. Of notes with a front and a back, which is what
most people make, each becomes a question whose wrong options are the backs of other notes of its deck."""

from __future__ import annotations

import random
import re
from collections import defaultdict
from collections.abc import Iterable, Sequence

from bot.bank.exchange.anki_deck import ROOT
from bot.bank.exchange.anki_file import Note, notes_of
from bot.bank.exchange.drafts import Choice, Draft, Parsed, Subject
from bot.bank.exchange.markup import has_media, plain_of
from bot.bank.exchange.spreadsheet import column_of, draft_of

WRONG = 3
LONGEST = 200
SOUND = "[sound:"
_GAP = re.compile(r"\{\{c\d+::")
FROM_OTHERS = (
    "{n} cards have no options of their own: those of other cards of the deck stand there. Look them over."
)


def read(data: bytes) -> Parsed:
    """The questions in a package. Raises ExchangeError for what is none."""
    notes = notes_of(data)
    drafts: list[Draft] = []
    lost: list[str] = []
    pairs: dict[str, list[Note]] = defaultdict(list)
    for note in notes:
        if {"stem", "option_1"} <= set(map(column_of, note.fields)):
            drafts.append(_with_options(note))
        elif any(_GAP.search(value) for value in note.fields.values()):
            lost.append(f"{_shown(note)} is a text with gaps.")
        else:
            pairs[note.deck].append(note)
        if any(has_media(value) or SOUND in value for value in note.fields.values()):
            lost.append(f"{_shown(note)} has pictures or sounds, which were left out.")
    made = [draft for deck in pairs.values() for draft in _from_pairs(deck, lost)]
    if made:
        lost.append(FROM_OTHERS.format(n=len(made)))
    return Parsed((*drafts, *made), tuple(lost))


def _with_options(note: Note) -> Draft:
    found = {column_of(name): plain_of(value) for name, value in note.fields.items()}
    wanted = {name: value for name, value in found.items() if value}
    return draft_of(wanted | {"topic_name": _topic(note)}, "")


def _from_pairs(notes: Sequence[Note], lost: list[str]) -> Iterable[Draft]:
    sides = [(note, [plain_of(value) for value in note.fields.values()]) for note in notes]
    backs = {side[1].casefold(): side[1] for _, side in sides if _is_answer(side)}
    ordered = [backs[key] for key in sorted(backs)]
    for note, side in sides:
        if not _is_answer(side) or not side[0]:
            lost.append(f"{_shown(note)} has no front, or no short back.")
            continue
        if len(ordered) < 2:
            lost.append(f"{_shown(note)} is alone in its deck: there is nothing to choose from.")
            continue
        # By its own id, so that the same package makes the same questions.
        drawn = random.Random(note.guid).sample(ordered, min(WRONG + 1, len(ordered)))
        wrong = [text for text in drawn if text.casefold() != side[1].casefold()][:WRONG]
        choices = (Choice(side[1], True), *(Choice(text) for text in wrong))
        yield Draft(
            side[0], choices, topic=Subject(name=_topic(note)), explanation="\n".join(filter(None, side[2:]))
        )


def _is_answer(side: Sequence[str]) -> bool:
    return len(side) > 1 and 0 < len(side[1]) <= LONGEST


def _topic(note: Note) -> str:
    return "" if note.deck in ("Default", ROOT) else note.deck.rpartition("::")[2]


def _shown(note: Note) -> str:
    words = plain_of(next(iter(note.fields.values()), "")).replace("\n", " ")
    return f"“{words if len(words) <= 60 else words[:59] + '…'}”"
