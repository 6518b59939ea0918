"""Facts found by the words of a question."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein

from bot.bank.bank import Bank
from bot.bank.joining import JoinedBank
from bot.bank.words import expanded, stems
from bot.model.knowledge import Fact

K1, B = 1.2, 0.75
TOPIC_WEIGHT = 0.5
"""What a word of the topic's name counts beside one of the fact's own."""
ID_WEIGHT = 0.7
NAMED = 1.6
ABOUT = 2.0
"""How much more a fact counts whose id says just what is asked for, as sqs.dlq does of a DLQ."""
DEFINES = 1.8
TESTED = 0.3
"""How much more a fact counts for each question on it, where a topic's name is all that is asked for."""
COVERED = 0.5
"""Share of the question's information that a fact must hold to count as an answer at all."""
BESIDE_BEST = 0.4
"""Share of the best hit's score below which others are left out."""
TYPO = 0.8
"""Likeness from which an unknown word is taken for a known one."""
MAX_WORDS = 40
KEPT = 200
"""Indexes that are kept: the main bank's, and those of the places that asked last."""

_DEFINES = re.compile(r"\.(?:definition|what-is)$")
_HOW_LONG = re.compile(r"\bhow (?:long|often|far|fast)\b", re.IGNORECASE)
_KEEPS = re.compile(r"\b(?:keep|kept|store|stay|hold)", re.IGNORECASE)
_ASKS_WHAT = re.compile(r"\s*(?:what(?:'s| is| are)|define|explain)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Hit:
    """A fact with its score: BM25 times the share of the question that it covers. Higher is better."""

    fact: Fact
    score: float


def search(bank: Bank, words: str, limit: int = 5, topic: str = "") -> tuple[Hit, ...]:
    """The facts that answer best, the best first, of a topic or of all; nothing where no fact holds half of
    what was asked.

    The index is built at the first search of a bank and kept. A joined bank is searched in its parts.
    """
    if isinstance(bank, JoinedBank):
        parts = (_index(part).search(words, limit, topic) for part in (bank.main, bank.own))
        return tuple(sorted((hit for hits in parts for hit in hits), key=lambda hit: -hit.score)[:limit])
    return _index(bank).search(words, limit, topic)


@lru_cache(maxsize=KEPT)
def _index(bank: Bank) -> _Index:
    return _Index(bank)


class _Index:
    """Postings of stems over facts, scored as in Robertson and Zaragoza, The Probabilistic Relevance
    Framework: BM25 and Beyond (2009)."""

    def __init__(self, bank: Bank) -> None:
        self._facts = tuple(bank.facts.values())
        self._postings: dict[str, list[tuple[int, float]]] = defaultdict(list)
        self._lengths: list[int] = []
        self._names = {slug: _stems_of(t.slug, t.name, *t.aliases) for slug, t in bank.topics.items()}
        for number, fact in enumerate(self._facts):
            self._add(number, fact, self._names.get(fact.topic, frozenset()))
        self._slugs = {slug: stems(slug.replace("-", " ")) for slug in bank.topics}
        self._subjects = [_subject_of(fact) for fact in self._facts]
        self._tests = [len(bank.by_fact.get(fact.id, ())) for fact in self._facts]
        self._mean = sum(self._lengths) / max(1, len(self._lengths))

    def _add(self, number: int, fact: Fact, topic: Iterable[str]) -> None:
        statement = expanded(stems(fact.statement))
        weights: dict[str, float] = Counter[str](statement)  # type: ignore[assignment]
        for word in _stems_of(fact.id):
            weights[word] = weights.get(word, 0) + ID_WEIGHT
        for word in topic:
            weights[word] = weights.get(word, 0) + TOPIC_WEIGHT
        self._lengths.append(len(statement))
        for word, weight in weights.items():
            self._postings[word].append((number, weight))

    def search(self, text: str, limit: int, topic: str = "") -> tuple[Hit, ...]:
        words = dict.fromkeys(self._spelled(word) for word in stems(_HOW_LONG.sub(" ", text))[:MAX_WORDS])
        scores: dict[int, float] = defaultdict(float)
        covered: dict[int, float] = defaultdict(float)
        if not words:
            return ()
        # Who asks how long something is kept asks for its retention.
        wished = stems("retention") if _HOW_LONG.search(text) and _KEEPS.search(text) else []
        defined = _ASKS_WHAT.match(text) is not None
        for word in (*words, *wished):
            rarity = self._rarity(word)
            for number, weight in self._postings.get(word, ()):
                scores[number] += rarity * self._saturated(number, weight)
                covered[number] += rarity * (word in words)
        asked = sum(self._rarity(word) for word in words)
        hits = [
            Hit(self._facts[number], score * covered[number] / asked * self._meant(number, words, defined))
            for number, score in scores.items()
            if covered[number] >= COVERED * asked and topic in ("", self._facts[number].topic)
        ]
        hits.sort(key=lambda hit: (-hit.score, hit.fact.id))
        return tuple(hit for hit in hits[:limit] if hit.score >= BESIDE_BEST * hits[0].score)

    def _meant(self, number: int, words: Collection[str], defined: bool) -> float:
        """More than 1 for a fact whose topic the question names, and for one whose id is what it asks for.

        `defined` says that a definition is asked for.
        """
        fact, subject = self._facts[number], self._subjects[number]
        slug = self._slugs.get(fact.topic, [])
        names = self._names.get(fact.topic, frozenset())
        named = bool(slug) and (set(slug) <= set(words) or set(words) <= names)
        rest = [word for word in words if word not in slug]
        about = _likeness(subject, set(expanded(rest)))
        factor = (NAMED if named else 1.0) * (1 + ABOUT * about)
        if defined and (named if _DEFINES.search(fact.id) else about == 1):
            factor *= DEFINES
        return factor if rest else factor * (1 + TESTED * self._tests[number])

    def _rarity(self, word: str) -> float:
        """Inverse document frequency; an unknown word is the rarest."""
        held = len(self._postings.get(word, ()))
        return math.log(1 + (len(self._facts) - held + 0.5) / (held + 0.5))

    def _saturated(self, number: int, weight: float) -> float:
        long = 1 - B + B * self._lengths[number] / self._mean
        return weight * (K1 + 1) / (weight + K1 * long)

    def _spelled(self, word: str) -> str:
        """The word, or the nearest known one where a longer word is unknown."""
        if word in self._postings or len(word) < 5:
            return word
        near = process.extractOne(
            word, self._postings.keys(), scorer=DamerauLevenshtein.normalized_similarity, score_cutoff=TYPO
        )
        return near[0] if near else word


def _subject_of(fact: Fact) -> frozenset[str]:
    """What a fact is about by its id, without the topic unless it is compared with something."""
    name = fact.id.partition(".")[2]
    return frozenset(expanded(stems(fact.id if name.startswith("vs-") else name)))


def _likeness(subject: Collection[str], asked: Collection[str]) -> float:
    """The share of words in common, halved for a subject that is more than what is asked."""
    shared = len(set(subject) & set(asked))
    share = shared / len({*subject, *asked}) if shared else 0.0
    return share if shared == len(subject) else share / 2


def _stems_of(*texts: str) -> frozenset[str]:
    return frozenset(word for text in texts for word in expanded(stems(text)))
