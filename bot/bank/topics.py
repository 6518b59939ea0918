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
MAX_WORDS = 5


@dataclass(frozen=True, slots=True)
class TopicMatch:
    """One sure topic; or none, with up to five suggestions, the likeliest first."""

    topic: Topic | None = None
    suggestions: tuple[Topic, ...] = ()


def plain(text: str) -> str:
    """Text as topics are compared: lower case, words of letters and digits, no Amazon or AWS before them."""
    words = re.findall(r"[^\W_]+", text[:MAX_TEXT].casefold())
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
        self._words = {frozenset(spelling.split()): topic for spelling, topic in self._topics.items()}
        self._joined = {spelling.replace(" ", ""): topic for spelling, topic in self._topics.items()}

    def named(self, text: str) -> Topic | None:
        """The topic of exactly this name, alias or slug."""
        wanted = plain(text)
        return self._topics.get(wanted) or self._joined.get(wanted.replace(" ", ""))

    def find(self, text: str) -> TopicMatch:
        """The topic of this name, or named among more words, or nearly so spelled; else suggestions."""
        wanted = plain(text)
        if not wanted:
            return TopicMatch()
        if exact := self.named(wanted):
            return TopicMatch(exact)
        named = self._named(frozenset(wanted.split()))
        if len(named) == 1:
            return TopicMatch(named[0])
        return TopicMatch(suggestions=named[:MAX_SUGGESTIONS]) if named else self._near(wanted)

    def _named(self, words: frozenset[str]) -> tuple[Topic, ...]:
        """Topics of which a whole spelling stands among a few words, less those inside a longer one."""
        if len(words) > MAX_WORDS:
            return ()
        held = [spelled for spelled in self._words if spelled <= words]
        longest = [spelled for spelled in held if not any(spelled < other for other in held)]
        return tuple({self._words[spelled].slug: self._words[spelled] for spelled in longest}.values())

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
    """Typing slips count by edits; words out of a longer name count too little to be sure."""
    slips = 100 * DamerauLevenshtein.normalized_similarity(wanted, spelling)
    parts = 0.79 * fuzz.token_set_ratio(wanted, spelling)
    score = max(slips, parts)
    return score if score_cutoff is None or score >= score_cutoff else 0.0
