"""Facts found by the words of a question."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Container, Iterable
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
_DEFINITION = "definition "
"""Stands for being a definition; the blank keeps it apart from every stem."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A fact with its score: BM25 times the share of the question that it covers. Higher is better."""

    fact: Fact
    score: float


def search(bank: Bank, words: str, limit: int = 5) -> tuple[Hit, ...]:
    """The facts that answer best, the best first; nothing where no fact holds half of what was asked.

    The index is built at the first search of a bank and kept. A joined bank is searched in its parts.
    """
    if isinstance(bank, JoinedBank):
        hits = (*_index(bank.main).search(words, limit), *_index(bank.own).search(words, limit))
        return tuple(sorted(hits, key=lambda hit: -hit.score)[:limit])
    return _index(bank).search(words, limit)


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
        topics = {slug: _stems_of(t.slug, t.name, *t.aliases) for slug, t in bank.topics.items()}
        for number, fact in enumerate(self._facts):
            self._add(number, fact, topics.get(fact.topic, frozenset()))
        self._slugs = {slug: stems(slug.replace("-", " ")) for slug in bank.topics}
        self._mean = sum(self._lengths) / max(1, len(self._lengths))

    def _add(self, number: int, fact: Fact, topic: Iterable[str]) -> None:
        statement = expanded(stems(fact.statement))
        weights: dict[str, float] = Counter[str](statement)  # type: ignore[assignment]
        for word in _stems_of(fact.id):
            weights[word] = weights.get(word, 0) + ID_WEIGHT
        for word in topic:
            weights[word] = weights.get(word, 0) + TOPIC_WEIGHT
        if _DEFINES.search(fact.id):
            weights[_DEFINITION] = 1
        self._lengths.append(len(statement))
        for word, weight in weights.items():
            self._postings[word].append((number, weight))

    def search(self, text: str, limit: int) -> tuple[Hit, ...]:
        words = dict.fromkeys(self._spelled(word) for word in stems(_HOW_LONG.sub(" ", text))[:MAX_WORDS])
        scores: dict[int, float] = defaultdict(float)
        covered: dict[int, float] = defaultdict(float)
        if not words:
            return ()
        wished = [_DEFINITION] if _ASKS_WHAT.match(text) else []
        # Who asks how long something is kept asks for its retention.
        wished += stems("retention") if _HOW_LONG.search(text) and _KEEPS.search(text) else []
        for word in (*words, *wished):
            rarity = self._rarity(word)
            for number, weight in self._postings.get(word, ()):
                scores[number] += rarity * self._saturated(number, weight)
                covered[number] += rarity * (word in words)
        asked = sum(self._rarity(word) for word in words)
        hits = [
            Hit(self._facts[number], score * covered[number] / asked * self._named(number, words))
            for number, score in scores.items()
            if covered[number] >= COVERED * asked
        ]
        hits.sort(key=lambda hit: (-hit.score, hit.fact.id))
        return tuple(hit for hit in hits[:limit] if hit.score >= BESIDE_BEST * hits[0].score)

    def _named(self, number: int, words: Container[str]) -> float:
        """More than 1 for a fact whose topic the question names."""
        slug = self._slugs.get(self._facts[number].topic, ())
        return NAMED if slug and all(stem in words for stem in slug) else 1.0

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


def _stems_of(*texts: str) -> frozenset[str]:
    return frozenset(word for text in texts for word in expanded(stems(text)))
