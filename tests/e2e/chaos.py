"""Replicas killed at random instants under a burst of answers and due posts, and what is left of it.

`python -m tests.e2e.chaos [kills] [sqlite|postgresql] [seed]` runs it for long and prints the tally.
"""

from __future__ import annotations

import asyncio
import json
import random
import sys
import tempfile
import time
import warnings
from collections.abc import Callable
from contextlib import ExitStack, suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path

from sqlalchemy import Connection
from sqlalchemy.exc import OperationalError

from bot.bank.loading import load
from bot.storage.store import Store, open_store
from tests.e2e import ground
from tests.e2e.balanced import BalancedSlack
from tests.e2e.crowd import Crowd
from tests.e2e.replicas import Replica, small_content
from tests.e2e.verdict import faults_of
from tests.fakes.slack import Channel
from tests.support.postgres import running_postgres

# All channels are in one workspace, which takes less than a reveal a second.
SETTLE_SECONDS = 900
AFTERWARDS = 10
LOCKED = 5


@dataclass
class Tally:
    """What was done to the program, and what came of it. With no faults all promises were kept."""

    database: str
    replicas: int
    seed: int
    kills: int = 0
    restarts: int = 0
    presses: int = 0
    acknowledged: int = 0
    attempts: int = 0
    refused: int = 0
    refused_unheard: int = 0
    posts: int = 0
    looked_up: int = 0
    seconds: float = 0.0
    faults: list[str] = field(default_factory=list)


