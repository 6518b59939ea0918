"""One human on several platforms: a code that is asked for on one account and typed on another."""

from __future__ import annotations

import datetime as dt
import secrets

from sqlalchemy import Connection

from bot import wording
from bot.messages import Button, Notice, Reply, Tone
from bot.messages.acts import RunCommand
from bot.storage import linking, people
from bot.storage.linking import Code
from bot.tutor.people import Who, place_of
from bot.tutor.refusal import RefusalError
from bot.tutor.replay import recount
from bot.tutor.tutor import Tutor
from bot.wording.speech import _

# Without letters and digits that look alike.
ALPHABET = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
LENGTH = 8
VALID = dt.timedelta(minutes=10)


async def link(tutor: Tutor, who: Who, typed: str) -> Reply:
    """A code for another account, or with one typed the two accounts brought together."""
    return await (_join(tutor, who, typed) if typed.strip() else _offer(tutor, who))


async def unlink(tutor: Tutor, who: Who) -> Reply:
    """Part this account from the others, with all that was done on it."""

    def work(db: Connection) -> bool:
        if linking.count_accounts(db, who.learner.id) < 2:
            return False
        people.hold_learners(db, [who.learner.id])
        fresh = linking.copy_learner(
            db, who.learner.id, {"name": who.caller.person.name[:100], "settings": "{}"}
        )
        linking.part(db, who.learner.id, who.caller.person, fresh)
        both = [who.learner.id, fresh]
        recount(db, tutor.bank_of(db, both), both, tutor.retention)
        return True

    parted = await tutor.store.write(work)
    tutor.faces.forget()
    return Reply(
        Notice(wording.unlinked(), Tone.GOOD) if parted else Notice(wording.nothing_linked(), Tone.INFO)
    )


async def _offer(tutor: Tutor, who: Who) -> Reply:
    # Whoever has the code gets the account, so it must not come from a source that could be guessed.
    code = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
    owner = Code(who.learner.id, place_of(who.caller.person))
    await tutor.store.write(lambda db: linking.add_code(db, code, owner, who.now, who.now + VALID))
    return Reply(Notice(wording.link_code(f"{code[:4]}-{code[4:]}"), Tone.INFO))


async def _join(tutor: Tutor, who: Who, typed: str) -> Reply:
    code = "".join(letter for letter in typed.upper() if letter in ALPHABET)

    def work(db: Connection) -> str:
        owner = linking.take_code(db, code, who.learner.id, who.now)
        if owner is None or not (kept := people.learners_by_id(db, [owner.learner_id])):
            return wording.bad_code()
        if owner.learner_id == who.learner.id:
            return wording.same_account()
        people.hold_learners(db, [owner.learner_id, who.learner.id])
        settings = {**kept[owner.learner_id].settings, "named_on": owner.account}
        people.set_learner(db, owner.learner_id, {"settings": settings})
        linking.merge(db, owner.learner_id, who.learner.id)
        recount(db, tutor.bank_of(db, [owner.learner_id]), [owner.learner_id], tutor.retention)
        return ""

    if trouble := await tutor.store.write(work):
        raise RefusalError(trouble)
    tutor.faces.forget()
    return Reply(Notice(wording.linked(), Tone.GOOD, (Button(_("My progress"), RunCommand("progress")),)))
