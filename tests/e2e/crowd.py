"""People who answer every question of the day as soon as they see it, and press again when nothing came."""

from __future__ import annotations

import asyncio
import random
import time
from collections import Counter

from tests.e2e.balanced import BalancedSlack, press
from tests.fakes.slack import Channel, Human, Message, User
from tests.fakes.slack.block_rules import elements

TRIES = 60
# Longer than the lease of a post whose claimer died.
PATIENCE = 240.0
NOT_TAKEN = ("not taken", "not done")
VERDICTS = "✅❌"


class Crowd:
    """A few people in many channels. `acknowledged` counts what Slack was told, by channel and person."""

    def __init__(self, slack: BalancedSlack, size: int, rng: random.Random) -> None:
        self._slack = slack
        self._rng = rng
        self._users = [User(f"UP{number}", f"Person {number}") for number in range(size)]
        self._tasks: set[asyncio.Task[None]] = set()
        self.acknowledged: Counter[tuple[str, str]] = Counter()
        self.pressed = 0

    def watch(self, channel: Channel) -> None:
        """Let everybody answer what is asked in a channel."""
        for user in self._users:
            delay = self._rng.uniform(0, 1.5)
            twice = self._rng.random() < 0.2
            label = self._rng.choice("ABC")
            task = asyncio.create_task(self._answer(Human(self._slack, user, channel), delay, twice, label))
            self._tasks.add(task)

    async def rest(self, seconds: float | None = None) -> None:
        """Wait until everybody has done what they wanted, or so long. Raises what anybody of them met with."""
        if self._tasks:
            done, _ = await asyncio.wait(self._tasks, timeout=seconds)
            await asyncio.gather(*done)

    def taken(self) -> set[tuple[str, str]]:
        """Channel and person of the answers that were acknowledged and not refused in words."""
        refused = self.refused()
        return {key for key, count in self.acknowledged.items() if count > refused[key]}

    def refused(self) -> Counter[tuple[str, str]]:
        """How often people were told that an answer was not taken, by channel and person."""
        return Counter(
            (message.channel, message.to)
            for message in self._slack.world.messages
            if message.to and any(words in message.text for words in NOT_TAKEN)
        )

    def judged(self) -> set[tuple[str, str]]:
        """Channel and person of the answers whose verdict was shown."""
        return {(message.channel, message.to) for message in self._slack.world.messages
                if message.to and message.text[:1] in VERDICTS}  # fmt: skip

    async def _answer(self, person: Human, delay: float, twice: bool, label: str) -> None:
        message = await self._question(person.channel)
        if message is None:
            return
        await asyncio.sleep(delay)
        for _ in range(TRIES):
            if not _can_press(message, label):
                return
            presses = [self._press(person, message, label) for _ in range(2 if twice else 1)]
            if any(await asyncio.gather(*presses)):
                return
            await asyncio.sleep(0.3)

    async def _press(self, person: Human, message: Message, label: str) -> bool:
        self.pressed += 1
        done = await press(person, message, label)
        self.acknowledged[person.channel.id, person.user.id] += done
        return done

    async def _question(self, channel: Channel) -> Message | None:
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            found = [m for m in self._slack.world.shown(channel.id) if m.metadata and not m.thread]
            if found:
                return found[0]
            await asyncio.sleep(0.2)
        return None


def _can_press(message: Message, label: str) -> bool:
    return any(e.get("text", {}).get("text") == label for e in elements(message.blocks))
