"""The server: Web API, response URLs, uploads, consent page, and the way to the program."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Callable
from dataclasses import dataclass, field

import aiohttp
from aiohttp import web

from tests.fakes.slack import messages_api, other_api
from tests.fakes.slack.call_rules import check_arguments, check_request
from tests.fakes.slack.faults import Faults
from tests.fakes.slack.refusals import Refusal
from tests.fakes.slack.response_urls import ResponseUrls
from tests.fakes.slack.sockets import Sockets
from tests.fakes.slack.wire import SECRET, arguments_of, encoded, failing, signed
from tests.fakes.slack.world import Channel, Install, Json, User, World

BOT_TOKEN = "-".join(["xoxb", "1", "test"])
APP_TOKEN = "-".join(["xapp", "1", "test"])
TRIGGER_SECONDS = 3.0
UNASKED = {"token": "old", "is_ext_shared_channel": False, "something_new": {"of": [1, None, "x"]}}
"""What stands in payloads beside what anybody needs; Slack adds fields without notice."""
MALFORMED = frozenset({"invalid_arg_name", "invalid_form_data", "invalid_post_type", "missing_post_type"})
"""Refusals that only a fault of the program brings about."""

NEEDED = {
    "chat.postMessage": "chat:write",
    "chat.postEphemeral": "chat:write",
    "chat.update": "chat:write",
    "users.info": "users:read",
    "conversations.info": "channels:read",
    "files.getUploadURLExternal": "files:write",
    "files.info": "files:read",
    "files.completeUploadExternal": "files:write",
}

Method = Callable[[World, Install, Json], Json]


@dataclass(slots=True)
class Call:
    """A call that was answered, or refused with `error`."""

    method: str
    arguments: Json
    token: str
    at: float
    error: str = ""


@dataclass(slots=True)
class Ack:
    """How a payload was acknowledged. In Socket Mode `status` is always 200."""

    status: int
    body: Json = field(default_factory=dict)


class FakeSlack:
    """Slack on a free port of 127.0.0.1, from `start` to `stop`."""

    def __init__(self, port: int = 0) -> None:
        self.world = World()
        self.faults = Faults()
        self.sockets = Sockets()
        self.responses = ResponseUrls(self.world)
        self.calls: list[Call] = []
        self.triggers: dict[str, float] = {}
        self.channel_pace = 0.0
        self.connections_a_minute = 999
        self.target = ""
        self._port = port
        self._last: dict[str, float] = {}
        self._runner: web.AppRunner | None = None
        self._http: aiohttp.ClientSession | None = None
        self.world.installs[BOT_TOKEN] = Install(BOT_TOKEN)
        self.world.users["UBOT"] = User("UBOT", "Cloudlark", bot=True)

    @property
    def base(self) -> str:
        """The server's address."""
        return f"http://127.0.0.1:{self._port}"

    @property
    def settings(self) -> dict[str, str]:
        """Settings with which the program finds it, in Socket Mode or, with `target`, over HTTP."""
        way = {"SLACK_SIGNING_SECRET": SECRET} if self.target else {"SLACK_APP_TOKEN": APP_TOKEN}
        return {"SLACK_BOT_TOKEN": BOT_TOKEN, "SLACK_API_URL": f"{self.base}/api/"} | way

    async def start(self) -> FakeSlack:
        """Listen."""
        app = web.Application(client_max_size=64 << 20)
        app.router.add_route("*", "/api/{method}", self._api)
        app.router.add_get("/socket", self.sockets.serve)
        app.router.add_post("/respond/{id}", self._respond)
        app.router.add_post("/upload/{id}", self._upload)
        app.router.add_get("/files/{id}", self._file)
        app.router.add_get("/login", self._login)
        self._runner = web.AppRunner(app, shutdown_timeout=0.5)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", self._port)
        await site.start()
        self._port = self._runner.addresses[0][1]
        self._http = aiohttp.ClientSession()
        return self

    async def stop(self) -> None:
        """Go away."""
        if self._http is not None:
            await self._http.close()
        self.sockets.cut(99)
        if self._runner is not None:
            await self._runner.cleanup()

    def add_user(self, user: User) -> User:
        """Let a person exist."""
        self.world.users[user.id] = user
        return user

    def add_channel(self, channel: Channel) -> Channel:
        """Let a channel exist."""
        self.world.channels[channel.id] = channel
        return channel

    def of(self, method: str) -> list[Call]:
        """The calls of a method so far."""
        return [call for call in self.calls if call.method == method]

    def trigger(self) -> str:
        """A trigger that opens one modal within three seconds."""
        name = f"{self.world.number()}.trigger"
        self.triggers[name] = time.monotonic()
        return name

    async def deliver(self, kind: str, payload: Json, *, retry: int = 0, envelope: str = "") -> Ack:
        """Bring the program a payload and wait for its acknowledgement.

        `kind` is events_api, interactive or slash_commands.
        """
        payload = UNASKED | payload
        if self.target:
            return await self._post(kind, payload, retry)
        name = await self.sockets.send(kind, payload, envelope=envelope, retry=retry)
        return Ack(200, await self.sockets.ack(name))

    async def _post(self, kind: str, payload: Json, retry: int) -> Ack:
        body, content = encoded(kind, payload)
        headers = signed(body) | {"Content-Type": content}
        if retry:
            headers |= {"x-slack-retry-num": str(retry), "x-slack-retry-reason": "http_timeout"}
        assert self._http is not None
        async with self._http.post(self.target, data=body, headers=headers) as answer:
            text = await answer.text()
        try:
            return Ack(answer.status, json.loads(text) if text else {})
        except ValueError:
            return Ack(answer.status, {"text": text})

    async def _api(self, request: web.Request) -> web.StreamResponse:
        method = request.match_info["method"]
        arguments, token = await arguments_of(request)
        call = Call(method, arguments, token, time.monotonic())
        self.calls.append(call)
        fault = self.faults.next(method)
        carried_out = fault is None or fault.done
        refused = {"ok": False, "error": fault.error if fault else ""}
        answer = self._answer(call, request) if carried_out else refused
        call.error = "" if answer["ok"] else str(answer["error"])
        if fault is not None:
            await asyncio.sleep(fault.seconds)
            return await failing(request, fault, answer)
        status, headers = (429, {"Retry-After": "1"}) if call.error == "ratelimited" else (200, {})
        if install := self.world.installs.get(token):
            headers["x-oauth-scopes"] = ",".join(sorted(install.scopes))
        return web.json_response(answer, status=status, headers=headers)

    def _answer(self, call: Call, request: web.Request) -> Json:
        try:
            check_request(request, call.method)
            check_arguments(call.method, call.arguments)
            return {"ok": True} | self._called(call)
        except Refusal as refusal:
            if refusal.error in MALFORMED:
                self.world.refusals.append((call.method, refusal.error, [str(refusal.more)]))
            return {"ok": False, "error": refusal.error} | refusal.more

    def _called(self, call: Call) -> Json:
        if call.method == "oauth.v2.access":
            return other_api.oauth_access(self.world, call.arguments)
        if call.method == "apps.connections.open":
            if call.token != APP_TOKEN:
                raise Refusal("invalid_auth")
            if (
                len([one for one in self.of(call.method) if call.at - one.at < 60])
                > self.connections_a_minute
            ):
                raise Refusal("ratelimited")
            return {"url": f"ws://127.0.0.1:{self._port}/socket?ticket={self.sockets.ticket()}"}
        install = self._install(call)
        self._pace(call)
        if call.method == "views.open":
            self._use_trigger(str(call.arguments.get("trigger_id", "")))
        methods = _METHODS | {
            "files.getUploadURLExternal": other_api.upload_url(lambda: self.base),
            "files.info": other_api.files_info(lambda: self.base),
        }
        if call.method not in methods:
            raise Refusal("unknown_method")
        return methods[call.method](self.world, install, call.arguments)

    def _install(self, call: Call) -> Install:
        if not call.token:
            raise Refusal("not_authed")
        install = self.world.installs.get(call.token)
        if install is None:
            raise Refusal("invalid_auth")
        if install.lost:
            raise Refusal(install.lost)
        needed = NEEDED.get(call.method)
        if needed and needed not in install.scopes:
            raise Refusal("missing_scope", needed=needed, provided=",".join(sorted(install.scopes)))
        return install

    def _pace(self, call: Call) -> None:
        if call.method != "chat.postMessage" or not self.channel_pace:
            return
        channel = str(call.arguments.get("channel", ""))
        if call.at - self._last.get(channel, -99.0) < self.channel_pace:
            raise Refusal("ratelimited")
        self._last[channel] = call.at

    def _use_trigger(self, trigger: str) -> None:
        made = self.triggers.get(trigger)
        if made is None:
            raise Refusal("invalid_trigger_id")
        if made < 0:
            raise Refusal("exchanged_trigger_id")
        self.triggers[trigger] = -1.0
        if time.monotonic() - made > TRIGGER_SECONDS:
            raise Refusal("expired_trigger_id")

    async def _respond(self, request: web.Request) -> web.StreamResponse:
        body = await request.json()
        self.calls.append(Call("response_url", body, "", time.monotonic()))
        fault = self.faults.next("response_url")
        if fault is not None and not fault.done:
            return await failing(request, fault, {"ok": False, "error": fault.error})
        try:
            self.responses.use(request.match_info["id"], body)
        except Refusal as refusal:
            # Slack says it in either way: a status with a bare word, or a good status with an error inside.
            gone = refusal.error in ("used_url", "expired_url")
            if gone:
                return web.Response(text=refusal.error, status=404)
            return web.json_response({"ok": False, "error": refusal.error})
        if fault is not None:
            return await failing(request, fault, {"ok": True})
        return web.Response(text="ok")

    async def _upload(self, request: web.Request) -> web.Response:
        upload = self.world.uploads.get(request.match_info["id"])
        if upload is None:
            return web.Response(status=404)
        upload.data = await request.read()
        return web.Response(text=f"OK - {len(upload.data)}")

    async def _file(self, request: web.Request) -> web.Response:
        upload = self.world.handed.get(request.match_info["id"])
        token = request.headers.get("Authorization", "").removeprefix("Bearer ")
        if upload is None or token not in self.world.installs:
            # Slack sends whoever has no right to a file to its login page.
            return web.Response(status=302, headers={"Location": "/login"})
        if "from" not in request.query:
            return web.Response(status=302, headers={"Location": f"/files/{upload.id}?from=here"})
        return web.Response(body=upload.data)

    async def _login(self, request: web.Request) -> web.Response:
        return web.Response(text="<html>Sign in to Example</html>", content_type="text/html")


_METHODS: dict[str, Method] = {
    "auth.test": other_api.auth_test,
    "chat.postMessage": messages_api.post_message,
    "chat.postEphemeral": messages_api.post_ephemeral,
    "chat.update": messages_api.update,
    "conversations.history": messages_api.history,
    "conversations.replies": messages_api.replies,
    "conversations.info": other_api.conversations_info,
    "users.info": other_api.users_info,
    "views.open": other_api.views_open,
    "views.publish": other_api.views_publish,
    "files.completeUploadExternal": other_api.complete_upload,
}
