"""A pack goes live, comes back, or is retired."""

from __future__ import annotations

from sqlalchemy import Connection

from bot import wording
from bot.messages import Button, Notice, Reply, Tone
from bot.messages.acts import RunCommand
from bot.storage import packs
from bot.storage.packs import PackState
from bot.tutor.healing.versions import remember
from bot.tutor.packs.listing import known
from bot.tutor.packs.previewing import bank_of
from bot.tutor.people import Who
from bot.tutor.refusal import RefusalError
from bot.tutor.tutor import Tutor


async def publish(tutor: Tutor, who: Who, name: str, version: int | None) -> Reply:
    """Let the newest version of a pack be asked, or the one with this number; the live one is retired."""
    pack = await known(tutor, who, name, version)
    if pack.state is PackState.LIVE:
        raise RefusalError(wording.pack_is_live(pack.name, pack.version))
    topic = next(iter((await bank_of(tutor, pack)).by_topic))
    await tutor.store.write(lambda db: packs.publish(db, pack, who.now))
    tutor.holdings.forget()
    await remember(await tutor.at(who.community.id))
    said = wording.pack_published(pack.name, pack.version, pack.questions)
    return Reply(Notice(said, Tone.GOOD, (Button(wording.practise(), RunCommand(f"quiz {topic}")),)))


async def retire(tutor: Tutor, who: Who, name: str) -> Reply:
    """Let a pack be asked no more; of one that was never live the draft goes."""
    pack = await known(tutor, who, name)

    def work(db: Connection) -> str:
        if packs.retire(db, who.community.id, pack.name):
            return wording.pack_retired(pack.name)
        if packs.drop_draft(db, who.community.id, pack.name):
            return wording.pack_dropped(pack.name)
        return ""

    if not (said := await tutor.store.write(work)):
        raise RefusalError(wording.pack_not_live(pack.name))
    tutor.holdings.forget()
    return Reply(Notice(said, Tone.GOOD))
