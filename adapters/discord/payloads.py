"""Reading what Discord sends: pure functions from interactions and their data to the core's words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import discord

from adapters.discord.render_buttons import MENU
from adapters.discord.render_form import NOTHING
from bot.messages import StaleButtonError, decode
from bot.messages.acts import AnswerRound, OpenForm, WhyRound
from bot.model.people import Caller, Channel, Person

PLATFORM = "discord"
SUBCOMMANDS = (1, 2)

Data = Mapping[str, Any]


def person_of(user: discord.abc.User, permissions: discord.Permissions, locale: str | None = None) -> Person:
    """A Discord account. It lives on all of Discord, so its community is the account itself.

    The name is the one of the account, not a server's nickname, because boards of other servers show it.
    """
    return Person(
        platform=PLATFORM,
        community=str(user.id),
        id=str(user.id),
        name=user.global_name or user.name,
        admin=permissions.administrator or permissions.manage_guild,
        locale=locale,
    )


def caller_of(interaction: discord.Interaction[Any]) -> Caller:
    """Who does something and where. In direct messages, and in servers that have not invited the tutor
    (people may bring it along), there is no channel."""
    person = person_of(interaction.user, interaction.permissions, str(interaction.locale))
    channel = None
    if interaction.is_guild_integration() and interaction.channel_id is not None:
        channel = Channel(PLATFORM, str(interaction.guild_id), str(interaction.channel_id))
    return Caller(person, channel, str(interaction.id))


def is_message_private(interaction: discord.Interaction[Any]) -> bool:
    """Whether the message whose button was pressed is for the caller's eyes only, and may be replaced."""
    if interaction.message is None:
        return False
    return interaction.message.flags.ephemeral or interaction.context.dm_channel


def command_of(data: Data) -> tuple[str, dict[str, str | int]]:
    """A command's name (two words with a subcommand) and its arguments."""
    words, options = [data["name"]], data.get("options", [])
    while options and options[0]["type"] in SUBCOMMANDS:
        words.append(options[0]["name"])
        options = options[0].get("options", [])
    return " ".join(words), {option["name"]: option["value"] for option in options}


def focused_of(data: Data) -> tuple[str, str, str]:
    """While somebody types: the command, the option they are in, and what stands in it."""
    name, _ = command_of(data)
    option = next(option for option in _leaves(data) if option.get("focused"))
    return name, option["name"], str(option["value"])


def press_of(data: Data) -> tuple[str, tuple[str, ...]]:
    """The button's id and the values that were picked. In a menu of buttons the value is the id."""
    custom_id, values = data["custom_id"], tuple(data.get("values", ()))
    if custom_id.startswith(f"{MENU}:") and values:
        return values[0], ()
    return re.sub(r"^\d+#", "", custom_id), values


def form_of(data: Data) -> tuple[str, dict[str, str]]:
    """A submitted form's id and its values by field name."""
    fields = (_input_of(component) for component in data["components"])
    values = {field["custom_id"]: _text_of(field) for field in fields if "custom_id" in field}
    return data["custom_id"], values


def reported_of(data: Data) -> OpenForm | None:
    """The form that reports the question in a message on which somebody used the message command."""
    message = data.get("resolved", {}).get("messages", {}).get(str(data.get("target_id")), {})
    for custom_id in _ids(message.get("components", [])):
        try:
            act = decode(press_of({"custom_id": custom_id})[0])
        except StaleButtonError:
            continue
        match act:
            case OpenForm(form="report"):
                return act
            case AnswerRound() | WhyRound():
                return OpenForm("report", f"round:{act.round}")
    return None


def _leaves(data: Data) -> Iterator[Data]:
    for option in data.get("options", []):
        if option["type"] in SUBCOMMANDS:
            yield from _leaves(option)
        else:
            yield option


def _input_of(component: Data) -> Data:
    """The input in a label, or in an action row as older clients send it."""
    if "component" in component:
        inner: Data = component["component"]
        return inner
    return component["components"][0] if component.get("components") else component


def _text_of(field: Data) -> str:
    if "values" in field:
        return ",".join("" if value == NOTHING else value for value in field["values"])
    value = field.get("value")
    if isinstance(value, bool):
        return "on" if value else ""
    return value or ""


def _ids(components: Sequence[Data]) -> Iterator[str]:
    for component in components:
        if "custom_id" in component:
            yield component["custom_id"]
        yield from _ids(component.get("components", []))
        if "accessory" in component:
            yield from _ids([component["accessory"]])
