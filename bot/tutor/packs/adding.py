"""A pack is handed in: looked at whole, and kept as a draft where nothing is wrong with it."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Connection

from bot import wording
from bot.bank.bank import Bank
from bot.bank.exchange.incoming import Received, receive
from bot.bank.packs import MAX_NAME, NAME, stored
from bot.bank.unpacking import MAX_UPLOAD, UnpackingError
from bot.messages import (
    Button,
    ButtonStyle,
    File,
    FileField,
    Form,
    FormErrors,
    Notice,
    Reply,
    Section,
    Sheet,
    TextField,
    Tone,
    Upload,
    UploadError,
)
from bot.messages.acts import RunCommand, SubmitForm
from bot.storage import audits, packs
from bot.storage.audits import Deed
from bot.storage.packs import Content
from bot.tutor.people import Who
from bot.tutor.tutor import Tutor

MOST_PACKS = 20
LISTED = 20
SUFFIXES = (".yaml", ".yml", ".zip", ".csv", ".gift", ".xml", ".apkg", ".txt")


@dataclass(frozen=True, slots=True)
class Kept:
    """A draft that is in the database."""

    version: int
    received: Received


def form() -> Form:
    """The form that takes a pack."""
    title, intro, label = wording.pack_form()
    name, hint = wording.pack_name_field()
    file, file_hint = wording.pack_file_field(MAX_UPLOAD // 1_000_000)
    return Form(
        SubmitForm("pack"),
        title,
        (
            TextField("name", name, hint=hint, placeholder="onboarding", required=True, limit=MAX_NAME),
            FileField("file", file, SUFFIXES, MAX_UPLOAD, file_hint),
        ),
        intro,
        label,
    )


async def save(tutor: Tutor, who: Who, values: Mapping[str, str], files: Mapping[str, Upload]) -> Reply:
    """Take a pack in. What is wrong with it is told with file and line, and then nothing is kept."""
    name = values.get("name", "").strip().casefold()
    if not NAME.fullmatch(name) or len(name) > MAX_NAME:
        return Reply(FormErrors({"name": wording.pack_bad_name(MAX_NAME)}))
    if "file" not in files:
        return Reply(FormErrors({"file": wording.pack_no_file()}))
    try:
        received = await _received(tutor.holdings.main.bank, who, name, files["file"])
    except (UnpackingError, UploadError) as error:
        return Reply(Notice(str(error), Tone.WARN, (_again(),)))
    if not received.checked.is_sound:
        return Reply(_faulty(name, received))
    kept = await keep(tutor, who.community.id, name, received, who.learner.id)
    if kept is None:
        return Reply(Notice(wording.pack_too_many(MOST_PACKS), Tone.WARN))
    return Reply(_draft(name, kept))


async def keep(tutor: Tutor, community_id: int, name: str, received: Received, by: int | None) -> Kept | None:
    """Keep a sound pack as a draft; None when the place has too many packs of other names."""
    checked, now = received.checked, tutor.clock.now()
    content = Content(name, community_id, checked.source, stored(checked.bank))
    counts = (len(checked.bank.questions), len(checked.bank.topics))

    def work(db: Connection) -> int | None:
        names = {pack.name for pack in packs.packs_of(db, community_id)}
        if len(names | {name}) > MOST_PACKS:
            return None
        version = packs.add_draft(db, content, counts, by, now)
        audits.add_deed(db, Deed(community_id, by, "bank add", f"{name} {version}", now))
        return version

    version = await tutor.store.write(work)
    return None if version is None else Kept(version, received)


async def _received(main: Bank, who: Who, name: str, upload: Upload) -> Received:
    if upload.size > MAX_UPLOAD:
        raise UnpackingError(wording.file_too_large(MAX_UPLOAD // 1_000_000))
    data = await upload.read()
    # Beside the event loop: a large pack takes longer than other people's clicks should wait.
    return await asyncio.to_thread(receive, name, upload.name, data, main, who.local_date)


def _faulty(name: str, received: Received) -> Sheet:
    faults = [str(fault) for fault in received.checked.faults]
    rest = len(faults) - LISTED
    lines = (*faults[:LISTED], *([wording.pack_more(rest)] if rest > 0 else []))
    files = (File(f"{name}-faults.txt", "\n".join(faults).encode(), "text/plain"),) if rest > 0 else ()
    return Sheet(
        wording.pack_faulty_title(name),
        wording.pack_faulty(len(faults)),
        (Section(lines=lines), *_lost(received)),
        files=files,
        buttons=(_again(),),
    )


def _draft(name: str, kept: Kept) -> Sheet:
    checked = kept.received.checked
    remarks = checked.remarks[:LISTED]
    rest = len(checked.remarks) - len(remarks)
    files: tuple[File, ...] = ()
    if rest > 0:
        remarks = (*remarks, wording.pack_more(rest))
        files = (File(f"{name}-remarks.txt", "\n".join(checked.remarks).encode(), "text/plain"),)
    return Sheet(
        wording.pack_kept_title(name, kept.version),
        wording.pack_kept(len(checked.bank.questions), len(checked.bank.topics)),
        (*_lost(kept.received), *([Section(wording.pack_remarks(), remarks)] if remarks else [])),
        files=files,
        buttons=(
            Button(wording.pack_button("preview"), RunCommand(f"bank preview {name}"), ButtonStyle.PRIMARY),
            Button(wording.pack_button("publish"), RunCommand(f"bank publish {name}")),
        ),
    )


def _lost(received: Received) -> list[Section]:
    lost = [str(remark) for remark in received.lost]
    rest = len(lost) - LISTED
    lines = (*lost[:LISTED], *([wording.pack_more(rest)] if rest > 0 else []))
    return [Section(wording.pack_lost(), lines)] if lost else []


def _again() -> Button:
    return Button(wording.pack_button("add"), RunCommand("bank add"))
