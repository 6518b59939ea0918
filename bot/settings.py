"""Settings: each listed once, with its default and its help. The only reader of the environment."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from zoneinfo import available_timezones


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting. `secret` values are never printed or logged."""

    name: str
    default: str
    help: str
    secret: bool = False


SETTINGS = (
    Setting(
        "CLOUDLARK_DATABASE_URL",
        "sqlite:///var/cloudlark.db",
        "Where everything is remembered: sqlite:///path or postgresql://...",
    ),
    Setting("CLOUDLARK_DATA", "var", "Folder for the local chat's journal and for caches."),
    Setting(
        "CLOUDLARK_CONTENT", "content", "Content folders, separated by colons; the first is the main bank."
    ),
    Setting(
        "CLOUDLARK_TIMEZONE", "UTC", "IANA time zone of communities and people whose platform names none."
    ),
    Setting("CLOUDLARK_WEB", "on", "The local team chat in the browser: on or off."),
    Setting("CLOUDLARK_HOST", "127.0.0.1", "Address that the one HTTP server listens on."),
    Setting("CLOUDLARK_PORT", "8765", "Port of the HTTP server."),
    Setting(
        "CLOUDLARK_WEB_PASSWORD",
        "",
        "Password at the door of the local chat; needed beyond loopback.",
        secret=True,
    ),
    Setting(
        "CLOUDLARK_ADMINS",
        "",
        "People who may manage schedules, as platform:user ids joined by commas; the local chat's first person always may.",
    ),
    Setting("CLOUDLARK_LATE_HOURS", "6", "A daily question that is later than this many hours is skipped."),
    Setting(
        "CLOUDLARK_RETENTION",
        "0.9",
        "Desired probability of remembering a fact when it comes back, 0.7 to 0.97.",
    ),
    Setting(
        "CLOUDLARK_KEEP_MONTHS",
        "0",
        "Whole months of answers, rounds and exams that are kept besides the running one; 0 keeps everything.",
    ),
    Setting(
        "CLOUDLARK_QUARANTINE",
        "3,key:2",
        "Different people whose reports take a question out of the draw, of any reason or of one: key, outdated, "
        "unclear, typo, other; 0 for never.",
    ),
    Setting("CLOUDLARK_MOCK_PAUSE", "on", "Whether mock exams may be paused: on or off."),
    Setting(
        "CLOUDLARK_PERSON_ACTIONS",
        "30",
        "Commands and clicks that one person may send at once; 0 for no limit.",
    ),
    Setting("CLOUDLARK_PERSON_SECONDS", "10", "Seconds within which a person may send as many again."),
    Setting(
        "CLOUDLARK_METRICS",
        "loopback",
        "Who may read /metrics: loopback for this machine alone, all, or off.",
    ),
    Setting(
        "CLOUDLARK_METRICS_TOKEN",
        "",
        "Where it is set, /metrics is for whoever bears it as their bearer token, from anywhere.",
        secret=True,
    ),
    Setting(
        "CLOUDLARK_STOP_SECONDS",
        "25",
        "Seconds for finishing what is under way when the program is told to stop.",
    ),
    Setting("CLOUDLARK_LOG_LEVEL", "info", "debug, info, warning or error."),
    Setting("CLOUDLARK_LOG_FORMAT", "text", "text for people, json for machines."),
    Setting("SLACK_BOT_TOKEN", "", "Bot token of a single workspace.", secret=True),
    Setting("SLACK_APP_TOKEN", "", "App-level token; with it the tutor uses Socket Mode.", secret=True),
    Setting(
        "SLACK_SIGNING_SECRET",
        "",
        "Signing secret; with it and no app token the tutor listens over HTTP.",
        secret=True,
    ),
    Setting("SLACK_CLIENT_ID", "", "OAuth client id, to be installed by many workspaces."),
    Setting("SLACK_CLIENT_SECRET", "", "OAuth client secret.", secret=True),
    Setting(
        "SLACK_COMMAND_PREFIX", "", "Prefix of the slash commands where another app owns the plain words."
    ),
    Setting("SLACK_API_URL", "", "Base address of Slack's Web API, for GovSlack and proxies."),
    Setting("DISCORD_TOKEN", "", "Bot token of the Discord application.", secret=True),
    Setting("DISCORD_API_URL", "", "Base address of Discord's REST API, for proxies."),
    Setting("DISCORD_GATEWAY_URL", "", "Address of Discord's gateway, for proxies."),
    Setting("DISCORD_SHARD_IDS", "", "Shards of this process, joined by commas."),
    Setting("DISCORD_SHARD_COUNT", "", "Number of shards over all processes."),
)


# What an environment in another encoding decodes to, and NUL, at which paths and addresses break.
_NO_TEXT = re.compile("[\x00\ud800-\udfff]")


class SettingsError(Exception):
    """A setting that cannot be used. The message is one sentence that says what to do."""


@dataclass(frozen=True, slots=True)
class Settings:
    """The values of all settings as texts, with the defaults filled in."""

    values: Mapping[str, str]

    def __getitem__(self, name: str) -> str:
        return self.values[name]

    def number(self, name: str, low: float, high: float) -> float:
        """A setting as a number between two bounds. Raises SettingsError."""
        text = self.values[name]
        try:
            value = float(text)
        except ValueError:
            value = float("nan")
        if not low <= value <= high:
            raise SettingsError(f"{name} is {text!r}: give a number from {low:g} to {high:g}.")
        return value

    def zone(self, name: str) -> str:
        """A setting as the name of a time zone. Raises SettingsError."""
        if self.values[name] not in available_timezones():
            raise SettingsError(f"{name} is {self.values[name]!r}: give a name such as Europe/Berlin or UTC.")
        return self.values[name]

    def names(self, name: str) -> tuple[str, ...]:
        """A setting as the texts between its commas."""
        return tuple(part.strip() for part in self.values[name].split(",") if part.strip())


def read(environment: Mapping[str, str] | None = None, env_file: Path | None = Path(".env")) -> Settings:
    """The settings from the environment, then from `.env`, then the defaults. Raises SettingsError."""
    given = given_values(environment, env_file)
    found = {setting.name: given.get(setting.name, setting.default) for setting in SETTINGS}
    for name, value in found.items():
        if _NO_TEXT.search(value):
            raise SettingsError(f"{name} holds bytes that are no text: type its value anew.")
    return Settings(found)


def given_values(
    environment: Mapping[str, str] | None = None, env_file: Path | None = Path(".env")
) -> dict[str, str]:
    """Everything that the environment and `.env` set, settings of ours or not. Raises SettingsError."""
    given = dict(_dotenv(env_file)) if env_file and env_file.is_file() else {}
    return given | {name: value for name, value in (environment or os.environ).items() if value != ""}


def _dotenv(path: Path) -> list[tuple[str, str]]:
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except UnicodeDecodeError as error:
        raise SettingsError(f"{path} is not UTF-8: save it anew as UTF-8 text.") from error
    except OSError as error:
        raise SettingsError(f"{path} cannot be read ({error.strerror}): check its permissions.") from error
    pairs = [line.strip().removeprefix("export ").split("=", 1) for line in lines if "=" in line]
    return [
        (name.strip(), value.strip().strip("\"'"))
        for name, value in pairs
        if not name.lstrip().startswith("#")
    ]
