"""One open page: its WebSocket from the first frame to the last."""

from __future__ import annotations

import asyncio
import secrets
import sqlite3
from collections.abc import Coroutine
from typing import Any

import structlog
from starlette.websockets import WebSocket, WebSocketDisconnect

from adapters.web.deeds import Deeds
from adapters.web.door import Door
from adapters.web.entries import Seat
from adapters.web.guard import same_origin
from adapters.web.hub import Hub, Line, encode
from adapters.web.languages import Languages
from adapters.web.page import tongue
from adapters.web.payloads import BadFrameError, Click, Hello, Known, Say, Submit, read
from bot.wording.speech import _, speak

log = structlog.get_logger(__name__)

HELLO_SECONDS = 10
AT_ONCE = 8
REFUSED = 4401
FOREIGN = 1008
FAILED = 1011
RESTART = 1012


class Sessions:
    """All open pages. What a page has asked for is finished even when the page closes meanwhile."""

    def __init__(self, door: Door, deeds: Deeds, hub: Hub, languages: Languages) -> None:
        self._door = door
        self._languages = languages
        self._deeds = deeds
        self._hub = hub
        self._tasks: set[asyncio.Task[None]] = set()
        self._closing = False

    @property
    def under_way(self) -> int:
        """How many things that pages have asked for are not done yet."""
        return len(self._tasks)

    async def live(self, socket: WebSocket) -> None:
        """Serve a page until it closes."""
        if not same_origin(socket.headers) or not self._door.answers(socket):
            await socket.close(FOREIGN)
            return
        await socket.accept()
        try:
            await self._begin(socket)
        except (WebSocketDisconnect, TimeoutError):
            return
        except BadFrameError as error:
            await _refuse(socket, str(error))
        except sqlite3.Error:
            log.exception("web.journal_failed")
            await socket.close(FAILED)

    async def finish(self, seconds: float) -> None:
        """Hear nothing more, wait for what has been asked, then end all lines: the answers go out first."""
        self._closing = True
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=seconds)
        self._hub.end()

    async def _begin(self, socket: WebSocket) -> None:
        seat = await self._door.seat(socket)
        if seat is None:
            await _refuse(socket, _("The chat does not know this browser under that name: enter again."))
            return
        number = secrets.token_hex(4)
        async with asyncio.timeout(HELLO_SECONDS):
            hello = await _receive(socket)
        if not isinstance(hello, Hello):
            raise BadFrameError(_("This page speaks another language: reload it."))
        await self._serve(socket, await self._deeds.hello(seat, hello, number), hello.after, number)

    async def _serve(self, socket: WebSocket, seat: Seat, after: int, number: str) -> None:
        line = Line(seat, await self._languages.of(seat))
        speak(line.language)
        self._hub.join(line)
        sender = asyncio.create_task(_send(socket, line))
        try:
            line.send(await self._deeds.look.welcome(seat, after) | tongue(line.language))
            await self._listen(socket, line, number)
        finally:
            self._hub.leave(line)
            sender.cancel()
            await asyncio.gather(sender, return_exceptions=True)

    async def _listen(self, socket: WebSocket, line: Line, number: str) -> None:
        """Take frames, some at once; when too many are under way the page has to wait."""
        turns = asyncio.Semaphore(AT_ONCE)
        count = 0
        while True:
            await turns.acquire()
            count += 1
            try:
                frame = await _receive(socket)
            except BadFrameError as error:
                line.send({"is": "done", "request": "", "error": str(error)})
                turns.release()
                continue
            if self._closing:
                turns.release()
            else:
                speak(line.language)
                self._start(self._answer(line, frame, f"{number}-{count}"), turns)

    async def _answer(self, line: Line, frame: Known, request: str) -> None:
        line.send(await self._deeds.answer(line.seat, frame, request))
        if isinstance(frame, (Say, Click, Submit)):
            await self._keep_language(line)

    async def _keep_language(self, line: Line) -> None:
        """Tell a page when another language than its own is spoken to its person from now on."""
        language = await self._languages.of(line.seat, line.language)
        if language != line.language:
            line.language = language
            line.send({"is": "language", "language": language})

    def _start(self, work: Coroutine[Any, Any, None], turns: asyncio.Semaphore) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        task.add_done_callback(lambda _: turns.release())


async def _receive(socket: WebSocket) -> Known:
    message = await socket.receive()
    if message["type"] == "websocket.disconnect":
        raise WebSocketDisconnect(message.get("code", 1000))
    return read(message.get("text") or "")


async def _send(socket: WebSocket, line: Line) -> None:
    """Send what waits, then close: the page connects again when the program is back."""
    while (text := await line.outbox.get()) is not None:
        await socket.send_text(text)
    await socket.close(RESTART)


async def _refuse(socket: WebSocket, why: str) -> None:
    await socket.send_text(encode({"is": "refused", "why": why}))
    await socket.close(REFUSED)
