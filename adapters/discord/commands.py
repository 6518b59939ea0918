"""Application commands, derived from the core's list of commands and sent only when they have changed."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from typing import Any

import structlog

from adapters.discord.words import REPORT_COMMAND
from bot.commands.command import Command, Parameter, ParameterKind, Who
from bot.ports import Shelf
from bot.wording.speech import DEFAULT, LANGUAGES, _, speaking

CHAT_INPUT, MESSAGE = 1, 3
SUBCOMMAND, STRING, INTEGER = 1, 3, 4
GUILD_INSTALL, USER_INSTALL = 0, 1
IN_GUILD, IN_BOT_DM, IN_PRIVATE = 0, 1, 2
# The documentation shows a string, Discord's own schema a number, as the library sends it; both are taken.
MANAGE_GUILD = 32
COMPLETED = (ParameterKind.TOPIC, ParameterKind.EXAM, ParameterKind.PAIR)
NAMESPACE = "discord"

Payload = dict[str, Any]
log = structlog.get_logger(__name__)


def command_payloads(commands: Sequence[Command]) -> list[Payload]:
    """All application commands as Discord takes them: flat ones, ones with subcommands, and the one on
    messages. A word whose every subcommand is for admins is shown to people who manage the server."""
    words = list(dict.fromkeys(command.name.split()[0] for command in commands))
    of_word = {word: [c for c in commands if c.name.split()[0] == word] for word in words}
    return [*(_top(word, of_word[word]) for word in words), _report()]


def fingerprint(payloads: Sequence[Payload]) -> bytes:
    """A short text that changes whenever any command does."""
    canonical = json.dumps(list(payloads), sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest().encode()


async def sync_commands(http: Any, application_id: int, commands: Sequence[Command], shelf: Shelf) -> bool:
    """Send the commands to Discord if they differ from those sent last. Returns whether they were sent."""
    payloads = command_payloads(commands)
    key, mark = f"commands:{application_id}", fingerprint(payloads)
    if await shelf.get(NAMESPACE, key) == mark:
        return False
    await http.bulk_upsert_global_commands(application_id, payloads)
    await shelf.put(NAMESPACE, key, mark)
    log.info("commands_synced", application=application_id, count=len(payloads))
    return True


def _top(word: str, commands: Sequence[Command]) -> Payload:
    payload: Payload = {"type": CHAT_INPUT, "name": word, **_where(commands)}
    if len(commands) == 1 and commands[0].name == word:
        return payload | {**_described(commands[0].summary), "options": _options(commands[0])}
    return payload | {"description": _group_summary(commands), "options": [_subcommand(c) for c in commands]}


def _where(commands: Sequence[Command]) -> Payload:
    """Admins' commands belong to servers; all others also to direct messages and to people who bring
    the tutor along."""
    if all(command.who is Who.ADMIN for command in commands):
        return {
            "default_member_permissions": MANAGE_GUILD,
            "integration_types": [GUILD_INSTALL],
            "contexts": [IN_GUILD],
        }
    return {
        "default_member_permissions": None,
        "integration_types": [GUILD_INSTALL, USER_INSTALL],
        "contexts": [IN_GUILD, IN_BOT_DM, IN_PRIVATE],
    }


def _subcommand(command: Command) -> Payload:
    return {
        "type": SUBCOMMAND,
        "name": command.name.split()[1],
        **_described(command.summary),
        "options": _options(command),
    }


def _group_summary(commands: Sequence[Command]) -> str:
    # Discord never shows it to people, but wants one.
    names = ", ".join(command.name.split()[1] for command in commands)
    return f"{commands[0].name.split()[0].capitalize()}: {names}"[:100]


def _options(command: Command) -> list[Payload]:
    # Discord wants the required options first.
    parameters = sorted(command.parameters, key=lambda parameter: not parameter.required)
    return [_option(parameter) for parameter in parameters]


def _option(parameter: Parameter) -> Payload:
    payload: Payload = {
        "type": INTEGER if parameter.kind is ParameterKind.INTEGER else STRING,
        "name": parameter.name,
        **_described(parameter.summary),
        "required": parameter.required,
    }
    if parameter.kind is ParameterKind.INTEGER:
        return payload | {"min_value": parameter.minimum, "max_value": parameter.maximum}
    if parameter.kind is ParameterKind.CHOICE:
        return payload | {"choices": [{"name": choice, "value": choice} for choice in parameter.choices]}
    if parameter.kind in COMPLETED:
        return payload | {"autocomplete": True}
    return payload


def _described(summary: str) -> Payload:
    """A description in English, and in each other language for those who use Discord in it."""
    return {"description": summary, "description_localizations": _in_other_languages(summary)}


def _in_other_languages(text: str) -> dict[str, str]:
    found = {}
    for language in LANGUAGES:
        if language != DEFAULT:
            with speaking(language):
                found[language] = _(text)
    return found


def _report() -> Payload:
    return {
        "type": MESSAGE,
        "name": REPORT_COMMAND,
        "name_localizations": _in_other_languages(REPORT_COMMAND),
        "default_member_permissions": None,
        "integration_types": [GUILD_INSTALL],
        "contexts": [IN_GUILD, IN_BOT_DM],
    }
