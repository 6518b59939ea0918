"""Slack's rate limits: turns are handed out so that nothing is asked faster than Slack allows.

One message a second in a channel; each method has a tier of calls a minute and workspace, whose whole
minute may be used as a burst. When Slack answers 429 all, the method rests for as long as Retry-After says.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable

PER_MINUTE = {
    "chat.postMessage": 300,
    "chat.postEphemeral": 100,
    "chat.update": 50,
    "conversations.history": 50,
    "conversations.replies": 50,
    "conversations.info": 50,
    "files.getUploadURLExternal": 100,
    "files.completeUploadExternal": 100,
    "users.info": 100,
    "views.open": 100,
    "views.publish": 100,
}
OTHERS = 50
CHANNEL_SECONDS = 1.0
REMEMBERED = 20_000


class Bucket:
    """Tokens that refill evenly."""

    def __init__(self, per_minute: float, burst: float) -> None:
        self._rate = per_minute / 60.0
        self._burst = burst
        self._tokens = burst
        self._at = 0.0

    def ahead(self, now: float) -> float:
        """Seconds until there is a token to take; 0 when there is one."""
        if self._at:
            self._tokens = min(self._burst, self._tokens + (now - self._at) * self._rate)
        self._at = now
        return max(0.0, (1 - self._tokens) / self._rate)

    def take(self) -> None:
        """Take a token, also one that is not there yet."""
        self._tokens -= 1


class Pacer:
    """Hands out turns for all workspaces. A turn that is taken is spent."""

    def __init__(
        self, now: Callable[[], float] = time.monotonic, channel_seconds: float = CHANNEL_SECONDS
    ) -> None:
        self._now = now
        self._channel_seconds = channel_seconds
        self._buckets: dict[tuple[str, str], Bucket] = {}
        self._channels: dict[str, float] = {}
        self._resting: dict[tuple[str, str], float] = {}

    def delay(self, community: str, method: str, channel: str = "", within: float = math.inf) -> float:
        """Take a turn and say in how many seconds it comes; one that comes later than `within` is not taken.

        With a channel, it is a turn to put a message there, too.
        """
        now = self._now()
        key = (community, method)
        if key not in self._buckets:
            per_minute = PER_MINUTE.get(method, OTHERS)
            self._buckets[key] = Bucket(per_minute, burst=per_minute)
        bucket = self._buckets[key]
        delay = max(
            bucket.ahead(now), self._resting.get(key, 0.0) - now, self._channels.get(channel, 0.0) - now
        )
        if delay <= within:
            bucket.take()
            self._put(channel, now + delay)
        return delay

    def rest(self, community: str, method: str, seconds: float) -> None:
        """Slack asked for a pause."""
        key = (community, method)
        self._resting[key] = max(self._resting.get(key, 0.0), self._now() + seconds)

    def _put(self, channel: str, at: float) -> None:
        if not channel:
            return
        self._channels[channel] = at + self._channel_seconds
        if len(self._channels) > REMEMBERED:
            now = self._now()
            self._channels = {name: free for name, free in self._channels.items() if free > now}
