"""What a page asks for, done: one frame in, one answer out, always."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from typing import Any, assert_never

import structlog

from adapters.web import words
from adapters.web.entries import Place, Seat, direct
from adapters.web.handing import Handing
from adapters.web.hub import Hub
from adapters.web.journal import Journal, NameTakenError
from adapters.web.look import Look
from adapters.web.names import BadNameError, channel_name, locale, person_name, timezone
from adapters.web.payloads import (
    Click,
    Complete,
    Hello,
    History,
    Home,
    Known,
    Open,
    Ping,
    Rename,
    Say,
    Seen,
    Submit,
    Thread,
)
from adapters.web.talk import Refusal, Talk
from bot.commands.desk import Desk

log = structlog.get_logger(__name__)


class Deeds:
    """The verbs behind a page's frames."""

    def __init__(self, desk: Desk, journal: Journal, hub: Hub, handing: Handing) -> None:
        self._desk = desk
        self._journal = journal
        self._hub = hub
        self._talk = Talk(desk, journal, handing)
        self.look = Look(desk, journal, hub)

    async def answer(self, seat: Seat, frame: Known, request: str) -> dict[str, Any]:
        """Do what a frame asks. What cannot be done is said in the answer's `error`."""
        done = {"is": "done", "request": frame.request}
        try:
            return done | await self._do(seat, frame, request)
        except (Refusal, BadNameError) as error:
            return done | {"error": str(error)}
        except NameTakenError:
            return done | {"error": words.name_taken()}
        except sqlite3.Error:
            log.exception("web.journal_failed", request=request)
            return done | {"error": words.unwritten()}
        except Exception:
            log.exception("web.deed_failed", request=request)
            return done | {"error": words.apology()}

    async def hello(self, seat: Seat, hello: Hello, request: str) -> Seat:
        """The person with what their browser says of them, known to the tutor when that is news."""
        now = replace(
            seat,
            timezone=timezone(hello.timezone) or seat.timezone,
            locale=locale(hello.locale) or seat.locale,
        )
        if now != seat:
            await self._journal.update(now)
            await self._desk.renamed(direct(now.id).caller(now, request))
        return now

    async def _do(self, seat: Seat, frame: Known, request: str) -> dict[str, Any]:
        match frame:
            case Say() | Click() | Submit():
                return await self._converse(seat, frame, request)
            case Complete() | History() | Thread() | Home():
                return await self._show(seat, frame, request)
            case Seen():
                return await self._see(seat, frame)
            case Open():
                return await self._open(seat, frame, request)
            case Rename():
                return await self._rename(seat, frame, request)
            case Ping() | Hello():
                return {}
            case _:
                assert_never(frame)

    async def _converse(self, seat: Seat, frame: Say | Click | Submit, request: str) -> dict[str, Any]:
        match frame:
            case Say():
                return await self._talk.say(seat, frame, request)
            case Click():
                return await self._talk.click(seat, frame, request)
            case Submit():
                return await self._talk.submit(seat, frame, request)
            case _:
                assert_never(frame)

    async def _show(
        self, seat: Seat, frame: Complete | History | Thread | Home, request: str
    ) -> dict[str, Any]:
        match frame:
            case Complete():
                return self.look.complete(seat, frame)
            case History():
                place = await self._talk.place(seat, frame.place)
                return await self.look.history(seat, place.id, frame.before)
            case Thread():
                root = await self._talk.message(seat, frame.message)
                return await self.look.thread(seat, root.id)
            case Home():
                return await self.look.home(seat, request)
            case _:
                assert_never(frame)

    async def _see(self, seat: Seat, frame: Seen) -> dict[str, Any]:
        place = await self._talk.place(seat, frame.place)
        await self._journal.see(seat, place.id, frame.position)
        self._hub.seen(seat, place.id, frame.position)
        return {}

    async def _open(self, seat: Seat, frame: Open, request: str) -> dict[str, Any]:
        place = Place(channel_name(frame.name))
        if await self._journal.open_place(place):
            await self._talk.greet(seat, place, request)
        return {"place": place.id}

    async def _rename(self, seat: Seat, frame: Rename, request: str) -> dict[str, Any]:
        now = replace(seat, name=person_name(frame.name))
        await self._journal.update(now)
        await self._desk.renamed(direct(now.id).caller(now, request))
        return {}
