"""Reading what Discord sends: pure functions from interactions and their data to the core's words.

What is not there, or is of another kind, reads as empty.
"""

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
FILE_UPLOAD = 19

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
    words, options = [_text(data, "name")], _parts(data, "options")
    while options and options[0].get("type") in SUBCOMMANDS:
        words.append(_text(options[0], "name"))
        options = _parts(options[0], "options")
    return " ".join(words), {_text(option, "name"): _value_of(option) for option in options}


def focused_of(data: Data) -> tuple[str, str, str]:
    """While somebody types: the command, the option they are in, and what stands in it."""
    name, _ = command_of(data)
    option: Data = next((option for option in _leaves(data) if option.get("focused")), {})
    return name, _text(option, "name"), str(_value_of(option))


def press_of(data: Data) -> tuple[str, tuple[str, ...]]:
    """The button's id and the values that were picked. In a menu of buttons the value is the id."""
    custom_id, values = _text(data, "custom_id"), tuple(_texts(data, "values"))
    if custom_id.startswith(f"{MENU}:") and values:
        return values[0], ()
    return re.sub(r"^\d+#", "", custom_id), values


def form_of(data: Data) -> tuple[str, dict[str, str]]:
    """A submitted form's id and its values by field name."""
    fields = (_input_of(component) for component in _parts(data, "components"))
    values = {
        _text(field, "custom_id"): _text_of(field)
        for field in fields
        if "custom_id" in field and field.get("type") != FILE_UPLOAD
    }
    return _text(data, "custom_id"), values


def files_of(data: Data) -> dict[str, Data]:
    """The files of a submitted form as Discord describes them, by the names of their fields."""
    found = _part(_part(data, "resolved"), "attachments")
    fields = (_input_of(component) for component in _parts(data, "components"))
    files = {
        _text(field, "custom_id"): _part(found, next(iter(_texts(field, "values")), ""))
        for field in fields
        if field.get("type") == FILE_UPLOAD
    }
    return {name: file for name, file in files.items() if file}


def reported_of(data: Data) -> OpenForm | None:
    """The form that reports the question in a message on which somebody used the message command."""
    messages = _part(_part(data, "resolved"), "messages")
    message = _part(messages, str(data.get("target_id")))
    for custom_id in _ids(_parts(message, "components")):
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
    for option in _parts(data, "options"):
        if option.get("type") in SUBCOMMANDS:
            yield from _leaves(option)
        else:
            yield option


def _input_of(component: Data) -> Data:
    """The input in a label, or in an action row as older clients send it."""
    if "component" in component:
        return _part(component, "component")
    return next(iter(_parts(component, "components")), component)


def _text_of(field: Data) -> str:
    if "values" in field:
        return ",".join("" if value == NOTHING else value for value in _texts(field, "values"))
    return "on" if field.get("value") is True else _text(field, "value")


def _ids(components: Sequence[Data]) -> Iterator[str]:
    for component in components:
        if "custom_id" in component:
            yield _text(component, "custom_id")
        yield from _ids(_parts(component, "components"))
        if "accessory" in component:
            yield from _ids([_part(component, "accessory")])


def _text(data: Data, name: str) -> str:
    found = data.get(name)
    return found if isinstance(found, str) else ""


def _texts(data: Data, name: str) -> list[str]:
    found = data.get(name)
    return [text for text in found if isinstance(text, str)] if isinstance(found, list | tuple) else []


def _part(data: Data, name: str) -> Data:
    found = data.get(name)
    return found if isinstance(found, Mapping) else {}


def _parts(data: Data, name: str) -> list[Data]:
    found = data.get(name)
    return [part for part in found if isinstance(part, Mapping)] if isinstance(found, list | tuple) else []


def _value_of(option: Data) -> str | int:
    value = option.get("value", "")
    return value if isinstance(value, str | int) else ""
