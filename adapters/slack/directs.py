"""The direct messages of each person with the tutor."""

from __future__ import annotations

from bot.ports import Shelf

DIRECTS = "slack.dm"
REMEMBERED = 50_000


class Directs:
    """Which channel a person's direct messages with the tutor are, learned when Slack says so."""

    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf
        self._memory: dict[tuple[str, str], str] = {}

    async def known(self, community: str, user: str) -> str:
        """The channel's id, or empty while nobody has told."""
        kept = self._memory.get((community, user))
        if kept is None:
            shelved = await self._shelf.get(DIRECTS, f"{community}/{user}")
            kept = shelved.decode() if shelved else ""
            self._remember(community, user, kept)
        return kept

    async def learn(self, community: str, user: str, channel: str) -> None:
        """Keep what a payload or an answer of Slack said."""
        if channel.startswith("D") and await self.known(community, user) != channel:
            await self._shelf.put(DIRECTS, f"{community}/{user}", channel.encode())
            self._remember(community, user, channel)

    def _remember(self, community: str, user: str, channel: str) -> None:
        if len(self._memory) >= REMEMBERED:
            self._memory.clear()
        self._memory[community, user] = channel
