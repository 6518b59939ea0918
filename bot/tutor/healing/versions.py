"""The versions of questions: kept while they are asked, compared when their answers are graded again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import Connection

from bot.bank.bank import Bank
from bot.model.knowledge import Question
from bot.storage import audits, versions
from bot.storage.quarantine import EVERYWHERE
from bot.storage.versions import Wording
from bot.tutor.tutor import Tutor

REGRADE = "regrade"
"""The action under which the log keeps that answers were regraded."""
CHECKED = "regrade-checked"
"""That under which it keeps that somebody looked and nothing was to be regraded."""
LOOKED = (REGRADE, CHECKED)


class Kinship(StrEnum):
    """How an older version's options stand to the present ones.

    SAME texts in the same places; REWORDED, which a person has to judge; UNKNOWN, because nobody kept them;
    APART when a place certainly holds something else, so that old picks say nothing about the present key.
    """

    SAME = "same"
    REWORDED = "reworded"
    UNKNOWN = "unknown"
    APART = "apart"


@dataclass(frozen=True, slots=True)
class Comparison:
    """What came of comparing; `changed` are the places whose texts differ."""

    kinship: Kinship
    changed: tuple[int, ...] = ()


async def remember(tutor: Tutor) -> int:
    """Keep the versions that the bank has now; return how many were new.

    Call it whenever the bank has changed: answers to a version that was never kept cannot be compared.
    """
    known = await tutor.store.read(versions.known_versions)
    fresh = [q for q in tutor.bank.questions.values() if (q.id, q.version) not in known]
    if fresh:
        rows = [(question.id, question.version, wording_of(question)) for question in fresh]
        now = tutor.clock.now()
        await tutor.store.write(lambda db: versions.keep_versions(db, rows, now))
    return len(fresh)


def wording_of(question: Question) -> Wording:
    """The options of a question as they are kept; a numeric one, whose options are drawn, has none."""
    key = frozenset(option.position for option in question.options if option.right)
    return Wording(tuple(option.text for option in question.options), key)


def compare(old: Wording | None, new: Wording) -> Comparison:
    """How the options of an older version stand to those of the present one."""
    if old is None:
        return Comparison(Kinship.UNKNOWN)
    if len(old.texts) != len(new.texts):
        return Comparison(Kinship.APART)
    before, after = _plain(old.texts), _plain(new.texts)
    changed = tuple(place for place, text in enumerate(before) if text != after[place])
    if any(before[place] in after for place in changed):
        return Comparison(Kinship.APART, changed)
    return Comparison(Kinship.REWORDED if changed else Kinship.SAME, changed)


def rekeyed(db: Connection, bank: Bank) -> list[str]:
    """The questions whose key is another one than in an older version."""
    present = {
        question.id: (question.version, wording_of(question).key) for question in bank.questions.values()
    }
    return versions.rekeyed(db, present)


def not_regraded(db: Connection, bank: Bank, community_id: int) -> list[str]:
    """The questions whose key has changed and for whose present version nobody has regraded the answers."""
    found = (audits.subjects_of(db, place, deed) for place in (community_id, EVERYWHERE) for deed in LOOKED)
    done = frozenset[str]().union(*found)
    return [each for each in rekeyed(db, bank) if subject_of(bank.questions[each]) not in done]


def subject_of(question: Question) -> str:
    """A version of a question, as the log of regrades names it."""
    return f"{question.id}@{question.version}"


def _plain(texts: Sequence[str]) -> list[str]:
    """Texts without what a typo may change: case, blanks and a full stop."""
    return [" ".join(text.casefold().split()).rstrip(".") for text in texts]
