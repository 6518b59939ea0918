"""A Slack that speaks to several replicas through a balancer, and people who press again when nothing came."""

from __future__ import annotations

import asyncio

import aiohttp

from tests.fakes.slack import FakeSlack, Fault, Human, Message

GIVE_UP = 10.0


class BalancedSlack(FakeSlack):
    """The fake Slack over HTTP; each payload goes to the next replica that accepts connections.

    As with a real balancer a request that was under way when its replica died is not sent again: nobody
    knows what came of it.
    """

    def __init__(self) -> None:
        super().__init__()
        self.target = "http"
        self.targets: list[str] = []
        self._next = 0
        # As long as a real platform takes, so that there are instants at which a post is made and not noted yet.
        self._slow = tuple(Fault(done=True, seconds=seconds) for seconds in (0.05, 0.1, 0.1, 0.2, 0.2, 0.4))
        self.faults.kinds = self._slow * 4 + (Fault(done=True, drop=True), Fault(status=503))
        self.faults.share = 1.0

    def recover(self) -> None:
        """No call fails any more; they only take their time."""
        self.faults.kinds = self._slow

    async def _post(self, kind: str, payload: dict[str, object], retry: int):  # type: ignore[no-untyped-def]
        for _ in range(len(self.targets)):
            self._next = (self._next + 1) % len(self.targets)
            self.target = self.targets[self._next]
            try:
                return await super()._post(kind, payload, retry)
            except aiohttp.ClientConnectorError:
                await asyncio.sleep(0)
        raise ConnectionRefusedError


async def press(person: Human, message: Message, label: str) -> bool:
    """Press a button once; whether it was acknowledged."""
    try:
        async with asyncio.timeout(GIVE_UP):
            return (await person.press(message, label)).status == 200
    except (aiohttp.ClientError, OSError, TimeoutError):
        return False
