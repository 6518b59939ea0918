"""Looking for a message by its metadata, in a channel and in the threads below the tutor's own messages."""

from __future__ import annotations

import datetime as dt
from collections.abc import AsyncIterator, Mapping
from typing import Any

from adapters.slack.api import SlackApi
from adapters.slack.blocks import Json
from adapters.slack.errors import UnknownError
from adapters.slack.workspaces import Workspace

PAGE = 100
PAGES = 20
OVERLAP = dt.timedelta(minutes=2)
"""Slack's clock and ours need not agree."""
PARENTS = dt.timedelta(days=8)
"""How much older than its newest reply a question may be."""

Message = Mapping[str, Any]


class History:
    """What stands in one channel."""

    def __init__(self, api: SlackApi, workspace: Workspace, channel: str) -> None:
        self._api = api
        self._workspace = workspace
        self._channel = channel

    async def find(self, event_type: str, nonce: str, since: dt.datetime) -> Message | None:
        """The message with this metadata, posted since then. Raises SlackError, also when there is too
        much to look through."""
        oldest = since - OVERLAP
        async for message in self._pages("conversations.history", {}, oldest):
            if _marked(message, event_type, nonce):
                return message
        async for parent in self._pages("conversations.history", {}, oldest - PARENTS):
            if self._answered_since(parent, oldest):
                found = await self._reply(str(parent["ts"]), event_type, nonce, oldest)
                if found:
                    return found
        return None

    async def _reply(self, parent: str, event_type: str, nonce: str, oldest: dt.datetime) -> Message | None:
        async for message in self._pages("conversations.replies", {"ts": parent}, oldest):
            if _marked(message, event_type, nonce):
                return message
        return None

    def _answered_since(self, parent: Message, oldest: dt.datetime) -> bool:
        ours = (
            parent.get("bot_id") == self._workspace.bot_id or parent.get("user") == self._workspace.bot_user
        )
        return ours and float(parent.get("latest_reply") or 0) >= oldest.timestamp()

    async def _pages(self, method: str, more: Json, oldest: dt.datetime) -> AsyncIterator[Message]:
        arguments: Json = more | {
            "channel": self._channel,
            "oldest": f"{oldest.timestamp():.6f}",
            "limit": PAGE,
            "include_all_metadata": True,
        }
        token, community = self._workspace.token, self._workspace.community
        for _ in range(PAGES):
            page = await self._api.call(token, community, method, arguments)
            for message in page.get("messages", []):
                yield message
            cursor = (page.get("response_metadata") or {}).get("next_cursor")
            if not cursor:
                return
            arguments = arguments | {"cursor": cursor}
        raise UnknownError(method, "history_too_long")


def _marked(message: Message, event_type: str, nonce: str) -> bool:
    metadata = message.get("metadata") or {}
    payload = metadata.get("event_payload") or {}
    return bool(metadata.get("event_type") == event_type and payload.get("nonce") == nonce)
