"""The rules for application commands."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from tests.fakes.discord.refusals import check

NAME = re.compile(r"^[-_'\w]{1,32}$")
CHAT_INPUT, MESSAGE = 1, 3
SUBCOMMAND, GROUP, STRING, INTEGER = 1, 2, 3, 4

Payload = Mapping[str, Any]


def check_commands(commands: Sequence[Payload]) -> None:
    """Refuse a list of global commands as Discord does."""
    of_type = {type: [c for c in commands if c.get("type", 1) == type] for type in (CHAT_INPUT, MESSAGE)}
    check(len(of_type[CHAT_INPUT]) <= 100, "commands", "over 100 commands")
    check(len(of_type[MESSAGE]) <= 15, "commands", "over 15 message commands")
    for same in of_type.values():
        names = [command["name"] for command in same]
        check(len(set(names)) == len(names), "name", "repeated")
    for command in commands:
        _check_command(command)


def _check_command(command: Payload) -> None:
    if command.get("type", 1) == MESSAGE:
        check(1 <= len(command["name"]) <= 32, "name", "not 1 to 32 characters")
        check(
            "description" not in command and "options" not in command, "type", "a message command has neither"
        )
        return
    _check_name(command["name"])
    _check_description(command)
    _check_options(command.get("options", []))
    check(_size(command) <= 8000, "command", "over 8000 characters together")
    check(set(command.get("contexts", [0])) <= {0, 1, 2}, "contexts", "unknown")
    check(set(command.get("integration_types", [0])) <= {0, 1}, "integration_types", "unknown")
    permissions = command.get("default_member_permissions")
    check(permissions is None or isinstance(permissions, int), "default_member_permissions", "not a number")


def _check_options(options: Sequence[Payload]) -> None:
    check(len(options) <= 25, "options", "over 25 options")
    kinds = {option["type"] in (SUBCOMMAND, GROUP) for option in options}
    check(len(kinds) <= 1, "options", "subcommands beside other options")
    names = [option["name"] for option in options]
    check(len(set(names)) == len(names), "options", "repeated names")
    required = [bool(option.get("required")) for option in options]
    check(required == sorted(required, reverse=True), "options", "required ones come first")
    for option in options:
        _check_option(option)


def _check_option(option: Payload) -> None:
    _check_name(option["name"])
    _check_description(option)
    if option["type"] in (SUBCOMMAND, GROUP):
        _check_options(option.get("options", []))
        return
    choices = option.get("choices", [])
    check(len(choices) <= 25, "choices", "over 25 choices")
    check(not (choices and option.get("autocomplete")), "autocomplete", "not beside choices")
    for choice in choices:
        check(
            1 <= len(choice["name"]) <= 100 and len(str(choice["value"])) <= 100,
            "choices",
            "over 100 characters",
        )
    if "min_value" in option or "max_value" in option:
        check(option["type"] == INTEGER, "min_value", "numbers only")
        check(option["min_value"] <= option["max_value"], "min_value", "above the maximum")


def _check_name(name: str) -> None:
    check(bool(NAME.match(name)) and name == name.lower(), "name", f"not a command's name: {name!r}")


def _check_description(payload: Payload) -> None:
    check(
        1 <= len(payload.get("description", "")) <= 100,
        "description",
        f"of {payload['name']}: not 1 to 100 characters",
    )


def _size(payload: Payload) -> int:
    own = len(payload["name"]) + len(payload.get("description", ""))
    choices = sum(len(c["name"]) + len(str(c["value"])) for c in payload.get("choices", []))
    return own + choices + sum(_size(option) for option in payload.get("options", []))
