"""Files that people hand in with a modal: found by their ids, fetched with the bot's token, within bounds."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from adapters.slack import words
from adapters.slack.api import SlackApi
from adapters.slack.errors import SlackError
from adapters.slack.payloads import inner, items, text
from adapters.slack.render_forms import ANSWER
from adapters.slack.workspaces import Workspace
from bot.messages import Upload, UploadError


class Downloads:
    """Fetches what was handed in. Wants the scope files:read."""

    def __init__(self, api: SlackApi) -> None:
        self._api = api

    def of(self, workspace: Workspace, view: Mapping[str, Any]) -> dict[str, Upload]:
        """The files of a submitted modal by the names of their fields; nothing is fetched yet."""
        return {name: self._upload(workspace, file) for name, file in handed_in(view).items()}

    def _upload(self, workspace: Workspace, file: Mapping[str, Any]) -> Upload:
        number = str(file.get("id", ""))

        async def read() -> bytes:
            try:
                return await self._fetch(workspace, number)
            except SlackError as error:
                raise UploadError(words.file_unreachable()) from error

        return Upload(str(file.get("name") or ""), _size(file), read)

    async def _fetch(self, workspace: Workspace, number: str) -> bytes:
        answer = await self._api.call(workspace.token, workspace.community, "files.info", {"file": number})
        file = answer.get("file")
        address = text(file, "url_private_download", "url_private") if isinstance(file, dict) else ""
        return await self._api.download(workspace.token, address)


def handed_in(view: Mapping[str, Any]) -> dict[str, Mapping[str, Any]]:
    """The first file of each field of a submitted modal, by the field's name, as Slack describes it."""
    answers = inner(inner(view, "state"), "values")
    found = {name: items(inner(answer, ANSWER), "files") for name, answer in answers.items()}
    return {name: files[0] for name, files in found.items() if files}


def _size(file: Mapping[str, Any]) -> int:
    size = file.get("size")
    return size if isinstance(size, int) else 0
