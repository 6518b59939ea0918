"""Topics found by what people type: `ddb`, `Amazon S3`, `dynmodb`, `step function`."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from rapidfuzz import fuzz, process
from rapidfuzz.distance import DamerauLevenshtein

from bot.model.knowledge import Topic

MAX_SUGGESTIONS = 5
SURE = 80
"""Similarity, 0 to 100, above which a near spelling is taken for the topic."""
LIKELY = 66
"""Similarity above which a topic is worth suggesting."""
CLEAR = 8
"""By how much a sure match must lead the next topic."""
MAX_TEXT = 80


@dataclass(frozen=True, slots=True)
class TopicMatch:
    """One sure topic; or none, with up to five suggestions, the likeliest first."""

    topic: Topic | None = None
    suggestions: tuple[Topic, ...] = ()


def plain(text: str) -> str:
    """Text as topics are compared: lower case, words of letters and digits, no Amazon or AWS before them."""
    words = re.findall(r"[a-z0-9]+", text[:MAX_TEXT].casefold())
    while len(words) > 1 and words[0] in ("amazon", "aws"):
        words = words[1:]
    return " ".join(words)


class TopicFinder:
    """Finds among a fixed set of topics."""

    def __init__(self, topics: Iterable[Topic]) -> None:
        self._topics: dict[str, Topic] = {}
        for topic in topics:
            for spelling in (topic.slug, topic.name, *topic.aliases):
                self._topics.setdefault(plain(spelling), topic)
        self._joined = {spelling.replace(" ", ""): topic for spelling, topic in self._topics.items()}

    def find(self, text: str) -> TopicMatch:
        """The topic of this very name, else of a near spelling, else suggestions."""
        wanted = plain(text)
        if not wanted:
            return TopicMatch()
        exact = self._topics.get(wanted) or self._joined.get(wanted.replace(" ", ""))
        return TopicMatch(exact) if exact else self._near(wanted)

    def _near(self, wanted: str) -> TopicMatch:
        ranked = self._ranked(wanted)
        if not ranked:
            return TopicMatch()
        (best, score), rest = ranked[0], ranked[1:]
        if score >= SURE and len(wanted) > 3 and not (rest and score - rest[0][1] < CLEAR):
            return TopicMatch(best)
        return TopicMatch(suggestions=tuple(topic for topic, _ in ranked[:MAX_SUGGESTIONS]))

    def _ranked(self, wanted: str) -> list[tuple[Topic, float]]:
        """Topics by their best spelling's score, the best first, ties in the topics' order."""
        best: dict[str, tuple[Topic, float]] = {}
        hits = process.extract(wanted, self._topics.keys(), scorer=_likeness, score_cutoff=LIKELY, limit=None)
        for spelling, score, _ in hits:
            topic = self._topics[spelling]
            if topic.slug not in best or best[topic.slug][1] < score:
                best[topic.slug] = (topic, score)
        return sorted(best.values(), key=lambda pair: -pair[1])


def _likeness(wanted: str, spelling: str, *, score_cutoff: float | None = None) -> float:
    """Typing slips count by edits; a word out of a longer name counts somewhat less."""
    slips = 100 * DamerauLevenshtein.normalized_similarity(wanted, spelling)
    parts = 0.8 * fuzz.token_set_ratio(wanted, spelling)
    score = max(slips, parts)
    return score if score_cutoff is None or score >= score_cutoff else 0.0
