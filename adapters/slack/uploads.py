"""Pictures and files, shared to one conversation."""

from __future__ import annotations

import json
from collections.abc import Sequence

from adapters.slack.api import SlackApi
from adapters.slack.blocks import Json
from adapters.slack.workspaces import Workspace
from bot.messages import File, Picture

ALT_TEXT = 1_000


class Uploads:
    """Slack's three steps: ask where to, put the bytes there, share all of them at once."""

    def __init__(self, api: SlackApi) -> None:
        self._api = api

    async def share(
        self, workspace: Workspace, channel: str, parts: Sequence[Picture | File], thread: str = ""
    ) -> None:
        """Share the files in a channel or a thread. Raises SlackError; nothing is shared then."""
        files = [await self._put(workspace, part) for part in parts]
        arguments: Json = {"files": json.dumps(files), "channel_id": channel}
        if thread:
            arguments["thread_ts"] = thread
        await self._call(workspace, "files.completeUploadExternal", arguments)

    async def _put(self, workspace: Workspace, part: Picture | File) -> Json:
        arguments: Json = {"filename": part.name, "length": len(part.data)}
        if isinstance(part, Picture):
            arguments["alt_txt"] = part.alt[:ALT_TEXT]
        place = await self._call(workspace, "files.getUploadURLExternal", arguments)
        await self._api.upload(place["upload_url"], part.data)
        return {"id": place["file_id"], "title": part.name}

    async def _call(self, workspace: Workspace, method: str, arguments: Json) -> Json:
        return await self._api.call(workspace.token, workspace.community, method, arguments)
