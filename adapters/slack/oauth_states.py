"""OAuth states on the shelf: each is valid once, for ten minutes."""

from __future__ import annotations

import datetime as dt
import logging
import secrets
from typing import Any

from slack_sdk.oauth.state_store.async_state_store import AsyncOAuthStateStore

from adapters.slack.library_log import LIBRARY
from bot.ports import Clock, Shelf

STATES = "slack.state"
LIFETIME = dt.timedelta(minutes=10)


class ShelfStates(AsyncOAuthStateStore):
    """The library's state store."""

    def __init__(self, shelf: Shelf, clock: Clock) -> None:
        self._shelf = shelf
        self._clock = clock

    @property
    def logger(self) -> logging.Logger:
        """The libraries' discreet logger."""
        return LIBRARY

    async def async_issue(self, *args: Any, **kwargs: Any) -> str:
        """A new state that nobody can guess."""
        state = secrets.token_urlsafe(32)
        await self._shelf.put(STATES, state, b"1", expires_at=self._clock.now() + LIFETIME)
        return state

    async def async_consume(self, state: str) -> bool:
        """Whether the state was issued and is used for the first time."""
        return await self._shelf.take(STATES, state) is not None
