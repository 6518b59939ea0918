"""A round as it begins: its question is chosen and its row claimed, before anything is posted."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from typing import Any

from bot.learning.rotation import Candidate
from bot.model.study import RevealPolicy, RoundState
from bot.tutor.tutor import Tutor


def round_row(
    tutor: Tutor,
    community_id: int,
    channel: str,
    chosen: Candidate,
    settings: Mapping[str, str],
    now: dt.datetime,
    *,
    schedule_id: int | None = None,
    reveal: RevealPolicy = RevealPolicy.AT_CLOSE,
    window_minutes: int = 1,
) -> dict[str, Any]:
    """The column values of a round that nobody has seen or answered yet, with a seed of its own."""
    return {
        "schedule_id": schedule_id,
        "community_id": community_id,
        "channel": channel,
        "question_id": chosen.question_id,
        "question_version": tutor.bank.questions[chosen.question_id].version,
        "topic": chosen.topic,
        "seed": tutor.seed(),
        "reveal": reveal.value,
        "settings": json.dumps(settings),
        "window_minutes": window_minutes,
        "state": RoundState.CLAIMED.value,
        "created_at": now,
        "answered": 0,
        "correct": 0,
        "tallied": 0,
    }
