"""A large bank and a long history, made up for measuring."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from sqlalchemy import Connection, text

from bot.bank.bank import Bank
from tests.support.bank import small_bank

TOPICS, PER_TOPIC = 50, 100
LEARNERS = 100_000
NOW = dt.datetime(2026, 11, 16, 8, tzinfo=dt.UTC)


def big_bank() -> Bank:
    """5,000 questions."""
    return small_bank(TOPICS, PER_TOPIC)


def write_content(folder: Path, questions: int = TOPICS * PER_TOPIC) -> None:
    """Content files with this many questions of ordinary length."""
    (folder / "exams").mkdir(parents=True)
    (folder / "exams" / "ex.yaml").write_text(EXAM_YAML)
    per_topic = questions // TOPICS
    (folder / "topics.yaml").write_text("topics:\n" + "".join(TOPIC_YAML.format(n=n) for n in range(TOPICS)))
    for n in range(TOPICS):
        topic = folder / f"t{n}"
        topic.mkdir()
        facts = "".join(FACT_YAML.format(n=n, q=q) for q in range(per_topic))
        (topic / "facts.yaml").write_text("facts:\n" + facts)
        asked = "".join(QUESTION_YAML.format(n=n, q=q) for q in range(per_topic))
        (topic / "questions.yaml").write_text("questions:\n" + asked)


def seed_history(db: Connection, attempts: int, learners: int = LEARNERS) -> None:
    """Learners who have answered this many questions between them, with all that follows from it."""
    db.execute(text(
        "INSERT INTO communities(id, platform, external, timezone, active, settings) "
        "VALUES (1, 'test', 'team', 'UTC', 1, '{}')"
    ))  # fmt: skip
    db.execute(text(_COUNT + "INSERT INTO learners(id, name, timezone, workdays, visible, settings, created_at) "
                    "SELECT n, 'learner ' || n, 'UTC', 31, 1, '{}', 0 FROM c"), {"many": learners})  # fmt: skip
    # A learner answers once in a slot, however few learners there are.
    each = {"many": attempts, "learners": learners, "block": min(1000, learners)}
    db.execute(
        text(
            _COUNT
            + """
        INSERT INTO attempts(id, month, slot, learner_id, community_id, question_id, question_version, seed, origin,
            picks, correct, first, scored, confidence, points, answered_at, local_date)
        SELECT n, 202601, 'h' || (n / :block), 1 + n % :learners, 1,
            't' || (n % 50) || '.q' || (n / :learners % 100), 'v1', 5,
            'practice', '0', n % 3 > 0, 1, 1, '', 1, n * 1000, '2026-01-01' FROM c"""
        ),
        each,
    )
    db.execute(
        text(
            _COUNT
            + """
        INSERT OR IGNORE INTO encounters(learner_id, question_id, times, correct, last_at)
        SELECT 1 + n % :learners, 't' || (n % 50) || '.q' || (n / :learners % 100), 1, 1, n * 1000 FROM c
        ORDER BY 1, 2"""
        ),
        each,
    )
    db.execute(
        text(
            _COUNT
            + """
        INSERT OR IGNORE INTO memories(learner_id, fact_id, stability, difficulty, due, last_review, reps, lapses)
        SELECT 1 + n % :learners, 't' || (n % 50) || '.f' || (n / :learners % 100), 9.0, 5.0,
            1790000000000 + n, 1780000000000, 2, 0 FROM c ORDER BY 1, 2"""
        ),
        each,
    )
    db.execute(
        text(
            _COUNT
            + """
        INSERT INTO standings(community_id, period, learner_id, points, correct, answered)
        SELECT 1, p.period, n, n * 7919 % 2003, n % 97, n % 131 FROM c,
            (SELECT 'all' AS period UNION SELECT '2026-11' UNION SELECT '2026-W47') p"""
        ),
        {"many": learners},
    )
    db.execute(text("ANALYZE"))


_COUNT = "WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c WHERE n < :many) "

EXAM_YAML = """slug: ex
code: EX-1
name: Example exam
items_total: 65
items_scored: 50
minutes: 130
scale: [100, 1000]
pass_scaled: 720
domains:
  - {number: 1, slug: first, name: First, weight: 0.6, tasks: [{id: "1.1", title: One}]}
  - {number: 2, slug: second, name: Second, weight: 0.4, tasks: [{id: "2.1", title: Two}]}
"""
TOPIC_YAML = """  - slug: t{n}
    name: Topic number {n}
    aliases: [alias{n}]
    summary: A topic to measure with.
    link: https://docs.aws.amazon.com/t{n}
"""
FACT_YAML = """  - id: t{n}.f{q}
    statement: Something true about number {q} of topic {n}.
    exams: {{ex: "1.1"}}
    link: https://docs.aws.amazon.com/t{n}/f{q}
    verified_on: 2026-11-01
"""
QUESTION_YAML = """  - id: t{n}.q{q}
    facts: [t{n}.f{q}]
    kind: single
    style: direct
    difficulty: 2
    stem: >-
      A team asks for number {q} of topic {n} and has to decide between four plausible services while it
      keeps the operational effort low and the latency below a hundred milliseconds. What should it choose?
    options:
      - {{text: The first of the four services with its usual setting, right: true, why: It is right because it is.}}
      - {{text: The second of the four services with another setting, why: It is wrong because it is not., confuses: t{n}}}
      - {{text: The third of the four services with a common setting, why: It is wrong because it is not., confuses: t{n}}}
      - {{text: The fourth of the four services with a rare setting, why: It is wrong because it is not., confuses: t{n}}}
    explanation: >-
      The first service holds because of the constraint; another would have been right under another constraint.
"""
