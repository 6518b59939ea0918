"""The packs of a place, with what can be done with them."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from bot import wording
from bot.messages import Button, ButtonStyle, Notice, Reply, Section, Sheet, Table, Tone
from bot.messages.acts import OpenForm, RunCommand
from bot.storage import packs
from bot.storage.packs import Pack, PackState
from bot.tutor.people import Who
from bot.tutor.refusal import RefusalError
from bot.tutor.tutor import Tutor
from bot.wording.speech import grouped

OPENED = 4
"""Packs that get a button of their own."""


async def listing(tutor: Tutor, who: Who) -> Reply:
    """All versions of all packs of the caller's place."""
    found = await tutor.store.read(lambda db: packs.packs_of(db, who.community.id))
    add = Button(wording.pack_button("add"), OpenForm("pack"), ButtonStyle.PRIMARY)
    if not found:
        return Reply(Notice(wording.pack_list_none(), Tone.INFO, (add,)))
    names = list(dict.fromkeys(pack.name for pack in found))
    table = Table(wording.pack_columns(), tuple(_row(who, pack) for pack in found))
    opened = [
        Button(f"{wording.pack_button('preview')}: {name}"[:40], RunCommand(f"bank preview {name}"))
        for name in names[:OPENED]
    ]
    return Reply(Sheet(wording.pack_list_title(), sections=(Section(table=table),), buttons=(add, *opened)))


async def known(tutor: Tutor, who: Who, name: str, version: int | None = None) -> Pack:
    """A version of a pack of the caller's place, or without a number the newest. Raises RefusalError."""
    wanted = name.strip().casefold()
    found = await tutor.store.read(lambda db: packs.find_pack(db, who.community.id, wanted, version))
    if found is not None:
        return found
    if version is not None:
        await known(tutor, who, name)
        raise RefusalError(wording.pack_unknown_version(wanted, version))
    all_packs = Button(wording.pack_button("packs"), RunCommand("bank packs"))
    raise RefusalError(wording.pack_unknown(wanted[:40]), (all_packs,))


def _row(who: Who, pack: Pack) -> tuple[str, ...]:
    added = pack.added_at.astimezone(ZoneInfo(who.learner.timezone)).date()
    state = wording.pack_state(pack.state.value)
    marked = f"● {state}" if pack.state is PackState.LIVE else state
    return (pack.name, str(pack.version), marked, grouped(pack.questions), wording.pack_day(added))
