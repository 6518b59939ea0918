"""All tables. Times are kept as milliseconds since 1970 (UTC), local dates as ISO texts.

Everything that an answer touches is reached by primary key or a unique index, so that its cost does
not grow with what is stored.
"""

from bot.storage.tables.answers import attempts, days, encounters, standings, streaks
from bot.storage.tables.authoring import (
    audits,
    digests,
    pack_changes,
    packs,
    question_states,
    question_versions,
    reports,
)
from bot.storage.tables.learning import abilities, items, memories, memory_parameters
from bot.storage.tables.people import admins, communities, identities, learners, link_codes
from bot.storage.tables.rounds import nights, posts, rounds, schedules
from bot.storage.tables.service import chores, forgotten_months, shelf
from bot.storage.tables.study import mock_answers, mocks, practices

__all__ = [
    "abilities",
    "admins",
    "attempts",
    "audits",
    "chores",
    "communities",
    "days",
    "digests",
    "encounters",
    "forgotten_months",
    "identities",
    "items",
    "learners",
    "link_codes",
    "memories",
    "memory_parameters",
    "mock_answers",
    "mocks",
    "nights",
    "pack_changes",
    "packs",
    "posts",
    "practices",
    "question_states",
    "question_versions",
    "reports",
    "rounds",
    "schedules",
    "shelf",
    "standings",
    "streaks",
]
