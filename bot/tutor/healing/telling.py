"""Notes to people about questions: into the outbox, in the language of each."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping

from sqlalchemy import Connection

from bot.messages import Tone
from bot.model.study import Community, Learner
from bot.storage import people, posts
from bot.storage.posts import PostKind
from bot.wording.speech import speaking

Say = Callable[[Learner], str]


def tell(
    db: Connection,
    community: Community,
    notes: Mapping[int, Say],
    key: str,
    now: dt.datetime,
    *,
    tone: Tone = Tone.INFO,
) -> int:
    """Write once to each learner who is still there; return to how many. `notes` make the text by learner.

    `key` names the occasion for ever: nobody hears of it twice.
    """
    learners = people.learners_by_id(db, notes)
    rows = [
        {
            "key": f"{key}:{learner.id}",
            "kind": PostKind.NOTICE.value,
            "community_id": community.id,
            "channel": "",
            "learner_id": learner.id,
            "data": {"tone": tone.value, "text": _said(notes[learner.id], learner, community)},
            "created_at": now,
            "ready_at": now,
        }
        for learner in learners.values()
    ]
    return len(posts.add_posts(db, rows))


def _said(say: Say, learner: Learner, community: Community) -> str:
    with speaking(learner.settings.get("language") or community.language):
        return say(learner)
