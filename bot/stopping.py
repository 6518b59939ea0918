"""Letting go in order and in time: what was begun last ends first, and nothing may hold up the rest."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

import structlog

LEAST = 1.0
"""Seconds that a stage gets even when the time is over: to close a file or a connection properly."""

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class _Stage:
    name: str
    work: Callable[[], Awaitable[object]]
    share: float


class Stages:
    """Stages of letting go. What is cut short is safe to lose: answers are durable before they are acknowledged,
    and a post that was claimed and not said is found again at the next start."""

    def __init__(self) -> None:
        self._stages: list[_Stage] = []
        self._deadline = 0.0
        self._now: asyncio.Timeout | None = None

    def add(self, name: str, work: Callable[[], Awaitable[object]], share: float = 1.0) -> None:
        """Do this when letting go, before all that was added earlier, in at most this share of the time left."""
        self._stages.append(_Stage(name, work, share))

    async def run(self, seconds: float) -> list[str]:
        """End everything in about so many seconds; the names of the stages that were cut short or broke."""
        self._deadline = asyncio.get_running_loop().time() + seconds
        unfinished = []
        while self._stages:
            stage = self._stages.pop()
            if not await self._end(stage):
                unfinished.append(stage.name)
        return unfinished

    def hurry(self) -> None:
        """The time is over now."""
        self._deadline = asyncio.get_running_loop().time()
        if self._now is not None:
            self._now.reschedule(self._deadline)

    async def _end(self, stage: _Stage) -> bool:
        left = self._deadline - asyncio.get_running_loop().time()
        try:
            async with asyncio.timeout(max(left * stage.share, LEAST)) as self._now:
                await stage.work()
        except TimeoutError:
            log.warning("stop_cut_short", stage=stage.name)
            return False
        except Exception:
            log.exception("stop_failed", stage=stage.name)
            return False
        finally:
            self._now = None
        return True
