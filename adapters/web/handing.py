"""Files that pages hand in: put down here by a request of their own, and taken up with the form."""

from __future__ import annotations

import datetime as dt
import secrets
from dataclasses import dataclass
from urllib.parse import unquote

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from adapters.web import words
from adapters.web.door import NO_STORE, Door
from adapters.web.guard import same_origin
from adapters.web.languages import Languages
from bot.messages import Upload, UploadError
from bot.ports import Clock
from bot.wording.speech import _, speak

MOST_BYTES = 10_000_000
MOST_WAITING = 8
"""Files that wait for their forms at once, of all people; the oldest goes first."""
LASTS = dt.timedelta(minutes=10)
LONGEST_NAME = 200


@dataclass(frozen=True, slots=True)
class _Waiting:
    owner: str
    name: str
    data: bytes
    until: dt.datetime


class Handing:
    """Files between their upload and their form. They are kept in memory, for ten minutes and for their owner."""

    def __init__(self, door: Door, clock: Clock, languages: Languages) -> None:
        self._languages = languages
        self._door = door
        self._clock = clock
        self._waiting: dict[str, _Waiting] = {}

    async def put_down(self, request: Request) -> Response:
        """Take a file in and answer with the word by which its form names it."""
        seat = await self._door.seat(request) if self._door.answers(request) else None
        if seat is None or not same_origin(request.headers):
            speak(await self._languages.of_place())
            return _refused(_("Enter the chat first."), 403)
        speak(await self._languages.of(seat))
        data = b""
        async for part in request.stream():
            data += part
            if len(data) > MOST_BYTES:
                return _refused(words.file_too_large(MOST_BYTES // 1_000_000), 413)
        word = secrets.token_urlsafe(16)
        name = unquote(request.query_params.get("name", ""))[:LONGEST_NAME]
        self._waiting[word] = _Waiting(seat.id, name, data, self._clock.now() + LASTS)
        for old in list(self._waiting)[:-MOST_WAITING]:
            del self._waiting[old]
        return JSONResponse({"file": word}, headers=NO_STORE)

    def taken_up(self, owner: str, words: dict[str, str]) -> dict[str, Upload]:
        """The files that a form names by these words, by field; one that is gone says so when it is read."""
        return {field: self._upload(owner, word) for field, word in words.items()}

    def _upload(self, owner: str, word: str) -> Upload:
        found = self._waiting.pop(word, None)
        mine = found is not None and found.owner == owner and self._clock.now() < found.until

        async def read() -> bytes:
            if found is None or not mine:
                raise UploadError(words.file_gone())
            return found.data

        return Upload(found.name, len(found.data), read) if found and mine else Upload("", 0, read)


def _refused(why: str, status: int) -> JSONResponse:
    return JSONResponse({"error": why}, status, headers=NO_STORE)
