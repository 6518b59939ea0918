"""Which question a channel gets next.

Unseen questions come first, then the least recently seen; domains come in the proportions of the
blueprint; the same topic never comes twice running while there is another.
"""

from __future__ import annotations

import random
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

TRIES = 24


@dataclass(frozen=True, slots=True)
class Candidate:
    """A question that may be asked. `domain` is any name that `Deck.weights` knows."""

    question_id: str
    topic: str
    domain: str


@dataclass(frozen=True, slots=True)
class Deck:
    """Candidates by domain, with the weight of each domain. Built once and shared by many channels."""

    by_domain: Mapping[str, Sequence[Candidate]]
    weights: Mapping[str, float]

    @staticmethod
    def of(candidates: Iterable[Candidate], weights: Mapping[str, float]) -> Deck:
        """A deck of these candidates; domains without a weight weigh as much as their share."""
        by_domain: dict[str, list[Candidate]] = {}
        for candidate in candidates:
            by_domain.setdefault(candidate.domain, []).append(candidate)
        return Deck(by_domain, {name: weights.get(name, len(all_)) for name, all_ in by_domain.items()})


def choose(
    deck: Deck,
    last_seen: Mapping[str, int],
    last_topic: str,
    rng: random.Random,
    without: Collection[str] = (),
) -> Candidate | None:
    """The next question, or None for an empty deck. None of `without` is chosen, which are ids in a set.

    `last_seen` maps the ids of questions that the channel has had to a number that grows with time. The
    expected cost does not depend on the deck's size while the channel has seen less than most of it.
    """
    if not deck.by_domain:
        return None
    domains, weights = list(deck.weights), list(deck.weights.values())
    for _ in range(TRIES):
        domain = rng.choices(domains, weights)[0]
        candidate = rng.choice(deck.by_domain[domain])
        fresh = candidate.question_id not in last_seen and candidate.question_id not in without
        if fresh and candidate.topic != last_topic:
            return candidate
    return _least_recent(deck, last_seen, last_topic, rng, without)


def _least_recent(
    deck: Deck,
    last_seen: Mapping[str, int],
    last_topic: str,
    rng: random.Random,
    without: Collection[str],
) -> Candidate | None:
    everything = [each for bucket in deck.by_domain.values() for each in bucket]
    everything = [each for each in everything if each.question_id not in without]
    if not everything:
        return None
    others = [candidate for candidate in everything if candidate.topic != last_topic] or everything
    age = {candidate: last_seen.get(candidate.question_id, -1) for candidate in others}
    oldest = min(age.values())
    return rng.choice([candidate for candidate in others if age[candidate] == oldest])
