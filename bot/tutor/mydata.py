"""A learner's own data: handed over as a file, or deleted for good."""

from __future__ import annotations

import json

from bot.messages import Button, ButtonStyle, File, Notice, Reply, Section, Sheet, Tone
from bot.messages.acts import RunCommand
from bot.storage import privacy
from bot.tutor.people import Who
from bot.tutor.tutor import Tutor
from bot.wording.speech import _

CONFIRMED = "for-good"


async def export(tutor: Tutor, who: Who) -> Reply:
    """Everything that is kept about the caller, as JSON."""
    found = await tutor.store.read(lambda db: privacy.everything_about(db, who.learner.id))
    data = json.dumps(found, indent=2, ensure_ascii=False).encode()
    counts = tuple(f"{name}: {len(rows)}" for name, rows in found.items() if rows)
    file = File("cloudlark-my-data.json", data, "application/json")
    return Reply(
        Sheet(
            _("Your data"),
            _("All that I keep about you is in the file."),
            (Section(_("Rows"), counts),),
            files=(file,),
        )
    )


async def delete(tutor: Tutor, who: Who, word: str) -> Reply:
    """Ask once more, then delete the caller's data for good."""
    if word.strip() != CONFIRMED:
        button = Button(_("Delete for good"), RunCommand(f"mydata delete {CONFIRMED}"), ButtonStyle.DANGER)
        text = _(
            "This removes your points, streak, memory, exams and settings here and on linked "
            "accounts. Your answers stay in the questions' statistics without you. It cannot be "
            "undone."
        )
        return Reply(
            Notice(text, Tone.WARN, (button, Button(_("Export first"), RunCommand("mydata export"))))
        )
    await tutor.store.write(lambda db: privacy.forget(db, who.learner.id))
    tutor.faces.forget()
    return Reply(Notice(_("Done: I have forgotten you. If you come back, you start afresh."), Tone.GOOD))
