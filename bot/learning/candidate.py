"""A question as practice and mock exams see it: what it tests, where it counts, how hard it is."""

from __future__ import annotations

from dataclasses import dataclass

from bot.model.knowledge import Domain, Exam


@dataclass(frozen=True, slots=True)
class Candidate:
    """A question that may be chosen.

    `domains` and `tasks` name where it counts, for every exam it prepares for: "dva/security", "dva/2.1".
    `level` is the authored difficulty, 1 to 3; `chance` the probability that a pure guess is right.
    """

    question_id: str
    facts: tuple[str, ...]
    topic: str
    domains: tuple[str, ...]
    tasks: tuple[str, ...] = ()
    level: int = 2
    chance: float = 0.25


def domain_name(exam: Exam, domain: Domain) -> str:
    """A domain's name among those of all exams: "dva/security"."""
    return f"{exam.slug}/{domain.slug}"


def shares(exam: Exam, items: int) -> dict[str, int]:
    """How many of so many items each domain gets, by its name, by the method of largest remainders.

    Every domain first gets its weight's whole part; what is left goes to the largest remainders, to the
    earlier domain where two are equal. Sums to `items`.
    """
    total = sum(domain.weight for domain in exam.domains)
    exact = {domain_name(exam, domain): items * domain.weight / total for domain in exam.domains}
    # Rounded, so that 13.000000000000002 and 12.999999999999998 are both 13.
    given = {name: int(round(quota, 9)) for name, quota in exact.items()}
    left = sorted(exact, key=lambda name: round(given[name] - exact[name], 9))
    for name in left[: items - sum(given.values())]:
        given[name] += 1
    return given
