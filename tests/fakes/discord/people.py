"""People at the fake: they type commands, press buttons, fill in forms, and read what they are shown."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tests.fakes.discord.attachments import Attachment
from tests.fakes.discord.component_rules import BUTTON, CHECKBOX, FILE_UPLOAD, LABEL, SELECT, TEXT, walk
from tests.fakes.discord.interactions import COMMAND, COMPONENT, FORM, TYPING, Interaction
from tests.fakes.discord.posting import EPHEMERAL
from tests.fakes.discord.world import DIRECT, Channel, User, snowflake

if TYPE_CHECKING:
    from tests.fakes.discord.server import FakeDiscord

CHAT_INPUT, MESSAGE_COMMAND = 1, 3
SUBCOMMAND, STRING, INTEGER = 1, 3, 4


class NoAnswerError(AssertionError):
    """Discord shows "The application did not respond"."""


@dataclass
class Person:
    """Somebody who uses Discord. `permissions` are theirs in every server."""

    fake: FakeDiscord
    user: User
    permissions: int = 0
    brought_along: bool = False

    async def command(self, channel: Channel, name: str, /, **options: str | int) -> Interaction:
        """Use a slash command, of one word or two."""
        word, _, sub = name.partition(" ")
        given = [{"type": _kind(v), "name": k, "value": v} for k, v in options.items()]
        inner = [{"type": SUBCOMMAND, "name": sub, "options": given}] if sub else given
        data = {"id": "1", "type": CHAT_INPUT, "name": word, "options": inner}
        return await self._do(COMMAND, channel, data)

    async def type(self, channel: Channel, name: str, option: str, text: str) -> list[dict[str, Any]]:
        """Type into an option that completes; return the choices."""
        given = [{"type": STRING, "name": option, "value": text, "focused": True}]
        data = {"id": "1", "type": CHAT_INPUT, "name": name, "options": given}
        return (await self._do(TYPING, channel, data)).choices or []

    async def use_on(self, message: dict[str, Any], name: str) -> Interaction:
        """Use a message command."""
        data = {
            "id": "1",
            "type": MESSAGE_COMMAND,
            "name": name,
            "target_id": message["id"],
            "resolved": {"messages": {message["id"]: message}},
        }
        return await self._do(COMMAND, self.fake.world.channels[int(message["channel_id"])], data)

    async def click(self, message: dict[str, Any], label: str) -> Interaction:
        """Press the button with this label."""
        found = (c for c in walk(message["components"]) if c["type"] == BUTTON and c["label"] == label)
        button = next(found, None)
        assert button is not None, f"no button {label!r} in {labels(message)}"
        return await self._press(message, button, {})

    async def pick(self, message: dict[str, Any], *wanted: str) -> Interaction:
        """Choose options by label in the message's select."""
        select = next(c for c in walk(message["components"]) if c["type"] == SELECT)
        values = [option["value"] for option in select["options"] if option["label"] in wanted]
        assert select.get("min_values", 1) <= len(values) <= select.get("max_values", 1), (
            "Discord would not send that"
        )
        return await self._press(message, select, {"values": values})

    async def fill(self, asked: Interaction, **values: Any) -> Interaction:
        """Fill in and submit the form that was opened; fields left out keep what stands in them."""
        assert asked.modal is not None, "no form was opened"
        labels = [c for c in asked.modal["components"] if c["type"] == LABEL]
        filled = [
            {"type": LABEL, "id": n, "component": _filled(c["component"], values)}
            for n, c in enumerate(labels, 1)
        ]
        data: dict[str, Any] = {"custom_id": asked.modal["custom_id"], "components": filled}
        files = [value for value in values.values() if isinstance(value, Attachment)]
        if files:
            resolved = {each.id: self.fake.keep(each) for each in files}
            data["resolved"] = {"attachments": resolved}
        return await self._do(FORM, asked.channel, data, asked.source)

    async def write(self, text: str) -> None:
        """Write to the tutor in a direct message."""
        channel = self.fake.world.direct_channel(self.user)
        message = {
            "id": str(snowflake()),
            "channel_id": str(channel.id),
            "channel_type": DIRECT,
            "author": self.user.payload(),
            "content": text,
            "timestamp": "2026-01-01T00:00:00+00:00",
            "edited_timestamp": None,
            "tts": False,
            "mention_everyone": False,
            "mentions": [],
            "mention_roles": [],
            "attachments": [],
            "embeds": [],
            "components": [],
            "pinned": False,
            "type": 0,
            "flags": 0,
        }
        await self.fake.gateway.dispatch("MESSAGE_CREATE", message)

    async def _press(
        self, message: dict[str, Any], part: Mapping[str, Any], more: dict[str, Any]
    ) -> Interaction:
        data = {"component_type": part["type"], "custom_id": part["custom_id"], "id": part["id"], **more}
        channel = self.fake.world.channels[int(message["channel_id"])]
        return await self._do(COMPONENT, channel, data, message)

    async def _do(
        self, type: int, channel: Channel, data: dict[str, Any], source: dict[str, Any] | None = None
    ) -> Interaction:
        token = secrets.token_hex(8)
        interaction = Interaction(snowflake(), token, type, channel, source, self.brought_along)
        self.fake.interactions.waiting[interaction.token] = interaction
        payload = self._payload(interaction, data)
        await self.fake.gateway.dispatch(
            "INTERACTION_CREATE", payload, channel.guild.id if channel.guild else None
        )
        try:
            async with asyncio.timeout(self.fake.patience):
                await interaction.answered.wait()
            async with asyncio.timeout(15):
                await interaction.shown.wait()
        except TimeoutError:
            raise NoAnswerError("The application did not respond") from None
        return interaction

    def _payload(self, interaction: Interaction, data: dict[str, Any]) -> dict[str, Any]:
        channel, bot = interaction.channel, self.fake.world.bot
        payload: dict[str, Any] = {
            "id": str(interaction.id),
            "application_id": str(bot.id),
            "type": interaction.type,
            "token": interaction.token,
            "version": 1,
            "data": data,
            "channel": channel.payload(),
            "channel_id": str(channel.id),
            "locale": "en-GB",
            "entitlements": [],
            "attachment_size_limit": 10_485_760,
            "app_permissions": "0",
        }
        if interaction.source is not None:
            payload["message"] = interaction.source
        return payload | self._place(channel)

    def _place(self, channel: Channel) -> dict[str, Any]:
        if channel.guild is None:
            owners = {"0": "0"}
            return {"context": 1, "user": self.user.payload(), "authorizing_integration_owners": owners}
        owners = {"1": str(self.user.id)} if self.brought_along else {"0": str(channel.guild.id)}
        return {
            "context": 0,
            "guild_id": str(channel.guild.id),
            "guild": {"id": str(channel.guild.id), "locale": "en-GB", "features": []},
            "guild_locale": "en-GB",
            "member": channel.guild.member(self.user, self.permissions),
            "authorizing_integration_owners": owners,
        }


