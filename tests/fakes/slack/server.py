"""The server: Web API, response URLs, uploads, consent page, and the way to the program."""

from __future__ import annotations

import asyncio
import base64
import hashlib
import hmac
import json
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

import aiohttp
from aiohttp import web

from tests.fakes.slack import messages_api, other_api
from tests.fakes.slack.faults import Fault, Faults
from tests.fakes.slack.refusals import Refusal
from tests.fakes.slack.response_urls import ResponseUrls
from tests.fakes.slack.sockets import Sockets
from tests.fakes.slack.world import Channel, Install, Json, User, World

BOT_TOKEN = "-".join(["xoxb", "1", "test"])
APP_TOKEN = "-".join(["xapp", "1", "test"])
SECRET = "s" * 32
TRIGGER_SECONDS = 3.0

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
        if self.target:
            return await self._post(kind, payload, retry)
        name = await self.sockets.send(kind, payload, envelope=envelope, retry=retry)
        return Ack(200, await self.sockets.ack(name))

    async def _post(self, kind: str, payload: Json, retry: int) -> Ack:
        body, content = _encoded(kind, payload)
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
        arguments, token = await _arguments(request)
        call = Call(method, arguments, token, time.monotonic())
        self.calls.append(call)
        fault = self.faults.next(method)
        carried_out = fault is None or fault.done
        answer = self._answer(call) if carried_out else {"ok": False, "error": fault.error if fault else ""}
        call.error = "" if answer["ok"] else str(answer["error"])
        if fault is not None:
            await asyncio.sleep(fault.seconds)
            return await _failing(request, fault, answer)
        status, headers = (429, {"Retry-After": "1"}) if call.error == "ratelimited" else (200, {})
        if install := self.world.installs.get(token):
            headers["x-oauth-scopes"] = ",".join(sorted(install.scopes))
        return web.json_response(answer, status=status, headers=headers)

    def _answer(self, call: Call) -> Json:
        try:
            return {"ok": True} | self._called(call)
        except Refusal as refusal:
            return {"ok": False, "error": refusal.error} | refusal.more

    def _called(self, call: Call) -> Json:
        if call.method == "oauth.v2.access":
            return other_api.oauth_access(self.world, call.arguments)
        if call.method == "apps.connections.open":
            if call.token != APP_TOKEN:
                raise Refusal("invalid_auth")
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
            return await _failing(request, fault, {"ok": False, "error": fault.error})
        try:
            self.responses.use(request.match_info["id"], body)
        except Refusal as refusal:
            gone = refusal.error in ("used_url", "expired_url")
            return web.Response(text=refusal.error, status=404 if gone else 400)
        if fault is not None:
            return await _failing(request, fault, {"ok": True})
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
            return web.Response(status=302, headers={"Location": f"{self.base}/login"})
        return web.Response(body=upload.data)


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


def signed(body: str, secret: str = SECRET, at: float | None = None) -> dict[str, str]:
    """The headers with which Slack signs a body."""
    timestamp = str(int(time.time() if at is None else at))
    mac = hmac.new(secret.encode(), f"v0:{timestamp}:{body}".encode(), hashlib.sha256)
    return {"x-slack-request-timestamp": timestamp, "x-slack-signature": f"v0={mac.hexdigest()}"}


def _encoded(kind: str, payload: Json) -> tuple[str, str]:
    form = "application/x-www-form-urlencoded"
    if kind == "events_api":
        return json.dumps(payload), "application/json"
    if kind == "interactive":
        return urlencode({"payload": json.dumps(payload)}), form
    return urlencode({key: str(value) for key, value in payload.items()}), form


async def _arguments(request: web.Request) -> tuple[Json, str]:
    arguments: dict[str, Any] = dict(request.query)
    if request.content_type == "application/json":
        arguments |= await request.json()
    elif request.can_read_body:
        arguments |= dict(await request.post())
    scheme, _, value = request.headers.get("Authorization", "").partition(" ")
    if scheme == "Basic":
        name, _, secret = base64.b64decode(value).decode().partition(":")
        return arguments | {"client_id": name, "client_secret": secret}, ""
    return arguments, value or str(arguments.pop("token", ""))


async def _failing(request: web.Request, fault: Fault, answer: Json) -> web.StreamResponse:
    if fault.drop:
        assert request.transport is not None
        request.transport.abort()
        return web.Response()
    headers = {"Retry-After": str(fault.retry_after)} if fault.status == 429 else {}
    if fault.status >= 500:
        return web.Response(status=fault.status, text="<html>upstream</html>", content_type="text/html")
    return web.json_response(answer, status=fault.status, headers=headers)
