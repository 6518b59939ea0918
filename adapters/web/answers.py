"""Where the tutor's answers go: below what was pressed, into its thread, or into its place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from adapters.web.entries import TUTOR, Draft, Entry, Place, Seat
from adapters.web.journal import Journal
from adapters.web.render import render
from adapters.web.render_forms import form
from bot.messages import Form, FormErrors, Message, Reply, StaleButtonError, decode
from bot.messages.acts import AnswerMock, AnswerPractice, AnswerRound, WhyRound

VERDICT_ACTS = (AnswerRound, AnswerPractice, AnswerMock, WhyRound)


@dataclass(frozen=True, slots=True)
class Spot:
    """Where an answer belongs: see Draft. `pressed` is the message whose button caused it."""

    place: Place
    thread: str | None = None
    anchor: str | None = None
    slot: str | None = None
    prompt: str = ""
    pressed: Entry | None = None


def below(pressed: Entry, place: Place, seat: Seat, button: str) -> Spot:
    """The spot of an answer to a pressed button: right below the message that bears it.

    Pressing an answer again shows the verdict where it stood the first time. Direct messages need
    no anchors: there, everything is between two.
    """
    return Spot(
        place,
        thread=pressed.thread,
        anchor=None if place.owner else pressed.anchor or pressed.id,
        slot=f"{seat.id}:{pressed.id}:{button.partition(':')[0]}" if _asks_for_verdict(button) else None,
        pressed=pressed,
    )


async def deliver(journal: Journal, reply: Reply, spot: Spot, seat: Seat) -> dict[str, Any]:
    """Write an answer down and return what the asking page needs to know of it.

    A form opens on that page alone; its errors go back into it.
    """
    match reply.message:
        case Form():
            opened_at = spot.pressed.id if spot.pressed else None
            return {"form": form(reply.message), "message": opened_at, "place": spot.place.id}
        case FormErrors():
            return {"errors": dict(reply.message.errors)}
        case _:
            entry = await _write(journal, reply, reply.message, spot, seat)
            return {"message": entry.id, "place": entry.place, "thread": entry.thread}


async def _write(journal: Journal, reply: Reply, message: Message, spot: Spot, seat: Seat) -> Entry:
    pressed = spot.pressed
    if reply.replace and pressed and pressed.audience == seat.id and pressed.author == TUTOR:
        return await journal.edit(pressed.id, render(message)) or pressed
    entry, _ = await journal.add(_draft(reply, message, spot, seat))
    return entry


def _draft(reply: Reply, message: Message, spot: Spot, seat: Seat) -> Draft:
    private = reply.private or spot.place.owner is not None
    return Draft(
        spot.place,
        TUTOR,
        render(message),
        audience=seat.id if private else None,
        thread=spot.thread,
        anchor=spot.anchor if private else None,
        slot=spot.slot if private else None,
        prompt=spot.prompt,
        asker=seat.id,
    )


def _asks_for_verdict(button: str) -> bool:
    try:
        return isinstance(decode(button), VERDICT_ACTS)
    except StaleButtonError:
        return False
