"""All tables. Times are kept as milliseconds since 1970 (UTC), local dates as ISO texts.

Everything that an answer touches is reached by primary key or a unique index, so that its cost does
not grow with what is stored.
"""

from bot.storage.tables.answers import attempts, days, encounters, standings, streaks
from bot.storage.tables.authoring import reports
from bot.storage.tables.learning import abilities, items, memories, memory_parameters
from bot.storage.tables.people import admins, communities, identities, learners, link_codes
from bot.storage.tables.rounds import posts, rounds, schedules
from bot.storage.tables.service import chores, forgotten_months, shelf
from bot.storage.tables.study import mock_answers, mocks, practices

__all__ = [
    "abilities",
    "admins",
    "attempts",
    "chores",
    "communities",
    "days",
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
    "posts",
    "practices",
    "reports",
    "rounds",
    "schedules",
    "shelf",
    "standings",
    "streaks",
]
