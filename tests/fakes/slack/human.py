"""Somebody who uses Slack: types, presses, fills in, and looks at what is shown."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

from tests.fakes.slack.block_rules import elements
from tests.fakes.slack.text_rules import spoken
from tests.fakes.slack.world import Channel, Json, Message, Upload, User

if TYPE_CHECKING:
    from tests.fakes.slack.server import Ack, FakeSlack


class Human:
    """A user of the fake, in one channel unless another is named."""

    def __init__(self, slack: FakeSlack, user: User, channel: Channel | None = None) -> None:
        self.slack = slack
        self.user = slack.add_user(user)
        self.channel = channel or slack.world.direct(user.id)
        self.channel.people.add(user.id)

    def sees(self, channel: str = "") -> list[Message]:
        """The messages that this person sees, oldest first."""
        return self.slack.world.shown(channel or self.channel.id, self.user.id)

    async def command(self, text: str, channel: Channel | None = None) -> Ack:
        """Type a slash command; what the acknowledgement says is shown at once."""
        word, _, rest = text.partition(" ")
        where = channel or self.channel
        payload = {
            "command": word,
            "text": rest,
            "team_id": "T1",
            "team_domain": "example",
            "channel_id": where.id,
            "channel_name": where.name,
            "user_id": self.user.id,
            "user_name": self.user.name,
            "api_app_id": "A1",
            "is_enterprise_install": "false",
            "response_url": self._url(where.id, None),
            "trigger_id": self.slack.trigger(),
        }
        ack = await self.slack.deliver("slash_commands", payload)
        if ack.body.get("text") or ack.body.get("blocks"):
            self._show(where, ack.body)
        return ack

    async def press(self, message: Message, label: str, **deliver: Any) -> Ack:
        """Press the button with this label in a message."""
        return await self.slack.deliver("interactive", self.click_payload(message, label), **deliver)

    def click_payload(self, message: Message, label: str) -> Json:
        """What Slack sends when the button with this label is pressed."""
        ephemeral = {"is_ephemeral": message.ephemeral}
        thread = {"thread_ts": message.thread} if message.thread else {}
        payload: Json = {
            "type": "block_actions",
            "user": self._me(),
            "api_app_id": "A1",
            "container": {
                "type": "message",
                "message_ts": message.ts,
                "channel_id": message.channel,
                **ephemeral,
                **thread,
            },
            "trigger_id": self.slack.trigger(),
            "team": {"id": "T1", "domain": "example"},
            "enterprise": None,
            "is_enterprise_install": False,
            "channel": {"id": message.channel, "name": "general"},
            "state": {"values": {}},
            "response_url": self._url(message.channel, message),
            "actions": [self._action(message.blocks, label)],
        }
        return payload if message.ephemeral else payload | {"message": {"ts": message.ts, **thread}}

    async def press_home(self, label: str) -> Ack:
        """Press a button on the Home tab."""
        view = self.slack.world.homes[self.user.id]
        return await self.slack.deliver(
            "interactive",
            {
                "type": "block_actions",
                "user": self._me(),
                "api_app_id": "A1",
                "container": {"type": "view", "view_id": "VHOME"},
                "trigger_id": self.slack.trigger(),
                "team": {"id": "T1"},
                "view": {"id": "VHOME", "type": "home"},
                "actions": [self._action(view["blocks"], label)],
            },
        )

    async def submit(self, view: Json, values: Json, **deliver: Any) -> Ack:
        """Submit a modal; `values` are texts, or lists of labels for checkboxes and selects."""
        payload = {
            "type": "view_submission",
            "team": {"id": "T1"},
            "user": self._me(),
            "api_app_id": "A1",
            "trigger_id": self.slack.trigger(),
            "response_urls": [],
            "is_enterprise_install": False,
            "enterprise": None,
            "view": view | {"state": {"values": self._state(view, values)}},
        }
        return await self.slack.deliver("interactive", payload, **deliver)

    def _state(self, view: Json, values: Json) -> Json:
        state: Json = {}
        for block in [block for block in view["blocks"] if block["type"] == "input"]:
            element, given = block["element"], values.get(block["block_id"])
            answer = self._handed(given) if element["type"] == "file_input" else _answer(element, given)
            state[block["block_id"]] = {element["action_id"]: answer}
        return state

    def _handed(self, given: tuple[str, bytes] | None) -> Json:
        """The answer of a file input, for a name and what is in the file."""
        if given is None:
            return {"type": "file_input", "files": []}
        name, data = given
        upload = Upload(f"F{self.slack.world.number()}", name, len(data), "", data)
        self.slack.world.handed[upload.id] = upload
        return {"type": "file_input", "files": [{"id": upload.id, "name": name, "size": len(data)}]}

    async def say(self, text: str, **more: Any) -> Ack:
        """Write to the tutor in direct messages."""
        where = self.slack.world.direct(self.user.id)
        event = {"type": "message", "channel": where.id, "channel_type": "im", "text": text}
        return await self.event(event | more)

    async def mention(self, text: str, **more: Any) -> Ack:
        """Mention the tutor in the channel."""
        event = {"type": "app_mention", "channel": self.channel.id, "text": f"<@UBOT> {text}"}
        return await self.event(event | more)

    async def open_home(self) -> Ack:
        """Open the Home tab."""
        where = self.slack.world.direct(self.user.id)
        return await self.event({"type": "app_home_opened", "channel": where.id, "tab": "home"})

    async def event(self, event: Json, *, event_id: str = "", retry: int = 0) -> Ack:
        """Cause any event of the Events API."""
        payload = event_payload(self.slack, {"user": self.user.id} | event, event_id)
        return await self.slack.deliver("events_api", payload, retry=retry)

    async def shortcut(self, callback: str, message_text: str = "") -> Ack:
        """Choose the global shortcut, or with a text the one on a message in the channel."""
        payload: Json = {
            "type": "message_action" if message_text else "shortcut",
            "callback_id": callback,
            "trigger_id": self.slack.trigger(),
            "team": {"id": "T1"},
            "user": self._me(),
            "enterprise": None,
            "is_enterprise_install": False,
        }
        if message_text:
            payload |= {
                "channel": {"id": self.channel.id, "name": self.channel.name},
                "message": {"type": "message", "text": message_text, "ts": "1.1"},
                "response_url": self._url(self.channel.id, None),
            }
        return await self.slack.deliver("interactive", payload)

    def _me(self) -> Json:
        name = self.user.name.lower()
        return {"id": self.user.id, "username": name, "name": name, "team_id": self.user.team}

    def _url(self, channel: str, original: Message | None) -> str:
        return f"{self.slack.base}/respond/{self.slack.responses.make(channel, self.user.id, original)}"

    def _action(self, blocks: list[Json], label: str) -> Json:
        found = [e for e in elements(blocks) if label in (_label(e), e["action_id"])]
        assert found, f"no button {label!r} among {[_label(e) for e in elements(blocks)]}"
        button = found[0]
        asked = {"action_id": button["action_id"], "text": button["text"], "block_id": "b"}
        return {"type": "button", **asked, "action_ts": "1.0"}

    def _show(self, where: Channel, body: Json) -> None:
        world = self.slack.world
        from tests.fakes.slack.messages_api import checked

        text, blocks = checked(world, "command response", body)
        to = "" if body.get("response_type") == "in_channel" else self.user.id
        world.messages.append(Message(where.id, world.stamp(), text, blocks, to=to))


def event_payload(slack: FakeSlack, event: Json, event_id: str = "") -> Json:
    """An event as Slack wraps it."""
    now = f"{time.time():.6f}"
    return {
        "type": "event_callback",
        "team_id": "T1",
        "api_app_id": "A1",
        "event_id": event_id or f"Ev{slack.world.number()}",
        "event_time": int(time.time()),
        "authorizations": [
            {
                "enterprise_id": None,
                "team_id": "T1",
                "user_id": "UBOT",
                "is_bot": True,
                "is_enterprise_install": False,
            }
        ],
        "event": {"ts": now, "event_ts": now} | event,
    }


def _label(element: Json) -> str:
    return " ".join(spoken({"text": element.get("text")}))


def _answer(element: Json, given: Any) -> Json:
    kind = element["type"]
    if kind == "plain_text_input":
        return {"type": kind, "value": given if given is not None else element.get("initial_value")}
    wanted = given if isinstance(given, list) else [given]
    chosen = [o for o in element["options"] if o["text"]["text"].strip("*") in wanted or o["value"] in wanted]
    if kind == "static_select":
        return {"type": kind, "selected_option": chosen[0] if chosen else element.get("initial_option")}
    return {
        "type": kind,
        "selected_options": chosen if given is not None else element.get("initial_options", []),
    }