class Chaos:
    """One experiment on one database. `restart` restarts the database, where it is a server."""

    def __init__(
        self, folder: Path, url: str, replicas: int, seed: int, restart: Callable[[str], None] | None = None
    ) -> None:
        self._content = small_content(folder / "content")
        self._url = url
        self._rng = random.Random(seed)
        self._restart = restart
        self._slack = BalancedSlack()
        self._number = replicas
        self._folder = folder
        self._asked: list[str] = []
        self.tally = Tally(url.split(":", maxsplit=1)[0], replicas, seed)

    async def run(self, kills: int, people: int = 10) -> Tally:
        """Kill so often, let everything come to rest, and judge."""
        began = time.monotonic()
        await self._slack.start()
        store = await open_store(self._url)
        bank = load([self._content])
        await store.write(lambda db: ground.last_week(db, bank))
        replicas = [
            Replica(self._folder / f"replica{n}", self._url, self._content, self._slack)
            for n in range(self._number)
        ]
        crowd = Crowd(self._slack, people, self._rng)
        try:
            await asyncio.gather(*(replica.start() for replica in replicas))
            for number in range(kills):
                await self._cycle(store, replicas, crowd, number)
            await self._rest(store, replicas, crowd)
            await self._judge(store, crowd, sum(replica.refusals() for replica in replicas))
        finally:
            for replica in replicas:
                if replica.process is not None and replica.process.returncode is None:
                    await replica.kill()
            await store.close()
            await self._slack.stop()
        self.tally.seconds = round(time.monotonic() - began, 1)
        return self.tally

    async def _cycle(self, store: Store, replicas: list[Replica], crowd: Crowd, number: int) -> None:
        rng = self._rng
        before = self._asked[-2 * self._number :]
        due = [(f"CQ{number}X{n}", "question", rng.uniform(0, 1)) for n in range(self._number)]
        due += [(f"CB{number}", "board", rng.uniform(0, 1))] if number % 4 == 0 else []
        for channel, kind, _ in due:
            place = self._slack.add_channel(Channel(channel))
            if kind == "question":
                self._asked.append(channel)
                crowd.watch(place)
        await _write(store, lambda db: ground.make_due(db, due))
        seconds = rng.uniform(0, 2)
        await _write(store, lambda db: ground.end_windows(db, before, seconds))
        victim = rng.choice(replicas)
        await self._instant(number)
        if self._restart is not None and number % 5 == 4:
            await asyncio.gather(self._kill(victim), self._restart_database())
        else:
            await self._kill(victim)
        await victim.start()

    async def _instant(self, number: int) -> None:
        """Any instant, or every second time one at which a post is on its way."""
        if number % 2:
            await asyncio.sleep(self._rng.uniform(0.1, 2.0))
            return
        before, end = self._posts_sent(), time.monotonic() + 4
        while self._posts_sent() == before and time.monotonic() < end:
            await asyncio.sleep(0.01)

    def _posts_sent(self) -> int:
        return len(self._slack.of("chat.postMessage"))

    async def _kill(self, victim: Replica) -> None:
        await asyncio.sleep(self._rng.uniform(0, 0.3))
        await victim.kill()
        self.tally.kills += 1

    async def _restart_database(self) -> None:
        assert self._restart is not None
        mode = self._rng.choice(("fast", "immediate"))
        await asyncio.sleep(self._rng.uniform(0, 0.3))
        await asyncio.to_thread(self._restart, mode)
        self.tally.restarts += 1

    async def _rest(self, store: Store, replicas: list[Replica], crowd: Crowd) -> None:
        """Everybody has answered; then every lease of the dead has ended and every window is over."""
        self._slack.recover()
        await crowd.rest(AFTERWARDS)
        for replica in replicas:
            assert await replica.stop() == 0, replica.log[-5000:]
        await store.write(ground.let_leases_end)
        await asyncio.gather(*(replica.start() for replica in replicas))
        await self._quiet(store)
        await crowd.rest()
        await _write(store, lambda db: ground.end_windows(db, self._asked, 0))
        await asyncio.sleep(3)
        await self._quiet(store)
        for replica in replicas:
            assert await replica.stop() == 0, replica.log[-5000:]

    async def _quiet(self, store: Store) -> None:
        end = time.monotonic() + SETTLE_SECONDS
        while any(await ground.due_and_open(store)) and time.monotonic() < end:
            await asyncio.sleep(0.3)

    async def _judge(self, store: Store, crowd: Crowd, refusals: int) -> None:
        """A refusal is a word that can die with its process; an answer that was taken cannot."""
        tally, world = self.tally, self._slack.world
        found = await store.read(ground.answerers)
        tally.presses = crowd.pressed
        tally.attempts = sum(found.values())
        tally.refused = refusals
        taken = crowd.taken()
        unheard = {key for key in taken - found.keys() if key not in crowd.judged()}
        if len(unheard) <= refusals - crowd.refused().total():
            tally.refused_unheard = len(unheard)
            taken -= unheard
        tally.acknowledged = len(taken)
        tally.posts = len(world.nonces())
        tally.looked_up = len(self._slack.of("conversations.history"))
        tally.faults = await faults_of(store, load([self._content]), world, taken, self._asked)


async def _write(store: Store, work: Callable[[Connection], None]) -> None:
    """Write beside a busy program: SQLite's lock is not fair, and the program has it most of the time."""
    for _ in range(LOCKED):
        with suppress(OperationalError):
            return await store.write(work)
    return await store.write(work)


def main() -> None:
    """Run it for long and print the tally as JSON; the exit code tells whether it has faults."""
    warnings.simplefilter("ignore")
    given = [*sys.argv[1:], *("200", "postgresql", "1")[len(sys.argv) - 1 :]]
    kills, database, seed = int(given[0]), given[1], int(given[2])
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="cloudlark-chaos-")))
        if database == "sqlite":
            chaos = Chaos(folder, f"sqlite:///{folder / 'chaos.db'}", 1, seed)
        else:
            server = stack.enter_context(running_postgres())
            chaos = Chaos(folder, server.database(), 3, seed, server.restart)
        tally = asyncio.run(chaos.run(kills))
    print(json.dumps(asdict(tally), indent=2))
    sys.exit(bool(tally.faults))


if __name__ == "__main__":
    main()
