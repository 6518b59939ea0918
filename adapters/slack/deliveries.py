"""Payloads that Slack delivers more than once are heard once."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from typing import Generic, TypeVar

T = TypeVar("T")

REMEMBERED = 20_000


class Deliveries(Generic[T]):
    """Remembers the outcomes of the last payloads by their ids.

    A payload that comes again, also while the first is still being heard, gets the first one's outcome,
    so that it is acknowledged as late as the first and its answer is not sent twice. One that failed is
    forgotten, so that Slack's next try counts.
    """

    def __init__(self, remembered: int = REMEMBERED) -> None:
        self._remembered = remembered
        self._outcomes: OrderedDict[str, asyncio.Future[T]] = OrderedDict()
        self.hearing = 0
        """How many payloads are being heard right now."""

    async def once(self, key: str, hear: Callable[[], Awaitable[T]]) -> T:
        """What `hear` returned for this key. An empty key is never remembered."""
        if not key:
            return await hear()
        earlier = self._outcomes.get(key)
        if earlier is not None:
            return await asyncio.shield(earlier)
        outcome: asyncio.Future[T] = asyncio.get_running_loop().create_future()
        self._remember(key, outcome)
        self.hearing += 1
        try:
            value = await hear()
        except BaseException as error:
            self._outcomes.pop(key, None)
            self._fail(outcome, error)
            raise
        finally:
            self.hearing -= 1
        outcome.set_result(value)
        return value

    async def finish(self, patience: float) -> None:
        """Wait for what is being heard, for at most `patience` seconds."""
        if under_way := [outcome for outcome in self._outcomes.values() if not outcome.done()]:
            await asyncio.wait(under_way, timeout=patience)

    def _remember(self, key: str, outcome: asyncio.Future[T]) -> None:
        self._outcomes[key] = outcome
        if len(self._outcomes) > self._remembered:
            self._outcomes.popitem(last=False)

    @staticmethod
    def _fail(outcome: asyncio.Future[T], error: BaseException) -> None:
        if isinstance(error, asyncio.CancelledError):
            outcome.cancel()
            return
        outcome.set_exception(error)
        outcome.exception()  # nobody else may be waiting, which is no fault
