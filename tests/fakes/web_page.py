"""A page without a browser: it comes in at the door and speaks over the WebSocket as the real one does."""

from __future__ import annotations

import asyncio
import itertools
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from typing import Any, Protocol

import httpx
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosedError

Frame = dict[str, Any]


class Program(Protocol):
    """A running chat, of whatever kind."""

    @property
    def address(self) -> str: ...


class FakePage:
    """A page of one person. `frames` holds all that came unasked, `welcome` how it was greeted."""

    def __init__(self, socket: ClientConnection, person: Frame, http: httpx.AsyncClient) -> None:
        self.person = person
        self.http = http
        self.frames: list[Frame] = []
        self.welcome: Frame = {}
        self._socket = socket
        self._answers: dict[str, asyncio.Future[Frame]] = {}
        self._count = itertools.count(1)
        self._came = asyncio.Event()
        self._reader = asyncio.create_task(self._read())

    async def hello(self, **given: Any) -> Frame:
        """Say hello and wait for the welcome."""
        await self.send({"do": "hello", "timezone": "Europe/Vienna", "locale": "de-AT", **given})
        self.welcome = await self.heard(lambda frame: frame["is"] == "welcome")
        return self.welcome

    async def send(self, frame: Frame | str) -> None:
        """Send a frame, or a text as it is."""
        await self._socket.send(frame if isinstance(frame, str) else json.dumps(frame))

    async def ask(self, do: str, **given: Any) -> Frame:
        """Send a frame and wait for its answer."""
        request = str(next(self._count))
        self._answers[request] = asyncio.get_running_loop().create_future()
        await self.send({"do": do, "request": request, **given})
        return await asyncio.wait_for(self._answers[request], 5)

    async def say(self, place: str, text: str, **given: Any) -> Frame:
        """Type a text and send it."""
        return await self.ask("say", place=place, text=text, key=f"k{next(self._count)}", **given)

    async def messages(self, place: str, before: int = 0) -> list[Frame]:
        """The messages of a place."""
        found: list[Frame] = (await self.ask("history", place=place, before=before))["messages"]
        return found

    async def heard(self, wanted: Callable[[Frame], bool]) -> Frame:
        """Wait for a frame that nobody asked for."""
        async with asyncio.timeout(5):
            while True:
                for frame in self.frames:
                    if wanted(frame):
                        return frame
                self._came.clear()
                await self._came.wait()

    async def _read(self) -> None:
        with suppress(ConnectionClosedError):
            async for text in self._socket:
                self._take(json.loads(text))
        for asked in self._answers.values():
            if not asked.done():
                asked.set_exception(ConnectionError("the line broke before the answer came"))

    def _take(self, frame: Frame) -> None:
        asked = self._answers.pop(frame.get("request", ""), None) if frame["is"] == "done" else None
        if asked is not None and not asked.done():
            asked.set_result(frame)
        elif asked is None:
            self.frames.append(frame)
            self._came.set()

    async def close(self) -> None:
        """Close the page."""
        await self._socket.close()
        await self._reader


async def knock(program: Program, name: str, http: httpx.AsyncClient) -> httpx.Response:
    """Ask at the door to come in under a name."""
    return await http.post("/chat/enter", json={"name": name}, headers={"Origin": program.address})


@asynccontextmanager
async def page(program: Program, name: str, **hello: Any) -> AsyncIterator[FakePage]:
    """A page of a new person. Raises ConnectionRefusedError when nobody is let in."""
    async with httpx.AsyncClient(base_url=program.address) as http:
        person = (await knock(program, name, http)).json()
        if "error" in person:
            raise ConnectionRefusedError(person["error"])
        async with again(program, person, http, **hello) as opened:
            yield opened


@asynccontextmanager
async def again(
    program: Program, person: Frame, http: httpx.AsyncClient, **hello: Any
) -> AsyncIterator[FakePage]:
    """A page of a person who has come in before."""
    async with connect_as(program, person, http) as socket:
        opened = FakePage(socket, person, http)
        await opened.hello(**hello)
        yield opened
        await opened.close()


def connect_as(
    program: Program, person: Frame, http: httpx.AsyncClient, origin: str | None = None
) -> connect:
    """The WebSocket of a person."""
    cookies = "; ".join(f"{name}={value}" for name, value in http.cookies.items())
    address = f"{program.address.replace('http', 'ws')}/chat/live?as={person['id']}"
    return connect(
        address, additional_headers={"Cookie": cookies}, origin=origin or program.address, proxy=None
    )
