"""Item analysis: what first answers say about questions."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from bot.learning.flaws import LEAST, Finding, Flaw, Given, examine
from bot.model.knowledge import Kind, Question
from bot.storage import firsts
from bot.storage.firsts import FirstAnswer
from bot.storage.versions import Wording
from bot.tutor import showing
from bot.tutor.healing.versions import Kinship, compare, wording_of
from bot.tutor.tutor import Tutor

NEWEST = 50_000
"""First answers that are looked at, at most."""
OTHERS = 3
"""Answers to other questions below which nothing is said of how much somebody knows."""


@dataclass(frozen=True, slots=True)
class Examined:
    """Questions that have been answered, with what was found; `people` gave `answers` first answers to them.

    `cut` says that there are more answers, older than those that were looked at.
    """

    findings: Mapping[str, Finding]
    answers: int
    people: int
    cut: bool

    @property
    def told(self) -> dict[str, Finding]:
        """The questions with answers enough to say something."""
        return {each: found for each, found in self.findings.items() if found.answers >= LEAST}

    @property
    def flawed(self) -> dict[str, Finding]:
        """The questions with flaws, the worst first."""
        flawed = {each: found for each, found in self.told.items() if found.flaws}
        return dict(sorted(flawed.items(), key=lambda pair: (_gravity(pair[1]), pair[0])))


async def examined(tutor: Tutor, community_id: int | None, questions: Sequence[Question]) -> Examined:
    """What the first answers of a community, or of all, say of some questions. Computed beside the event loop."""
    bank = tutor.bank
    wanted = None if len(questions) == len(bank.questions) else [question.id for question in questions]

    def work(
        db: Connection,
    ) -> tuple[list[FirstAnswer], dict[int, tuple[int, int]], dict[tuple[str, str], Wording]]:
        found = firsts.first_answers(db, community_id, wanted, NEWEST)
        present = {question.id: question.version for question in questions}
        old = {each.question_id for each in found if each.version != present.get(each.question_id)}
        return found, firsts.scores(db, community_id, found), firsts.wordings(db, old)

    answers, scores, old = await tutor.store.read(work)
    by_id = {question.id: question for question in questions}
    return await asyncio.to_thread(_examined, tutor, by_id, answers, scores, old)


def _examined(
    tutor: Tutor,
    questions: Mapping[str, Question],
    answers: Sequence[FirstAnswer],
    scores: Mapping[int, tuple[int, int]],
    old: Mapping[tuple[str, str], Wording],
) -> Examined:
    same: dict[tuple[str, str], bool] = {}
    given: dict[str, list[Given]] = defaultdict(list)
    people = set()
    for answer in answers:
        question = questions.get(answer.question_id)
        if question is None:
            continue
        version = (answer.question_id, answer.version)
        if version not in same:
            same[version] = _is_same(question, answer.version, old.get(version))
        if same[version]:
            people.add(answer.learner_id)
            given[question.id].append(Given(answer.picks, answer.correct, _rest(answer, scores)))
    findings = {each: _finding(tutor, questions[each], found) for each, found in given.items()}
    return Examined(findings, sum(map(len, given.values())), len(people), len(answers) == NEWEST)


def _is_same(question: Question, version: str, old: Wording | None) -> bool:
    """Whether picks in an older version mean what they mean today."""
    if version == question.version:
        return True
    return question.kind is not Kind.NUMERIC and compare(old, wording_of(question)).kinship is Kinship.SAME


def _rest(answer: FirstAnswer, scores: Mapping[int, tuple[int, int]]) -> float | None:
    right, answered = scores.get(answer.learner_id, (0, 0))
    if answered - 1 < OTHERS:
        return None
    return (right - answer.correct) / (answered - 1)


def _finding(tutor: Tutor, question: Question, given: Sequence[Given]) -> Finding:
    item = tutor.bank.item(question.id, 0)
    positions = sorted(option.position for option in item.options)
    return examine(positions, item.key, given, showing.profile_of(tutor.bank, item).chance)


def _gravity(found: Finding) -> int:
    return min(list(Flaw).index(flaw) for flaw in found.flaws)
