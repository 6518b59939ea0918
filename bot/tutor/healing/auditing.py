"""The log of what admins did, as a page."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from bot import wording
from bot.messages import Notice, Reply, Section, Sheet, Tone
from bot.storage import audits
from bot.storage.audits import Deed
from bot.tutor.people import Who
from bot.tutor.tutor import Tutor

LISTED = 20


async def listing(tutor: Tutor, who: Who) -> Reply:
    """The last deeds in the caller's community, the newest first."""
    found = await tutor.store.read(lambda db: audits.deeds_of(db, who.community.id, LISTED))
    if not found:
        return Reply(Notice(wording.audit_none(), Tone.INFO))
    return Reply(Sheet(wording.audit_title(), sections=(Section(lines=tuple(_line(who, d) for d in found)),)))


async def keep(tutor: Tutor, who: Who, action: str, subject: str) -> None:
    """Note that an admin has done something."""
    deed = Deed(who.community.id, who.learner.id, action, subject, who.now)
    await tutor.store.write(lambda db: audits.add_deed(db, deed))


def _line(who: Who, deed: Deed) -> str:
    when = deed.at.astimezone(ZoneInfo(who.learner.timezone))
    actor = wording.audit_actor(deed.name, deed.actor_id is None)
    return wording.audit_line(f"{when:%Y-%m-%d %H:%M}", actor, deed.action, deed.subject, deed.detail)
