"""The door: who may come in, under which name, and who a browser may be."""

from __future__ import annotations

import sqlite3
from typing import Any

import structlog
from starlette.requests import HTTPConnection, Request
from starlette.responses import JSONResponse, Response

from adapters.web import passes, views, words
from adapters.web.entries import Seat, direct
from adapters.web.guard import HEADERS, host_allowed, same_origin
from adapters.web.journal import Journal, NameTakenError
from adapters.web.languages import Languages
from adapters.web.names import BadNameError, person_name
from adapters.web.patience import Patience
from adapters.web.payloads import BadFrameError, Entering, read_entering
from bot.ports import Clock
from bot.wording.speech import _, speak

log = structlog.get_logger(__name__)

BODY_LIMIT = 4_096
NO_STORE = HEADERS | {"Cache-Control": "no-store"}


class Turned(Exception):
    """Somebody is turned away. `field` is the input to change, `why` a sentence."""

    def __init__(self, status: int, why: str, field: str = "") -> None:
        super().__init__(why)
        self.status = status
        self.why = why
        self.field = field


class Door:
    """Lets people in. `secret` signs the cookie that remembers the password."""

    def __init__(self, journal: Journal, password: str, clock: Clock, languages: Languages) -> None:
        self._journal = journal
        self._languages = languages
        self._password = password
        self._clock = clock
        self._patience = Patience()
        self.secret = b""

    def answers(self, request: HTTPConnection) -> bool:
        """Whether the chat is open and answers under the name that the request was sent to."""
        return self._journal.is_open and host_allowed(request.headers, self._password)

    async def seat(self, request: HTTPConnection) -> Seat | None:
        """The person whom a request says it comes `as`, if its cookies prove it."""
        if not self._inside(request):
            return None
        token = passes.tokens(request.cookies).get(request.query_params.get("as", ""), "")
        seat = await self._journal.archive.by_token(passes.digest(token)) if token else None
        return seat if seat and seat.id == request.query_params["as"] else None

    async def look(self, request: Request) -> Response:
        """Who this browser may be, and whether it has to give the password."""
        await self._speak()
        try:
            self._check(request)
        except Turned as turned:
            return _turn(turned)
        inside = self._inside(request)
        people = await self._people(request) if inside else []
        return JSONResponse(
            {"password": not inside, "people": [views.person(seat) for seat in people]}, headers=NO_STORE
        )

    async def enter(self, request: Request) -> Response:
        """Let a new person in."""
        await self._speak()
        try:
            entering = await self._read(request)
            if not self._inside(request):
                raise Turned(403, _("This chat has a password: reload the page and give it first."))
            if len(passes.tokens(request.cookies)) >= passes.MOST_PEOPLE:
                raise Turned(400, words.too_many_people(passes.MOST_PEOPLE), "name")
            seat, token = await self._seat_down(entering)
        except Turned as turned:
            return _turn(turned)
        response = JSONResponse(views.person(seat), headers=NO_STORE)
        passes.remember_person(response, seat.id, token, secure=_secure(request))
        return response

    async def unlock(self, request: Request) -> Response:
        """Take the password."""
        await self._speak()
        try:
            self._check_password(request, await self._read(request))
        except Turned as turned:
            return _turn(turned)
        response = JSONResponse({}, headers=NO_STORE)
        passes.remember_password(response, self._password, self.secret, secure=_secure(request))
        return response

    async def leave(self, request: Request) -> Response:
        """Make this browser forget one of the people that it may be."""
        await self._speak()
        try:
            self._check(request, changes=True)
        except Turned as turned:
            return _turn(turned)
        response = JSONResponse({}, headers=NO_STORE)
        if (id := request.query_params.get("as", "")) in passes.tokens(request.cookies):
            passes.forget_person(response, id)
        return response

    async def _speak(self) -> None:
        speak(await self._languages.of_place())

    def _inside(self, request: HTTPConnection) -> bool:
        return passes.password_given(request.cookies, self._password, self.secret)

    async def _people(self, request: Request) -> list[Seat]:
        found = [
            await self._journal.archive.by_token(passes.digest(token))
            for token in passes.tokens(request.cookies).values()
        ]
        return sorted((seat for seat in found if seat), key=lambda seat: seat.name.casefold())

    async def _read(self, request: Request) -> Entering:
        self._check(request, changes=True)
        body = b""
        async for part in request.stream():
            body += part
            if len(body) > BODY_LIMIT:
                raise Turned(413, _("That is too long for the door."))
        try:
            return read_entering(body)
        except BadFrameError as error:
            raise Turned(400, str(error)) from error

    async def _seat_down(self, entering: Entering) -> tuple[Seat, str]:
        try:
            name, token = person_name(entering.name), passes.new_token()
            seat = await self._journal.enter(passes.new_id(), name, passes.digest(token))
            await self._journal.open_place(direct(seat.id))
        except BadNameError as error:
            raise Turned(400, str(error), "name") from error
        except NameTakenError as error:
            raise Turned(409, words.name_taken_elsewhere(), "name") from error
        except sqlite3.Error as error:
            log.exception("web.journal_failed")
            raise Turned(503, words.unwritten()) from error
        return seat, token

    def _check(self, request: Request, *, changes: bool = False) -> None:
        if not host_allowed(request.headers, self._password):
            raise Turned(421, words.wrong_host())
        if not self._journal.is_open:
            raise Turned(503, _("The chat is just starting: try again in a moment."))
        if changes and not same_origin(request.headers):
            raise Turned(403, words.foreign())

    def _check_password(self, request: Request, entering: Entering) -> None:
        address, now = request.client.host if request.client else "", self._clock.now()
        if self._patience.lost(address, now):
            raise Turned(429, _("Too many wrong passwords: wait a minute and try again."), "password")
        if not passes.password_right(entering.password, self._password):
            self._patience.wrong(address, now)
            raise Turned(403, words.wrong_password(), "password")


def _secure(request: Request) -> bool:
    return request.url.scheme == "https"


def _turn(turned: Turned) -> JSONResponse:
    answer: dict[str, Any] = {"error": turned.why, "field": turned.field}
    return JSONResponse(answer, turned.status, headers=NO_STORE)
