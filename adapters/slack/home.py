"""The App Home tab: the person's own page, published when they open it and after what they press there."""

from __future__ import annotations

from adapters.slack.api import SlackApi
from adapters.slack.outbox import Outbox
from adapters.slack.render import home_view
from adapters.slack.workspaces import Workspace
from bot.commands.desk import Desk
from bot.model.people import Caller


class Home:
    """Publishes the desk's page."""

    def __init__(self, desk: Desk, api: SlackApi, outbox: Outbox) -> None:
        self._desk = desk
        self._api = api
        self._outbox = outbox

    def refresh(self, workspace: Workspace, caller: Caller) -> None:
        """Queue the page; when there is no room, the next opening of the tab brings it."""
        self._outbox.offer(caller.person.id, lambda: self._publish(workspace, caller))

    async def _publish(self, workspace: Workspace, caller: Caller) -> None:
        page = await self._desk.home(caller)
        arguments = {"user_id": caller.person.id, "view": home_view(page)}
        await self._api.call(workspace.token, workspace.community, "views.publish", arguments)
