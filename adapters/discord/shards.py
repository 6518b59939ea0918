"""Which of this process's shards are connected."""

from __future__ import annotations

import asyncio

import structlog

from adapters.discord.client import Client

MISSED_BEAT = 1.5
"""Intervals without a word after which a heartbeat has certainly been missed."""

log = structlog.get_logger(__name__)


class Shards:
    """Follows the connections of a client through the library's events."""

    def __init__(self, client: Client) -> None:
        self._client = client
        self._open: set[int] = set()
        self._all = asyncio.Event()

    async def on_shard_connect(self, shard_id: int) -> None:
        """A shard has a new session."""
        self._opened(shard_id)

    async def on_shard_resumed(self, shard_id: int) -> None:
        """A shard took up its session again; what it missed is being delivered."""
        self._opened(shard_id)

    async def on_shard_disconnect(self, shard_id: int) -> None:
        """A shard lost its connection. The library reconnects by itself."""
        self._open.discard(shard_id)
        log.info("shard_disconnected", shard=shard_id)

    async def connected(self) -> None:
        """Wait until every shard has been connected once."""
        await self._all.wait()

    @property
    def opened(self) -> int:
        """How many shards are connected now."""
        return len(self._open)

    def missing(self) -> list[int]:
        """The shards that are not connected now."""
        return [shard for shard in self._expected() if shard not in self._open]

    def _opened(self, shard_id: int) -> None:
        self._open.add(shard_id)
        self._beat_strictly(shard_id)
        log.info("shard_connected", shard=shard_id)
        if not self.missing():
            self._all.set()

    def _beat_strictly(self, shard_id: int) -> None:
        """Take a silent connection for dead when a heartbeat was not acknowledged before the next one. The
        library would wait for a minute of silence, however often Discord wants to hear the heart."""
        heart = self._client.shards[shard_id]._parent.ws._keep_alive
        if heart is not None and heart.interval is not None:
            heart.heartbeat_timeout = min(heart.heartbeat_timeout, MISSED_BEAT * heart.interval)

    def _expected(self) -> list[int]:
        return list(self._client.shard_ids or range(self._client.shard_count or 1))
