"""Slack's rate limits: turns are handed out so that nothing is asked faster than Slack allows.

One message a second in a channel; each method has a tier of calls a minute and workspace, whose whole
minute may be used as a burst. When Slack answers 429 all, the method rests for as long as Retry-After says.
"""

from __future__ import annotations

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
    """Tokens that refill evenly. `wait(now)` takes one and says how many seconds to wait for it."""

    def __init__(self, per_minute: float, burst: float) -> None:
        self._rate = per_minute / 60.0
        self._burst = burst
        self._tokens = burst
        self._at = 0.0

    def wait(self, now: float) -> float:
        """Seconds until the taken token is there; 0 when it is."""
        if self._at:
            self._tokens = min(self._burst, self._tokens + (now - self._at) * self._rate)
        self._at = now
        self._tokens -= 1
        return max(0.0, -self._tokens / self._rate)


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

    def delay(self, community: str, method: str, channel: str = "") -> float:
        """Take a turn and say in how many seconds it comes.

        With a channel, it is a turn to put a message there, too.
        """
        now = self._now()
        key = (community, method)
        if key not in self._buckets:
            per_minute = PER_MINUTE.get(method, OTHERS)
            self._buckets[key] = Bucket(per_minute, burst=per_minute)
        rest = self._resting.get(key, 0.0) - now
        wait = max(self._buckets[key].wait(now), rest)
        return max(wait, self._slot(channel, now + max(wait, 0.0)) - now) if channel else wait

    def rest(self, community: str, method: str, seconds: float) -> None:
        """Slack asked for a pause."""
        key = (community, method)
        self._resting[key] = max(self._resting.get(key, 0.0), self._now() + seconds)

    def _slot(self, channel: str, earliest: float) -> float:
        slot = max(self._channels.get(channel, 0.0), earliest)
        self._channels[channel] = slot + self._channel_seconds
        if len(self._channels) > REMEMBERED:
            now = self._now()
            self._channels = {name: at for name, at in self._channels.items() if at > now}
        return slot
