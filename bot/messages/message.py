"""Everything that may be said: the union that every adapter renders completely."""

from __future__ import annotations

from bot.messages.cards import Explanation, Feedback, QuestionCard, Reveal
from bot.messages.sheets import Leaderboard, Notice, Sheet

Message = QuestionCard | Feedback | Reveal | Explanation | Leaderboard | Sheet | Notice
