"""Typed text to a command and its arguments. Everything wrong gets one sentence that says what to do."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from rapidfuzz import process

from bot import wording
from bot.commands.command import Command, Parameter, ParameterKind
from bot.tutor.refusal import RefusalError
from bot.wording.speech import _, within

LONGEST = 500
NUMBER = re.compile(r"[+-]?[0-9]{1,14}")


def find(commands: Sequence[Command], text: str) -> tuple[Command | None, str]:
    """The command that a text begins with, and the text behind it. None for a bare word with subcommands.

    Raises RefusalError for an unknown command.
    """
    plain = text.strip().removeprefix("/").strip()
    words = plain.split()
    by_name = {command.name: command for command in commands}
    for length in (2, 1):
        name = " ".join(words[:length]).casefold()
        if name in by_name:
            return by_name[name], " ".join(words[length:])
    word = words[0].casefold() if words else ""
    if any(name.startswith(f"{word} ") for name in by_name) and word:
        return None, word
    raise RefusalError(_unknown(word, list(by_name)))


def _unknown(word: str, names: Sequence[str]) -> str:
    close = process.extractOne(word, names, score_cutoff=60) if word else None
    hint = (
        _("Did you mean /{value}?").format(value=close[0]) if close else _("Type /help to see what there is.")
    )
    return _("I do not know /{value}. {hint}").format(value=word[:40], hint=hint)


def arguments(command: Command, text: str) -> dict[str, str | int]:
    """The arguments of a command from the text behind it. Raises RefusalError."""
    words = text[:LONGEST].split()
    raw: dict[str, str] = {}
    parameters = list(command.parameters)
    trailing = [p for p in parameters if p.kind is ParameterKind.INTEGER] if _takes_rest(parameters) else []
    for parameter in reversed(trailing):
        if words and NUMBER.fullmatch(words[-1]):
            raw[parameter.name] = words.pop()
    for parameter in parameters:
        if parameter in trailing or not words:
            continue
        raw[parameter.name] = " ".join(words) if parameter.rest else words[0]
        words = [] if parameter.rest else words[1:]
    if words:
        raise RefusalError(
            _("I do not understand “{value}”. {usage}").format(
                value=" ".join(words)[:40], usage=_usage(command)
            )
        )
    return checked(command, raw)


def checked(command: Command, raw: Mapping[str, str | int]) -> dict[str, str | int]:
    """Arguments within their bounds and of their kinds. Raises RefusalError."""
    values: dict[str, str | int] = {}
    for parameter in command.parameters:
        value = raw.get(parameter.name)
        if value is None or value == "":
            if parameter.required:
                raise RefusalError(
                    _("Something is missing: {what}. {usage}").format(
                        what=within(_(parameter.summary)), usage=_usage(command)
                    )
                )
            continue
        values[parameter.name] = _value(parameter, value)
    return values


def _value(parameter: Parameter, value: str | int) -> str | int:
    if parameter.kind is ParameterKind.INTEGER:
        return _number(parameter, value)
    text = str(value)[:LONGEST]
    if parameter.kind is ParameterKind.CHOICE:
        return _choice(parameter, text)
    return text


def _number(parameter: Parameter, value: str | int) -> int:
    text = str(value).strip()
    if not NUMBER.fullmatch(text) or not parameter.minimum <= int(text) <= parameter.maximum:
        raise RefusalError(
            wording.bad_number(parameter.name, text[:20], parameter.minimum, parameter.maximum)
        )
    return int(text)


def _choice(parameter: Parameter, text: str) -> str:
    wanted = text.strip().casefold()
    matches = [choice for choice in parameter.choices if choice.startswith(wanted)]
    if wanted not in parameter.choices and len(matches) != 1:
        choices = ", ".join(parameter.choices)
        raise RefusalError(
            _("“{value}” is not a {name}: choose one of {choices}.").format(
                value=text[:40], name=parameter.name, choices=choices
            )
        )
    return wanted if wanted in parameter.choices else matches[0]


def _takes_rest(parameters: Sequence[Parameter]) -> bool:
    return any(parameter.rest for parameter in parameters)


def _usage(command: Command) -> str:
    text = _("Use {usage}. For example {example}.") if command.example else _("Use {usage}.")
    return text.format(usage=command.usage, example=command.example)
