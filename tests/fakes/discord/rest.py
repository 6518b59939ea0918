"""The fake's REST API: what a bot may ask, with the checks that Discord makes."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from aiohttp import web

from tests.fakes.discord import refusals
from tests.fakes.discord.command_rules import check_commands
from tests.fakes.discord.limits import Faults, Limits, answer, failed
from tests.fakes.discord.posting import POSTED_FLAGS, body_of, new_message, update_message
from tests.fakes.discord.refusals import Refusal, check
from tests.fakes.discord.world import (
    ANNOUNCEMENT,
    ANNOUNCEMENT_THREAD,
    ATTACH,
    CREATE_THREADS,
    DIRECT,
    FORUM,
    HISTORY,
    MANAGE_THREADS,
    PUBLIC_THREAD,
    SEND,
    SEND_IN_THREADS,
    TEXT,
    THREADS,
    VIEW,
    Channel,
    World,
    snowflake,
)

Handler = Callable[[web.Request, dict[str, Any]], Awaitable[Any]]


class Rest:
    """Serves the API. `requests` records route names in order; `posts` every message that was created."""

    def __init__(self, world: World, token: str, dispatch: Callable[..., Awaitable[None]]) -> None:
        self.world = world
        self.limits = Limits()
        self.faults = Faults()
        self.requests: list[str] = []
        self.posts: list[dict[str, Any]] = []
        self.commands: list[dict[str, Any]] = []
        self.refusals: list[str] = []
        self.agents: set[str] = set()
        self.gateway_url = ""
        self.shards = 1
        self.starts = 999
        self._token = token
        self._dispatch = dispatch
        self._nonces: dict[str, dict[str, Any]] = {}

    def routes(self) -> list[web.RouteDef]:
        """The routes below /api/v10."""
        table: list[tuple[str, str, str, Handler]] = [
            ("GET", "/users/@me", "me", self._me),
            ("GET", "/oauth2/applications/@me", "application", self._application),
            ("GET", "/gateway/bot", "gateway", self._gateway),
            ("PUT", "/applications/{id}/commands", "commands", self._commands),
            ("POST", "/users/@me/channels", "open_direct", self._open_direct),
            ("GET", "/guilds/{guild}/members/{user}", "member", self._member),
            ("GET", "/channels/{channel}", "channel", self._channel),
            ("PATCH", "/channels/{channel}", "change", self._change),
            ("POST", "/channels/{channel}/messages", "post", self._post),
            ("GET", "/channels/{channel}/messages", "history", self._history),
            ("PATCH", "/channels/{channel}/messages/{message}", "edit", self._edit),
            ("POST", "/channels/{channel}/messages/{message}/threads", "thread", self._thread),
            ("POST", "/channels/{channel}/threads", "forum_post", self._forum_post),
        ]
        return [web.route(m, f"/api/v10{path}", self.guarded(name, h)) for m, path, name, h in table]

    def guarded(self, name: str, handler: Handler, *, authorized: bool = True) -> Callable[..., Any]:
        """A handler behind the token, the limits, the planned failures and the refusals."""

        async def serve(request: web.Request) -> web.StreamResponse:
            self.requests.append(name)
            self.agents.add(agent := request.headers.get("User-Agent", ""))
            if not refusals.AGENT.match(agent):
                return answer({"code": refusals.BLOCKED_BY_CLOUDFLARE, "message": "blocked"}, 403)
            if authorized and request.headers.get("Authorization") != f"Bot {self._token}":
                return answer({"code": 0, "message": "401: Unauthorized"}, 401)
            passes, headers = self.limits.take(name, request.match_info.get("channel", ""))
            if not passes:
                return self.limits.refusal(headers)
            return await self._with_faults(name, handler, request, headers)

        return serve

    async def _with_faults(
        self, name: str, handler: Handler, request: web.Request, headers: dict[str, str]
    ) -> web.StreamResponse:
        fault = self.faults.next(name)
        if fault and not fault.after_effect:
            return await failed(request, fault)
        try:
            result = await handler(request, await body_of(request))
        except Refusal as refusal:
            self.refusals.append(f"{name}: {refusal}")
            return answer(refusal.body, refusal.status, headers | refusal.headers)
        if fault:
            return await failed(request, fault)
        if result is None:
            return web.Response(status=204, headers=headers)
        return answer(result, 200, headers)

    async def _me(self, request: web.Request, body: dict[str, Any]) -> Any:
        return self.world.bot.payload()

    async def _application(self, request: web.Request, body: dict[str, Any]) -> Any:
        bot = self.world.bot
        return {
            "id": str(bot.id),
            "name": bot.name,
            "icon": None,
            "description": "",
            "bot_public": True,
            "bot_require_code_grant": False,
            "verify_key": "0" * 64,
            "flags": 0,
            "owner": bot.payload(),
            "team": None,
            "summary": "",
        }

    async def _gateway(self, request: web.Request, body: dict[str, Any]) -> Any:
        limit = {"total": 1000, "remaining": self.starts, "reset_after": 0, "max_concurrency": 1}
        return {"url": self.gateway_url, "shards": self.shards, "session_start_limit": limit}

    async def _commands(self, request: web.Request, body: Any) -> Any:
        check_commands(body)
        self.commands = [dict(command, id=str(snowflake())) for command in body]
        return self.commands

    async def _open_direct(self, request: web.Request, body: dict[str, Any]) -> Any:
        check(isinstance(body["recipient_id"], str), "recipient_id", "not a snowflake")
        return self.world.direct_channel(self.world.users[int(body["recipient_id"])]).payload()

    async def _member(self, request: web.Request, body: dict[str, Any]) -> Any:
        guild = self.world.guilds[int(request.match_info["guild"])]
        user = guild.members.get(int(request.match_info["user"]))
        if user is None:
            raise Refusal(404, refusals.UNKNOWN_MEMBER, "Unknown Member")
        return guild.member(user)

    async def _channel(self, request: web.Request, body: dict[str, Any]) -> Any:
        return self._find(request).payload()

    async def _post(self, request: web.Request, body: dict[str, Any]) -> Any:
        channel = self._find(request)
        self._check_may_write(channel)
        if "message_reference" in body and not self._may(channel, HISTORY):
            raise Refusal(
                400, refusals.REPLY_NEEDS_HISTORY, "Cannot reply without permission to read history"
            )
        return await self.create_message(channel, body)

    async def _edit(self, request: web.Request, body: dict[str, Any]) -> Any:
        channel = self._find(request)
        message = channel.messages.get(int(request.match_info["message"]))
        if message is None:
            raise Refusal(404, refusals.UNKNOWN_MESSAGE, "Unknown Message")
        if message["author"]["id"] != str(self.world.bot.id):
            raise Refusal(403, refusals.NOT_AUTHOR, "Cannot edit a message authored by another user")
        if channel.archived:
            raise Refusal(400, refusals.ARCHIVED_THREAD, "Thread is archived")
        return update_message(message, body)

    async def _change(self, request: web.Request, body: dict[str, Any]) -> Any:
        channel = self._find(request)
        check(body == {"archived": False} and channel.type in THREADS, "archived", "only threads are woken")
        self._wake(channel)
        return channel.payload()

    async def _history(self, request: web.Request, body: dict[str, Any]) -> Any:
        channel = self._find(request)
        if not self._may(channel, VIEW):
            raise Refusal(403, refusals.MISSING_ACCESS, "Missing Access")
        if not self._may(channel, HISTORY):
            return []
        after, limit = int(request.query.get("after", 0)), int(request.query.get("limit", 50))
        later = sorted(id for id in channel.messages if id > after)[:limit]
        # Discord forgets the nonce of a message that it shows in a history.
        return [{k: v for k, v in channel.messages[id].items() if k != "nonce"} for id in reversed(later)]

    async def _thread(self, request: web.Request, body: dict[str, Any]) -> Any:
        channel, id = self._find(request), int(request.match_info["message"])
        if channel.type not in (TEXT, ANNOUNCEMENT):
            raise Refusal(400, refusals.WRONG_CHANNEL_TYPE, "Cannot execute action on this channel type")
        if id not in channel.messages:
            raise Refusal(404, refusals.UNKNOWN_MESSAGE, "Unknown Message")
        if not self._may(channel, CREATE_THREADS):
            raise Refusal(403, refusals.MISSING_PERMISSIONS, "Missing Permissions")
        if id in self.world.channels:
            raise Refusal(400, refusals.THREAD_EXISTS, "A thread has already been created for this message")
        if channel.full_of_threads:
            raise Refusal(400, refusals.TOO_MANY_THREADS, "Maximum number of active threads reached")
        check(1 <= len(body["name"]) <= 100, "name", "not 1 to 100 characters")
        type = ANNOUNCEMENT_THREAD if channel.type == ANNOUNCEMENT else PUBLIC_THREAD
        return (await self._open_thread(channel, id, type, body["name"])).payload()

    async def _forum_post(self, request: web.Request, body: dict[str, Any]) -> Any:
        forum = self._find(request)
        if forum.type != FORUM:
            raise Refusal(400, refusals.WRONG_CHANNEL_TYPE, "Cannot execute action on this channel type")
        self._check_may_write(forum, posting=True)
        if forum.require_tag and not body.get("applied_tags"):
            raise Refusal(
                400, refusals.TAG_REQUIRED, "A tag is required to create a forum post in this channel"
            )
        check(1 <= len(body["name"]) <= 100, "name", "not 1 to 100 characters")
        tags = body.get("applied_tags", [])
        check(
            len(tags) <= 5 and all(isinstance(tag, str) for tag in tags), "applied_tags", "not 5 snowflakes"
        )
        thread = await self._open_thread(forum, snowflake(), PUBLIC_THREAD, body["name"])
        message = await self.create_message(thread, body["message"], id=thread.id)
        return thread.payload() | {"message": message}

    async def create_message(
        self, channel: Channel, body: dict[str, Any], id: int | None = None
    ) -> dict[str, Any]:
        """A new message in a channel, or the one that has this nonce already."""
        nonce = str(body.get("nonce") or "")
        check(len(nonce) <= 25, "nonce", "over 25 characters")
        check(not body.get("flags", 0) & ~POSTED_FLAGS, "flags", "one that a post cannot have")
        if nonce and body.get("enforce_nonce") and nonce in self._nonces:
            # Discord compares with all messages of this author, in whatever channel they stand.
            return self._nonces[nonce]
        if body.get("attachments") and not self._may(channel, ATTACH):
            raise Refusal(403, refusals.MISSING_PERMISSIONS, "Missing Permissions")
        message = new_message(self.world, channel, body, id)
        channel.messages[int(message["id"])] = message
        self.posts.append(message)
        self._nonces[nonce] = message
        return message

    def forget_nonces(self) -> None:
        """Let the few minutes pass in which Discord drops repeated nonces."""
        self._nonces.clear()

    async def _open_thread(self, parent: Channel, id: int, type: int, name: str) -> Channel:
        thread = Channel(id, type, name, parent.guild, parent=parent, bot_id=self.world.bot.id)
        self.world.channels[id] = thread
        if parent.guild:
            parent.guild.channels[id] = thread
            await self._dispatch("THREAD_CREATE", thread.payload() | {"newly_created": True}, parent.guild.id)
        return thread

    def _find(self, request: web.Request) -> Channel:
        channel = self.world.channels.get(int(request.match_info["channel"]))
        if channel is None:
            raise Refusal(404, refusals.UNKNOWN_CHANNEL, "Unknown Channel")
        if channel.guild is not None and channel.guild.id not in self.world.guilds:
            raise Refusal(403, refusals.MISSING_ACCESS, "Missing Access")
        return channel

    def _may(self, channel: Channel, permission: int) -> bool:
        if channel.guild is None:
            return True
        place = channel.parent or channel
        return bool(channel.guild.permissions & ~place.denied & permission)

    def _check_may_write(self, channel: Channel, posting: bool = False) -> None:
        if channel.type == DIRECT and channel.recipient and not channel.recipient.accepts_direct:
            raise Refusal(403, refusals.CANNOT_MESSAGE_USER, "Cannot send messages to this user")
        if channel.type == FORUM and not posting:
            raise Refusal(400, refusals.FORUM_CHANNEL, "Cannot send messages in a forum channel")
        if not self._may(channel, VIEW):
            raise Refusal(403, refusals.MISSING_ACCESS, "Missing Access")
        if not self._may(channel, SEND_IN_THREADS if channel.type in THREADS else SEND):
            raise Refusal(403, refusals.MISSING_PERMISSIONS, "Missing Permissions")
        self._wake(channel)

    def _wake(self, channel: Channel) -> None:
        if channel.locked and not self._may(channel, MANAGE_THREADS):
            raise Refusal(400, refusals.ARCHIVED_THREAD, "Thread is archived")
        channel.archived = False
