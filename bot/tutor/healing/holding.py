"""Questions that are held back, for those who draw."""

from __future__ import annotations

from bot.storage import quarantine
from bot.tutor.people import Who
from bot.tutor.tutor import Tutor


async def held_from(tutor: Tutor, who: Who) -> frozenset[str]:
    """The questions that may not be drawn for somebody, because they are in quarantine where they are."""
    place = who.community.id
    return (await tutor.store.read(lambda db: quarantine.quarantined(db, [place])))[place]
