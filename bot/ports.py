"""What the core and its adapters hold of one another, besides the desk and the messenger."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from typing import Protocol

from starlette.routing import BaseRoute

from bot.messages import Messenger


class AdapterError(Exception):
    """An adapter cannot connect. The message is one sentence that says what to do."""


class Adapter(Protocol):
    """A platform. Adapters are built with the desk, the settings, the shelf and the clock."""

    platform: str

    @property
    def messenger(self) -> Messenger:
        """The port through which the tutor speaks first here."""
        ...

    def routes(self) -> Sequence[BaseRoute]:
        """The HTTP and WebSocket routes that the one server of the program offers for this adapter."""
        ...

    async def start(self) -> None:
        """Connect. Returns when people are being heard. Raises AdapterError."""
        ...

    async def stop(self) -> None:
        """Hear nobody any more, finish the replies on their way, and disconnect."""
        ...

    def trouble(self) -> str:
        """Empty while all is well, else a sentence."""
        ...


class Instruments(Protocol):
    """Where an adapter tells operators of its waiting. Names are few and fixed."""

    def waited(self, reason: str, seconds: float) -> None:
        """A call waited for the platform's rate limit: `paced` by ourselves, or `refused` by the platform."""
        ...

    def queue(self, name: str, depth: Callable[[], int]) -> None:
        """Watch a queue of the adapter; `depth` says how many wait in it."""
        ...


class Unwatched:
    """Instruments that nobody reads."""

    def waited(self, reason: str, seconds: float) -> None:
        """Nothing."""

    def queue(self, name: str, depth: Callable[[], int]) -> None:
        """Nothing."""


UNWATCHED = Unwatched()


class Shelf(Protocol):
    """A durable place for an adapter's own small things: installations, states, fingerprints.

    Values are bytes under a namespace and a key. Expired values are never returned.
    """

    async def get(self, namespace: str, key: str) -> bytes | None:
        """The value, or None."""
        ...

    async def put(
        self, namespace: str, key: str, value: bytes, *, expires_at: dt.datetime | None = None
    ) -> None:
        """Keep a value, in the place of any earlier one. Durable on return."""
        ...

    async def take(self, namespace: str, key: str) -> bytes | None:
        """Return a value and remove it; of two takers one gets None."""
        ...

    async def keys(self, namespace: str, prefix: str = "") -> list[str]:
        """The keys of a namespace that begin with a prefix, sorted."""
        ...


class Clock(Protocol):
    """The time, passed in so that tests may hold it."""

    def now(self) -> dt.datetime:
        """The present as aware UTC."""
        ...
