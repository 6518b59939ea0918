"""Settings: names that nobody reads, and values that nobody can use."""

from __future__ import annotations

import stat
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path

from rapidfuzz import process

from bot.doctor.finding import Finding, failure, ok, warning
from bot.settings import SETTINGS, Settings, SettingsError

AREA = "settings"
NEAR = 85.0
NUMBERS = {
    "CLOUDLARK_PORT": (0, 65_535),
    "CLOUDLARK_LATE_HOURS": (0.1, 168),
    "CLOUDLARK_RETENTION": (0.7, 0.97),
    "CLOUDLARK_KEEP_MONTHS": (0, 1200),
    "CLOUDLARK_PERSON_ACTIONS": (0, 1_000_000),
    "CLOUDLARK_PERSON_SECONDS": (0.1, 86_400),
    "CLOUDLARK_STOP_SECONDS": (0, 3600),
}
CHOICES = {
    "CLOUDLARK_METRICS": ("loopback", "all", "off"),
    "CLOUDLARK_LOG_LEVEL": ("debug", "info", "warning", "error"),
    "CLOUDLARK_LOG_FORMAT": ("text", "json"),
}
BEGINNINGS = {
    "SLACK_API_URL": ("https://", "http://"),
    "DISCORD_API_URL": ("https://", "http://"),
    "DISCORD_GATEWAY_URL": ("wss://", "ws://"),
}


def examine(settings: Settings, given: Mapping[str, str], env_file: Path = Path(".env")) -> list[Finding]:
    """Findings on all settings; `given` is what was set, known names and others."""
    found = [*_strangers(given), *_values(settings), *_connections(settings), *_env_file(env_file)]
    return found or [ok(AREA, f"All {len(SETTINGS)} settings have values that can be used.")]


def _strangers(given: Mapping[str, str]) -> Iterator[Finding]:
    known = {setting.name for setting in SETTINGS}
    for name in sorted(given.keys() - known):
        near = process.extractOne(name, known, score_cutoff=NEAR)
        # Other programs have SLACK_ and DISCORD_ names of their own.
        if near and name.startswith(("CLOUDLARK_", "SLACK_", "DISCORD_")):
            yield warning(AREA, f"{name} is set and nobody reads it: did you mean {near[0]}?")
        elif name.startswith("CLOUDLARK_"):
            yield warning(
                AREA, f"{name} is set and nobody reads it: remove it; `cloudlark settings` lists all."
            )


def _values(settings: Settings) -> Iterator[Finding]:
    for setting in SETTINGS:
        value = settings[setting.name]
        if setting.secret and value != value.strip(" \t\r\n\"'"):
            yield failure(AREA, f"{setting.name} begins or ends with blanks or quotes: set it without them.")
        elif value != setting.default and (sentence := _fault(settings, setting.name, setting.default)):
            yield failure(AREA, sentence)


def _fault(settings: Settings, name: str, default: str) -> str:
    value = settings[name]
    if name in NUMBERS:
        return _refusal(lambda: settings.number(name, *NUMBERS[name]))
    if name == "CLOUDLARK_TIMEZONE":
        return _refusal(lambda: settings.zone(name))
    if name == "CLOUDLARK_ADMINS" and not all(":" in admin for admin in settings.names(name)):
        return (
            f"{name} holds ids without a platform: give them as slack:U123 or discord:456, joined by commas."
        )
    if name in BEGINNINGS and not value.startswith(BEGINNINGS[name]):
        return f"{name} has to begin with {_either(BEGINNINGS[name])}."
    choices = ("on", "off") if default in ("on", "off") else CHOICES.get(name)
    if choices and value.lower() not in choices:
        return f"{name} is {value!r}: give {_either(choices)}."
    return ""


def _refusal(read: Callable[[], object]) -> str:
    try:
        read()
    except SettingsError as error:
        return str(error)
    return ""


def _connections(settings: Settings) -> Iterator[Finding]:
    tokens = ("SLACK_BOT_TOKEN", "SLACK_CLIENT_ID", "DISCORD_TOKEN")
    if settings["CLOUDLARK_WEB"] != "on" and not any(settings[name] for name in tokens):
        yield failure(AREA, "Nothing to connect to: set CLOUDLARK_WEB=on, or give SLACK_ or DISCORD_ tokens.")


def _env_file(path: Path) -> Iterator[Finding]:
    if path.is_file() and path.stat().st_mode & (stat.S_IRGRP | stat.S_IROTH):
        yield warning(
            AREA, f"Others on this machine may read {path}, where secrets may stand: chmod 600 {path}."
        )


def _either(choices: Iterable[str]) -> str:
    *first, last = choices
    return f"{', '.join(first)} or {last}"