def text_of(message: Mapping[str, Any] | None) -> str:
    """Everything that stands in a message."""
    return "\n".join(c["content"] for c in walk((message or {})["components"]) if c["type"] == TEXT)


def labels(message: Mapping[str, Any]) -> list[str]:
    """The labels of a message's buttons."""
    return [c["label"] for c in walk(message["components"]) if c["type"] == BUTTON]


def is_ephemeral(message: Mapping[str, Any] | None) -> bool:
    """Whether only one person sees the message."""
    return bool((message or {}).get("flags", 0) & EPHEMERAL)


def choices(message: Mapping[str, Any]) -> Iterator[str]:
    """The labels of a message's selects."""
    for component in walk(message["components"]):
        if component["type"] == SELECT:
            yield from (option["label"] for option in component["options"])


def picks(message: Mapping[str, Any]) -> int:
    """How many options a message's select wants."""
    return int(next(c["max_values"] for c in walk(message["components"]) if c["type"] == SELECT))


def _kind(value: str | int) -> int:
    return INTEGER if isinstance(value, int) else STRING


def _filled(field: Mapping[str, Any], values: Mapping[str, Any]) -> dict[str, Any]:
    name = field["custom_id"]
    answer: dict[str, Any] = {"type": field["type"], "id": 0, "custom_id": name}
    if field["type"] == SELECT:
        standing = [option["value"] for option in field["options"] if option.get("default")]
        return answer | {"values": values.get(name, standing)}
    if field["type"] == FILE_UPLOAD:
        return answer | {"values": [values[name].id] if name in values else []}
    if field["type"] == CHECKBOX:
        return answer | {"value": values.get(name, field.get("default", False))}
    return answer | {"value": values.get(name, field.get("value") or "")}
