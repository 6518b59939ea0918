"""Edits of posted messages, coalesced: of several that wait for one message only the newest is sent."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from adapters.slack.tasks import Tasks

INTERVAL = 3.0
REMEMBERED = 20_000

Send = Callable[[], Awaitable[None]]


@dataclass(slots=True)
class _Slot:
    send: Send
    waiters: list[asyncio.Future[None]] = field(default_factory=list)


class Edits:
    """One edit of a message at a time, and at most one in `interval` seconds."""

    def __init__(self, tasks: Tasks, interval: float = INTERVAL) -> None:
        self._tasks = tasks
        self._interval = interval
        self._slots: dict[str, _Slot] = {}
        self._running: set[str] = set()
        self._last: dict[str, float] = {}

    async def edit(self, key: str, send: Send) -> None:
        """Send this edit or a newer one of the same message. Raises what sending raised."""
        slot = self._slots.setdefault(key, _Slot(send))
        slot.send = send
        done: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        slot.waiters.append(done)
        if key not in self._running:
            self._running.add(key)
            self._tasks.start(self._run(key))
        await done

    async def _run(self, key: str) -> None:
        try:
            while key in self._slots:
                await asyncio.sleep(self._pause(key))
                await self._send(self._slots.pop(key))
                self._remember(key)
        finally:
            self._running.discard(key)

    def _pause(self, key: str) -> float:
        return max(0.0, self._last.get(key, 0.0) + self._interval - time.monotonic())

    @staticmethod
    async def _send(slot: _Slot) -> None:
        try:
            await slot.send()
        except Exception as error:
            for waiter in _still(slot):
                waiter.set_exception(error)
        else:
            for waiter in _still(slot):
                waiter.set_result(None)

    def _remember(self, key: str) -> None:
        now = time.monotonic()
        self._last[key] = now
        if len(self._last) > REMEMBERED:
            self._last = {name: at for name, at in self._last.items() if at + self._interval > now}


def _still(slot: _Slot) -> list[asyncio.Future[None]]:
    return [waiter for waiter in slot.waiters if not waiter.done()]
